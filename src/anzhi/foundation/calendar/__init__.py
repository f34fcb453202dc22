"""Working days (with 调休) and the clocks that count them."""
