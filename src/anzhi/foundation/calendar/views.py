"""Pages of the calendar: a year, a notice."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.calendar import queries, services
from anzhi.foundation.calendar.forms import NoticeForm
from anzhi.foundation.calendar.year import holidays, sheet
from anzhi.foundation.parameters import clock
from anzhi.foundation.web.acts import Act
from anzhi.foundation.web.pages import FormPage, Page

FIRST, LAST = 2004, 2099


class YearPage(Page):
    """A year of days: worked, off, worked in exchange, provisional."""

    permission = Permission.CALENDAR_VIEW
    nav = "calendar:today"
    template = "calendar/year.html"
    styles = ("calendar/year.css",)

    @property
    def year(self) -> int:
        """The year asked for; this one by default, the nearest we know otherwise."""
        return min(max(self.kwargs.get("year", clock.today().year), FIRST), LAST)

    @property
    def title(self) -> str:
        """Working days of which year."""
        return _("Working days %(year)s") % {"year": self.year}

    @property
    def acts(self) -> list[Act]:
        """Enter a notice, for who may."""
        return [
            Act(_("Enter a notice"), reverse("calendar:notice"), "calendar-dollar", "main", Permission.CALENDAR_EDIT)
        ]

    def context(self) -> dict[str, Any]:
        """The sheet and what it rests on."""
        calendar = queries.work_calendar()
        months = sheet(self.year, calendar, clock.today())
        return {
            "year": self.year,
            "months": months,
            "worked": sum(month.worked for month in months),
            "holidays": holidays(self.year, calendar),
            "source": queries.source_of(self.year),
            "before": self.year - 1 if self.year > FIRST else None,
            "after": self.year + 1 if self.year < LAST else None,
        }


class NoticePage(FormPage):
    """Enter a year's notice; what was there is replaced, the trail keeps both."""

    permission = Permission.CALENDAR_EDIT
    nav = "calendar:today"
    form = NoticeForm
    title = gettext_lazy("Enter a yearly notice")
    submit = gettext_lazy("Take over the notice")
    done = gettext_lazy("The notice holds from now on; deadlines follow it.")

    @property
    def back(self) -> str:  # type: ignore[override]  # an address is only known when urls are
        """This year."""
        return reverse("calendar:today")

    def initial(self) -> dict[str, Any]:
        """The first year not announced yet."""
        return {"year": max(queries.announced(), default=FIRST - 1) + 1}

    def save(self, form: Any) -> str:
        """Take it over, show the year."""
        data = form.cleaned_data
        services.announce_year(by=self.actor, year=data["year"], named=data["named"], source=data["source"])
        return reverse("calendar:year", args=[data["year"]])
