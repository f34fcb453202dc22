"""The digital management network (数字管理网): what is true on the ground."""
