"""Readers of the three formats: GeoJSON, GeoPackage, shapefile in a zip."""
