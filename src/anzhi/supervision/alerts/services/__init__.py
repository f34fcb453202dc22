"""Writes: the engine raises and follows, people act, versions are published."""
