"""What the benchmarks stand on: a filled scratch network, the product's own web server, clients and their watches."""
