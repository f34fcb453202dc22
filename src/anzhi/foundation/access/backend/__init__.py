"""A PostGIS database engine that binds the region scope to every transaction."""
