"""Official boundary files: read, checked, reported; stored only after somebody accepts the report.

Nothing here hands a file, a path or a coordinate system to GDAL: the readers are small and our own.
"""
