"""Photos and documents: stored once by hash, checked on the way in, shown to those who may see their owner."""
