"""For those who keep the system running: whether work in the background gets done."""
