"""ISO 20022 camt.052, .053 and .054, every version: elements are told by their local names."""
