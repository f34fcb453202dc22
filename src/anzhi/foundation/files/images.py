"""Pictures: read what the camera knew, then draw the picture anew, so that nothing else comes along."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from anzhi.foundation.files import refusals
from anzhi.foundation.files.rules import JPEG, MOST_PIXELS, PNG, THUMBS, Kind

QUALITY = 88
BROKEN = (OSError, SyntaxError, ValueError, EOFError, UnidentifiedImageError, Image.DecompressionBombError)


@dataclass(frozen=True)
class Camera:
    """When and where, as far as the camera said: longitude and latitude in WGS-84."""

    taken_at: datetime | None = None
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Redrawn:
    """The clean picture on disk, its smaller copies, and what the camera knew."""

    kind: Kind
    width: int
    height: int
    camera: Camera
    thumbs: dict[int, Path] = field(default_factory=dict)


def redraw(source: Path, target: Path) -> Redrawn:
    """Write the picture of `source` to `target`, upright and without any metadata, and its thumbnails beside it."""
    with _opened(source) as image:
        camera = camera_of(image)
        kind = PNG if image.format == "PNG" else JPEG
        upright = _upright(image, kind)
    upright.save(target, format=kind.content_type.split("/")[1].upper(), **_options(kind))
    return Redrawn(kind, upright.width, upright.height, camera, _thumbs(upright, target))


def _opened(source: Path) -> Image.Image:
    """An image whose size was looked at before a pixel was decoded."""
    try:
        image = Image.open(source, formats=("JPEG", "PNG", "WEBP"))
    except BROKEN as error:
        raise refusals.damaged() from error
    if image.width * image.height > MOST_PIXELS:
        image.close()
        raise refusals.too_many_pixels(MOST_PIXELS)
    return image


def _upright(image: Image.Image, kind: Kind) -> Image.Image:
    try:
        image.load()
        turned = ImageOps.exif_transpose(image)
    except BROKEN as error:
        raise refusals.damaged() from error
    transparent = kind is PNG and ("A" in turned.getbands() or "transparency" in turned.info)
    plain = Image.new("RGBA" if transparent else "RGB", turned.size)
    plain.paste(turned.convert(plain.mode))  # pixels only: no profile, comment, text or EXIF
    return plain


def _options(kind: Kind) -> dict[str, Any]:
    return {"optimize": True} if kind is PNG else {"quality": QUALITY, "progressive": True}


def _thumbs(image: Image.Image, target: Path) -> dict[int, Path]:
    """All smaller copies, or none when the disk does not hold them."""
    paths = {size: target.with_name(f"{target.name}.{size}") for size in THUMBS}
    try:
        for size, path in paths.items():
            _thumb(image, path, size)
    except BaseException:
        for path in paths.values():
            path.unlink(missing_ok=True)
        raise
    return paths


def _thumb(image: Image.Image, path: Path, size: int) -> None:
    small = image.copy()
    small.thumbnail((size, size))
    if small.mode == "RGBA":
        white = Image.new("RGB", small.size, "white")
        white.paste(small, mask=small.getchannel("A"))
        small = white
    small.save(path, format="JPEG", quality=80, progressive=True)


def camera_of(image: Image.Image) -> Camera:
    """Time and place from EXIF; anything odd there counts as not said."""
    try:
        exif = image.getexif()
        return Camera(_time(exif.get_ifd(ExifTags.IFD.Exif)), _place(exif.get_ifd(ExifTags.IFD.GPSInfo)))
    except (*BROKEN, TypeError, KeyError, ZeroDivisionError, AttributeError):
        return Camera()


def _time(exif: dict[int, Any]) -> datetime | None:
    said = exif.get(ExifTags.Base.DateTimeOriginal)
    if not said:
        return None
    offset = str(exif.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\x00 ")
    try:
        if offset:
            return datetime.strptime(f"{str(said).strip()}{offset}", "%Y:%m:%d %H:%M:%S%z")
        return datetime.strptime(str(said).strip("\x00 "), "%Y:%m:%d %H:%M:%S").replace(
            tzinfo=ZoneInfo(settings.TIME_ZONE)
        )
    except ValueError:
        return None


def _place(gps: dict[int, Any]) -> tuple[float, float] | None:
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "S")
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "W")
    if latitude is None or longitude is None or (latitude, longitude) == (0, 0):
        return None
    return (longitude, latitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _degrees(parts: Any, side: Any, negative: str) -> float | None:
    if not parts or len(parts) != 3:
        return None
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if value != value:  # a broken fraction reads as not-a-number
        return None
    return -value if str(side).strip("\x00 ").upper() == negative else value
