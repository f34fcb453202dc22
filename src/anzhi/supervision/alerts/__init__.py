"""Alerts (预警): rules that find what is wrong, and what should have happened and did not."""
