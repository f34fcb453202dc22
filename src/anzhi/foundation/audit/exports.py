"""An export is an event too: who took which list away, with which filters."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.audit.door import action
from anzhi.foundation.audit.models import Event
from anzhi.foundation.audit.presenters import register
from anzhi.foundation.web.export import Trace

register("export.made", _("Exported the list “%(title)s”: %(rows)s rows (%(kind)s), filters: %(filters)s"))


def record_export(by: Actor, trace: Trace) -> None:
    """Leave the event of an export. The page has asked the gate already."""
    facts: dict[str, Any] = {"kind": trace.kind, "rows": trace.rows, "filters": trace.filters, "path": trace.path}
    with action("export.made", by=by, on=Event(), title=trace.title, **facts):
        pass
