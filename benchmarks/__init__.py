"""Benchmarks: what the product costs, each time beside a floor that runs without our code in the same minutes."""
