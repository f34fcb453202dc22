"""The list of all events, and its filters."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.models import Event
from anzhi.foundation.audit.presenters import known, sentence
from anzhi.foundation.audit.queries import who
from anzhi.foundation.web import places
from anzhi.foundation.web.columns import Date, Link, Text
from anzhi.foundation.web.filters import Ask, Choice, DateRange, Filters, Region, Search
from anzhi.foundation.web.tables import Table


def kinds() -> list[tuple[str, str]]:
    """The families of events: the word before the point."""
    there = {name.split(".")[0] for name, _sentence in known()}
    return [(family, str(label)) for family, label in FAMILIES.items() if family in there]


FAMILIES = {
    "account": _("Accounts of people"),
    "role": _("Roles"),
    "post": _("Posts"),
    "session": _("Sessions"),
    "agency": _("Offices"),
    "parameter": _("Parameters"),
    "calendar": _("Calendar"),
    "region": _("Regions"),
    "boundaries": _("Boundaries"),
    "project": _("Projects"),
    "site": _("Resettlement sites"),
    "file": _("Files"),
    "plan": _("Plans"),
    "fund_account": _("Supervised accounts"),
    "statement": _("Bank statements"),
    "rule": _("Alert rules"),
    "alert": _("Alerts and their handling"),
    "export": _("Exports"),
}

# facts that many events have, as the page of one event names them
FACTS = {
    "added": _("New rows"),
    "address": _("Address"),
    "after": _("After"),
    "amount": _("Amount"),
    "before": _("Before"),
    "codes": _("Codes"),
    "count": _("How many"),
    "day": _("Day"),
    "days": _("Number of days"),
    "entries": _("Rows"),
    "faults": _("Faults"),
    "file": _("File"),
    "filters": _("Filters"),
    "kind": _("Kind"),
    "level": _("Level"),
    "method": _("Method"),
    "note": _("Remark"),
    "office": _("Office"),
    "path": _("Path"),
    "raised": _("Alerts raised"),
    "reason": _("Reason"),
    "reasons": _("Reasons"),
    "role": _("Role"),
    "rows": _("Rows"),
    "scope": _("Holds in"),
    "sentence": _("Sentence"),
    "sha256": _("Fingerprint"),
    "source": _("Source"),
    "title": _("Title"),
    "unit": _("Unit"),
    "valid_from": _("Holds from"),
    "value": _("Value"),
    "year": _("Year"),
}
SYSTEM = Q(actor_label="system")


class Family(Choice):
    """Events of one family."""

    def apply(self, rows: QuerySet[Event], value: str) -> QuerySet[Event]:
        """By the beginning of the name, as an index range."""
        return rows.filter(name__gt=value + ".", name__lt=value + "/")


class EventFilters(Filters):
    """Who, what, on what, when, where."""

    at = DateRange(_("Date"))
    family = Family(_("Kind of event"), choices=kinds)
    who = Search(_("Who"), lookups=("actor_label__startswith", "actor_agency__startswith"))
    subject = Search(_("Subject"), lookups=("subject_label__icontains", "subject_id__exact"))
    by = Ask(_("Done by"), ask={"people": (_("persons"), ~SYSTEM), "system": (_("the system"), SYSTEM)})
    area = Region(_("Area"))


class EventTable(Table):
    """Newest first, cards by day."""

    order = "-at"
    day = "at"
    what = Link(_("What happened"), sentence, url="audit:event", note=lambda row: row.subject_label)
    at = Date(_("Time"), time=True, seconds=True, sort="at")
    actor = Text(_("Who"), who)
    region = Text(_("Area"), lambda row: places.name_of(row.region_code))
    number = Text(_("Event no."), "pk", phone="hide")
