"""Who must act next, and by when: definitions, cases, tasks. Knows no business; apps hand theirs in by `registry`."""
