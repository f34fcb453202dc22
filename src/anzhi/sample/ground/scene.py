"""Small drawn landscapes: hills, water, a dam or a row of houses, and the word 示例 on every one."""

import io
from collections.abc import Callable
from datetime import datetime
from random import Random

from PIL import ExifTags, Image, ImageDraw

SIZE = WIDTH, HEIGHT = 800, 600
SKIES = [((232, 240, 241), (206, 223, 224)), ((240, 238, 230), (214, 222, 214)), ((224, 234, 240), (198, 214, 222))]
HILLS = [(168, 199, 196), (116, 163, 160), (66, 124, 124)]
WATER, FIELD, WALL, ROOF = (126, 172, 180), (150, 168, 116), (236, 234, 226), (92, 98, 102)
# strokes of 示例 on a grid of ten by ten: no font with Chinese is certain to be there
SIGNS = [
    [(2, 2, 8, 2), (1, 4, 9, 4), (5, 4, 5, 9), (5, 9, 4, 8), (3, 6, 1, 8), (7, 6, 9, 8)],
    [
        *[(2, 1, 0, 4), (1, 3, 1, 9), (3, 2, 7, 2), (5, 2, 3, 5), (4, 4, 6, 4), (6, 4, 3, 9)],
        *[(4, 6, 5, 7), (8, 2, 8, 6), (9, 1, 9, 9), (9, 9, 8, 8)],
    ],
]


def draw(thing: str, chance: Random, taken: datetime) -> bytes:
    """A JPEG of a `dam` or a `village`, with the time a camera would have written."""
    image = Image.new("RGB", SIZE)
    pen = ImageDraw.Draw(image)
    _sky(pen, chance)
    for number, colour in enumerate(HILLS):
        _ridge(pen, chance, HEIGHT * (0.32 + 0.13 * number), 60 - 12 * number, colour)
    {"dam": _dam, "village": _village}[thing](pen, chance)
    _sign(pen)
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{taken:%Y:%m:%d %H:%M:%S}"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82, exif=exif)
    return out.getvalue()


def _sky(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    above, below = chance.choice(SKIES)
    for y in range(HEIGHT):
        part = y / HEIGHT
        pen.line(
            (0, y, WIDTH, y),
            fill=tuple(round(a + (b - a) * part) for a, b in zip(above, below, strict=True)),  # type: ignore[arg-type]
        )


def _ridge(pen: ImageDraw.ImageDraw, chance: Random, level: float, rough: float, colour: tuple[int, int, int]) -> None:
    heights = _walk(chance, level, rough)
    points = [(x * WIDTH / 24, heights[x]) for x in range(25)]
    pen.polygon([(0, HEIGHT), *points, (WIDTH, HEIGHT)], fill=colour)


def _walk(chance: Random, level: float, rough: float) -> list[float]:
    heights, height = [], level
    for _step in range(25):
        height += chance.uniform(-rough, rough) + (level - height) * 0.35
        heights.append(height)
    return heights


def _dam(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    top, foot = HEIGHT * 0.56, HEIGHT * 0.86
    left, right = WIDTH * chance.uniform(0.16, 0.26), WIDTH * chance.uniform(0.74, 0.84)
    pen.polygon([(left, top), (right, top), (right - 70, foot), (left + 70, foot)], fill=(206, 208, 204))
    for number in range(chance.randrange(5, 9)):
        x = left + 110 + number * (right - left - 220) / 8
        pen.rectangle((x, top + 14, x + 16, top + 78), fill=(236, 240, 240))
    pen.rectangle((left, top - 8, right, top + 4), fill=(178, 182, 180))
    pen.polygon(
        [(0, HEIGHT), (0, foot + 20), (left + 70, foot), (right - 70, foot), (WIDTH, foot + 20), SIZE], fill=WATER
    )


def _village(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    ground = HEIGHT * 0.72
    pen.rectangle((0, ground, WIDTH, HEIGHT), fill=FIELD)
    rows: list[Callable[[float], float]] = [lambda y: y - 40, lambda y: y + 30]
    for row, shift in enumerate(rows):
        x = chance.uniform(20, 60)
        while x < WIDTH - 90:
            wide, tall = chance.uniform(46, 76), chance.uniform(40, 62) + 14 * row
            foot = shift(ground) + 24
            pen.rectangle((x, foot - tall, x + wide, foot), fill=WALL)
            pen.polygon(
                [(x - 6, foot - tall), (x + wide / 2, foot - tall - 20), (x + wide + 6, foot - tall)], fill=ROOF
            )
            pen.rectangle((x + 8, foot - tall + 14, x + 20, foot - tall + 28), fill=(150, 176, 182))
            x += wide + chance.uniform(10, 44)
    for number in range(5):
        y = ground + 70 + number * 14
        pen.line((0, y, WIDTH, y + 8), fill=(132, 152, 100), width=3)


def _sign(pen: ImageDraw.ImageDraw) -> None:
    pen.rounded_rectangle((WIDTH - 118, 18, WIDTH - 18, 74), 8, fill=(255, 255, 255), outline=(112, 82, 140), width=3)
    for number, strokes in enumerate(SIGNS):
        left, top = WIDTH - 110 + number * 46, 26
        for x, y, to_x, to_y in strokes:
            line = (left + x * 3.9, top + y * 3.9, left + to_x * 3.9, top + to_y * 3.9)
            pen.line(line, fill=(92, 62, 122), width=4)
