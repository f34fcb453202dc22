"""Settings: `base` for all, `dev` for the demo, `test`, `production`: differences only."""
