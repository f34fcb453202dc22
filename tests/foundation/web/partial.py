"""What htmx does with a list, for tests: ask with its headers, put the answer in the place of `#rows`."""

from django.http import HttpResponse
from django.test import Client

START, END = '<section class="az-panel az-rows" id="rows"', "</section>"


def ask(client: Client, path: str) -> HttpResponse:
    """The partial request of a boosted link or form."""
    return client.get(path, headers={"HX-Request": "true", "HX-Boosted": "true", "HX-Target": "section#rows"})


def swap(page: str, partial: str) -> str:
    """The page after the swap."""
    head, _, rest = page.partition(START)
    inner, _, tail = rest.partition(END)
    assert inner
    return head + partial.strip() + tail


def rows_of(page: str) -> str:
    """The list alone."""
    return START + page.partition(START)[2].partition(END)[0] + END
