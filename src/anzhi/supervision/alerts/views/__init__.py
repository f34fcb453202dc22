"""Pages of alerts and rules."""
