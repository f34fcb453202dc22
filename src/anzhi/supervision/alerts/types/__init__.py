"""The types of alert: each one an Ibis expression with typed parameters, the same on every engine."""
