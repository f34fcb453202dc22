"""Pictures of the pages as the people who use them see them, and what a browser finds wrong with each."""
