"""A shapefile in a zip: members are read into memory, never unpacked to a path the archive names."""

import io
import lzma
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from anzhi.foundation.regions.imports.findings import Unreadable

LARGEST = 400 * 2**20  # bytes of all members, unpacked
MEMBERS = 60
RATIO = 200  # unpacked to packed; coordinates pack some twenty times at best
WANTED = {".shp", ".dbf", ".prj", ".cpg"}
# what zipfile and the unpackers behind it raise for bytes that are no archive, or one with a password
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, RuntimeError, ValueError)


def members(data: bytes) -> dict[str, bytes]:
    """The parts of the one shapefile, by their suffix. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _safe(infos)
            stem = _only_shapefile(infos)
            return {
                suffix: _read(archive, info)
                for info in infos
                if (path := PurePosixPath(info.filename)).with_suffix("") == stem
                and (suffix := path.suffix.lower()) in WANTED
            }
    except Unreadable:
        raise
    except DAMAGED as wrong:
        raise Unreadable("not_a_zip", reason=str(wrong)) from wrong


def _safe(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MEMBERS:
        raise Unreadable("too_many_members", count=len(infos), limit=MEMBERS)
    for info in infos:
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        if info.filename.startswith(("/", "\\")) or ".." in parts or ":" in info.filename:
            raise Unreadable("path_traversal", name=info.filename[:80])
        if info.external_attr >> 16 & 0o170000 == 0o120000:
            raise Unreadable("link_in_zip", name=info.filename[:80])
        if info.file_size > RATIO * max(info.compress_size, 1) and info.file_size > 2**20:
            raise Unreadable("zip_bomb", name=info.filename[:80])
    if sum(info.file_size for info in infos) > LARGEST:
        raise Unreadable("zip_bomb", name="")


def _only_shapefile(infos: list[zipfile.ZipInfo]) -> PurePosixPath:
    paths = [PurePosixPath(info.filename) for info in infos]
    stems = [path.with_suffix("") for path in paths if path.suffix.lower() == ".shp" and path.parts[0] != "__MACOSX"]
    if len(stems) != 1:
        raise Unreadable("layers", count=len(stems))
    return stems[0]


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """At most what the directory promised: a member that goes on is a bomb."""
    with archive.open(info) as member:
        data = member.read(info.file_size + 1)
    if len(data) > info.file_size:
        raise Unreadable("zip_bomb", name=info.filename[:80])
    return data
