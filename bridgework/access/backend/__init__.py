"""The database engine that refuses to read tenant tables for nobody. Django asks for a module called `base` in it."""
