"""One topic a file, no models, no Django."""
