"""One module a verb, or a small family of verbs."""
