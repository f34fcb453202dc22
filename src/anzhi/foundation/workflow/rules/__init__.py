"""What a definition may say, how votes are counted, how the log is chained: pure Python."""
