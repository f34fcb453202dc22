"""Writers of statements as banks give them, for the sample only."""
