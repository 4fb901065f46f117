"""The rules of the house as tests, each with a bad example that it must refuse."""
