"""Yuan and fen: the one money field and the ways money is written."""
