"""A private PostgreSQL 15 with PostGIS below var/: Unix socket only, started by its first user, stopped by its last."""
