"""The page of one record, with the parts that apps above hand in."""

from typing import Any, ClassVar

from django.utils.functional import cached_property

from anzhi.foundation.web.pages import DetailPage
from anzhi.network.projects import panels
from anzhi.network.projects.panels import Panel


class RecordPage(DetailPage, abstract=True):
    """A project or a site. `kind` is the first word of the places in the registry of panels."""

    kind: ClassVar[str]
    places: ClassVar[tuple[str, ...]] = ("map", "main", "side")

    @cached_property
    def parts(self) -> dict[str, list[Panel]]:
        """What was handed in, by place."""
        return {place: panels.of(f"{self.kind}.{place}", self.object, self.scope) for place in self.places}

    @property
    def scripts(self) -> tuple[str, ...]:  # type: ignore[override]  # depends on the parts
        """Those of the parts."""
        return tuple(path for several in self.parts.values() for one in several for path in one.scripts)

    @property
    def styles(self) -> tuple[str, ...]:  # type: ignore[override]  # depends on the parts
        """The record's own, and those of the parts."""
        more = (path for several in self.parts.values() for one in several for path in one.styles)
        return ("projects/css/record.css", *more)

    def context(self) -> dict[str, Any]:
        """The parts."""
        return super().context() | self.parts
