"""Fund plans and allocations: what money should go where, by when."""
