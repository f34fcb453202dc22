"""Names of regions in templates."""
