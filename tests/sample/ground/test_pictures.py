"""Drawn pictures: small, dated, signed as a sample, the same each time; nothing is a photo of anybody."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from PIL import Image

from anzhi.sample.chance import stream
from anzhi.sample.ground import pictures, scene
from anzhi.sample.ground.scene import HEIGHT, WIDTH, draw

TAKEN = datetime(2026, 11, 2, 9, 20, tzinfo=UTC)
AS_OF = date(2026, 11, 22)
THINGS = ("dam", "village")
TIME_TAKEN, EXIF = 0x9003, 0x8769


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("thing", THINGS)
def test_a_scene_is_a_small_picture_with_its_time(thing: str) -> None:
    data = draw(thing, stream("a"), TAKEN)
    with opened(data) as image:
        assert (image.format, image.size) == ("JPEG", (800, 600))
        assert image.getexif().get_ifd(EXIF)[TIME_TAKEN] == "2026:11:02 09:20:00"
    assert len(data) < 120_000


@pytest.mark.parametrize("thing", THINGS)
def test_chance_draws_and_the_same_chance_draws_the_same(thing: str) -> None:
    assert draw(thing, stream("a"), TAKEN) == draw(thing, stream("a"), TAKEN)
    assert draw(thing, stream("a"), TAKEN) != draw(thing, stream("b"), TAKEN)
    assert draw("dam", stream("a"), TAKEN) != draw("village", stream("a"), TAKEN)


def test_nothing_else_can_be_drawn() -> None:
    with pytest.raises(KeyError):
        draw("person", stream("a"), TAKEN)


@pytest.mark.parametrize("thing", THINGS)
def test_it_says_in_its_corner_that_it_is_a_sample(thing: str) -> None:
    """White ground and dark strokes where the sign stands, whatever the sky behind it."""
    with opened(draw(thing, stream("c"), TAKEN)) as image:
        corner = image.convert("L").crop((WIDTH - 112, 24, WIDTH - 24, 68))
    shades = corner.histogram()
    assert sum(shades[230:]) > 0.5 * 88 * 44
    assert sum(shades[:130]) > 0.05 * 88 * 44


def test_the_sign_is_two_characters_inside_their_grid() -> None:
    assert len(scene.SIGNS) == 2
    for strokes in scene.SIGNS:
        assert len(strokes) >= 6
        assert all(0 <= place <= 10 for stroke in strokes for place in stroke)


def test_hills_grow_darker_as_they_come_nearer() -> None:
    brightness = [sum(colour) for colour in scene.HILLS]
    assert brightness == sorted(brightness, reverse=True)
    assert HEIGHT < WIDTH


@pytest.mark.parametrize("code", ["YN-001", "YN-002", "YN-S-0400"])
def test_a_picture_is_of_the_last_two_months_and_of_daylight(code: str) -> None:
    name, data = pictures._picture("dam", code, "upstream", AS_OF)
    assert name == f"{code}-upstream.jpg"
    with opened(data) as image:
        taken = datetime.strptime(image.getexif().get_ifd(EXIF)[TIME_TAKEN], "%Y:%m:%d %H:%M:%S").astimezone(UTC)
    assert timedelta(days=5) < AS_OF - taken.date() <= timedelta(days=60)
    assert pictures._picture("dam", code, "upstream", AS_OF) == (name, data)


def test_two_sides_are_two_pictures() -> None:
    assert pictures._picture("dam", "A", "upstream", AS_OF)[1] != pictures._picture("dam", "A", "downstream", AS_OF)[1]
