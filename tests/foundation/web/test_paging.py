"""Seeking meets each row once, in order, whatever the size and order; back again too."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anzhi.foundation.regions.models import Region
from anzhi.foundation.web.paging import Chunk, numbered, ordered, seek, write

pytestmark = pytest.mark.django_db
COUNTY = "532328"


def some() -> object:
    """Towns and villages of one county: names and levels repeat."""
    return Region.objects.filter(code__startswith=COUNTY)


def walk(name: str, down: bool, size: int) -> list[Chunk]:
    """All pages, forward."""
    pages = [seek(some(), name, down, {}, size)]
    while pages[-1].after:
        pages.append(seek(some(), name, down, pages[-1].after, size))
    return pages


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["name", "level", "code", "parent__name"]), down=st.booleans(), size=st.integers(1, 40))
def test_pages_add_up_to_the_whole_list(name: str, down: bool, size: int) -> None:
    whole = [row.pk for row in ordered(some(), name, down)]
    size = max(size, len(whole) // 12)
    pages = walk(name, down, size)
    assert [row.pk for page in pages for row in page.rows] == whole
    assert not pages[0].before
    back = pages[-1]
    met = [row.pk for row in back.rows]
    while back.before:
        back = seek(some(), name, down, back.before, size)
        met = [row.pk for row in back.rows] + met
    assert met == whole


def test_a_row_that_came_between_is_neither_lost_nor_doubled() -> None:
    first = seek(some(), "code", False, {}, 5)
    Region.objects.create(code="532328000001", name="新", short_name="新", level="village", parent_id="532328000000")
    second = seek(some(), "code", False, first.after, 5)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}


@pytest.mark.parametrize("mark", ["", "x", "!!!", "bnVsbA", "WzFd", "e30", "WyJ4Il0"])
def test_a_broken_mark_is_the_first_page(mark: str) -> None:
    first = [row.pk for row in seek(some(), "name", False, {}, 5).rows]
    assert [row.pk for row in seek(some(), "name", False, {"after": mark}, 5).rows] == first
    assert [row.pk for row in seek(some(), "name", False, {"before": mark}, 5).rows] == first


def test_a_field_that_may_be_null_is_no_order_to_seek_by() -> None:
    for name in ("valid_from", "nowhere"):
        with pytest.raises(ImproperlyConfigured):
            seek(some(), name, False, {}, 5)


def test_a_mark_is_safe_in_an_address() -> None:
    mark = write(Region(code="532328000000", name="a/b+c=& 元"), "name")
    assert mark.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    ("page", "number"), [("", 1), ("0", 1), ("2", 2), ("99", 3), ("-1", 1), ("x", 1), ("²", 1), ("9" * 30, 1)]
)
def test_a_number_out_of_range_is_the_nearest_page(page: str, number: int) -> None:
    chunk = numbered(some(), "code", False, page, 12, 5)
    assert (chunk.number, chunk.numbers) == (number, 3)
    assert bool(chunk.before) == (number > 1)
    assert bool(chunk.after) == (number < 3)


def test_an_empty_list_is_one_empty_page() -> None:
    nothing = Region.objects.none()
    assert numbered(nothing, "code", False, "", 0).rows == []
    assert seek(nothing, "code", False, {}).after == {}
