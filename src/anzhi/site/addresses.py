"""Every address of the site: its path, its name, its view, and what it takes to see it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = "anzhi.site.urls"


@dataclass(frozen=True)
class Address:
    """One line of the map."""

    path: str
    name: str
    view: Callable[..., Any]

    @property
    def kind(self) -> type | None:
        """The class of the view, when it has one."""
        return getattr(self.view, "view_class", None)

    @property
    def permission(self) -> str:
        """The permission's name; `public` without one."""
        return getattr(self.kind, "permission", None) or "public"

    @property
    def shown(self) -> str:
        """app.Class, or app.function."""
        view: Any = self.kind or self.view
        return f"{view.__module__.removeprefix('anzhi.')}.{view.__name__}"


def addresses(resolver: URLResolver | None = None, path: str = "", space: str = "") -> Iterator[Address]:
    """All of them, in the order they are tried."""
    for entry in (resolver or get_resolver(ROOT)).url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Address(here, f"{space}{entry.name}", entry.callback)
        else:
            yield from addresses(entry, here, f"{space}{entry.namespace}:" if entry.namespace else space)


def listing() -> str:
    """The map as a text of three columns, which `docs/urls.txt` keeps."""
    lines = sorted((address.path or "(home)", address.shown, address.permission) for address in addresses())
    widths = [max(len(line[at]) for line in lines) for at in (0, 1)]
    return "".join(f"{path:{widths[0]}}  {view:{widths[1]}}  {permission}\n" for path, view, permission in lines)
