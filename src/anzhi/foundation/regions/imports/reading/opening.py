"""Which reader a file needs: by its first bytes, never by its name."""

from pathlib import Path

from anzhi.foundation.regions.imports.findings import Unreadable
from anzhi.foundation.regions.imports.reading import archive, geojson, geopackage, shapefile
from anzhi.foundation.regions.imports.shapes import Layer

LARGEST = 400 * 2**20
START = 1024  # bytes; editors put space before the first brace


def read(path: Path) -> Layer:
    """The layer in a file. Raises Unreadable."""
    size = path.stat().st_size
    if size == 0 or size > LARGEST:
        raise Unreadable("file_size", size=size, limit=LARGEST)
    with path.open("rb") as file:
        start = file.read(START)
    if start.startswith(b"SQLite format 3\0"):
        return geopackage.read(path)
    data = path.read_bytes()
    if start.startswith(b"PK\x03\x04"):
        return shapefile.read(archive.members(data))
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return geojson.read(data)
    raise Unreadable("unknown_format")
