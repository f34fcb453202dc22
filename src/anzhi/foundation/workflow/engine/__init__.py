"""The executor: moves cases. Its callers (`services`) ask the gate, lock the case and record the act."""
