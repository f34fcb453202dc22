"""Pictures and archives made for tests, honest and otherwise."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import ExifTags, Image


def photo(
    *,
    size: tuple[int, int] = (60, 40),
    gps: tuple[float, float] | None = None,
    taken: str = "",
    offset: str = "",
    orientation: int = 1,
    colour: str = "green",
    form: str = "JPEG",
) -> bytes:
    """A picture whose left half has another colour, with what a camera writes beside it."""
    image = Image.new("RGB", size, colour)
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "SecretCamera"
    if taken:
        exif.get_ifd(ExifTags.IFD.Exif).update(
            {ExifTags.Base.DateTimeOriginal: taken} | ({ExifTags.Base.OffsetTimeOriginal: offset} if offset else {})
        )
    if gps:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(_gps(*gps))
    out = io.BytesIO()
    image.save(out, form, exif=exif, **({"quality": 95} if form != "PNG" else {}))
    return out.getvalue()


def _gps(longitude: float, latitude: float) -> dict[int, Any]:
    def parts(value: float) -> tuple[float, float, float]:
        degrees, rest = divmod(abs(value) * 3600, 3600)
        return (degrees, *divmod(rest, 60))

    return {
        ExifTags.GPS.GPSLatitudeRef: "N" if latitude >= 0 else "S",
        ExifTags.GPS.GPSLatitude: parts(latitude),
        ExifTags.GPS.GPSLongitudeRef: "E" if longitude >= 0 else "W",
        ExifTags.GPS.GPSLongitude: parts(longitude),
    }


def png(width: int, height: int, body: bytes | None = None, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that claims any size; by default all black rows, deflated to almost nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\x00" * (width + 1) * height, 9) if body is None else body
    parts = [(b"IHDR", header), *chunks, (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts
    )


def archive(**members: bytes) -> bytes:
    """A zip; a member `a__b` is named a/b."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def office(*members: str) -> bytes:
    """An Office file with these parts."""
    return archive(**{"[Content_Types].xml": b"<Types/>"} | {name.replace("/", "__"): b"<x/>" for name in members})
