"""What money shows on the board: figures, ranking, what was due and arrived, the year's line, the banks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.money import formats
from anzhi.foundation.money.field import to_yuan
from anzhi.management.plans import indicators as plans
from anzhi.network.board import registry
from anzhi.network.board.place import Place, named
from anzhi.network.board.registry import Key, KeyFigure, Note, Panel, Shade
from anzhi.network.indicators import registry as indicators
from anzhi.network.indicators.queries import Figure, months
from anzhi.network.indicators.rules import Period, year_before, year_of
from anzhi.supervision.funds import standing

LONGEST = 10  # bars that stay readable from eight metres
GOOD = 90  # per cent; below it the bar is hatched


def accounts(place: Place) -> Key:
    """Accounts in use, banks, balance."""
    one, found = indicators.get("accounts"), place.figure("accounts")
    value, unit = one.unit.show(found.of("open"))
    balance = place.figure("balance").of("open")
    figure, of = indicators.get("balance").unit.show(balance)
    banks = len(standing.banks(place.scope, place.today))
    notes = (
        Note(_("banks"), str(banks)),
        Note(_("balance"), f"{figure} {of}", place.rows("balance", "open")),
    )
    return Key(_("Supervised accounts"), value, unit, place.rows("accounts", "open"), notes=notes)


def allocated(place: Place) -> Key:
    """What was due to counties by today, and arrived."""
    found = place.figure(plans.CODE)
    figure, unit = indicators.get(plans.CODE).unit.show(found.of("due"))
    url = place.rows(plans.CODE)
    if not found.of("due"):
        notes: tuple[Note, ...] = (Note(_("nothing was due yet this year")),)
    else:
        arrived, of = indicators.get(plans.CODE).unit.show(found.of("arrived"))
        notes = (Note(_("arrived"), f"{arrived} {of}", url), Note("", f"{_share(found)}%", url))
    exact = indicators.get(plans.CODE).unit.exact(found.of("due"))
    return Key(_("Due to counties this year"), figure, unit, url, exact=exact, notes=notes)


def moved(place: Place) -> Key:
    """Bank rows of the year, what they brought and took."""
    count, money = place.figure("entries"), place.figure("money")
    value, unit = indicators.get("entries").unit.show(count.total)
    show = indicators.get("money").unit.show
    url = place.rows("money")
    notes = tuple(Note(_(name), " ".join(show(money.of(part))), url) for part, name in (("in", "in"), ("out", "out")))
    return Key(_("Bank rows this year"), value, unit, place.rows("entries"), notes=notes)


def _share(found: Figure) -> int:
    return found.of("arrived") * 100 // found.of("due") if found.of("due") else 0


def ranking(place: Place) -> Mapping[str, Any]:
    """Units by the share that arrived of what was due; those without anything due are not ranked."""
    below = place.below(plans.CODE)
    show = indicators.get(plans.CODE).unit.show
    ranked: list[dict[str, Any]] = []
    rest: list[dict[str, Any]] = []
    for unit in place.units:
        found = below.get(unit.code, Figure())
        if not found.of("due"):
            rest.append({"code": unit.code, "name": unit.label})
            continue
        lacking = found.of("due") - found.of("arrived")
        ranked.append(
            {
                "code": unit.code,
                "name": unit.label,
                "share": _share(found),
                "low": _share(found) < GOOD,
                "lacking": " ".join(show(lacking)) if lacking else "",
                "url": place.rows(plans.CODE, area=unit.code),
            }
        )
    ranked.sort(key=lambda row: (-row["share"], row["code"]))
    return {"ranked": ranked, "rest": rest, "legs": standing.legs(place) if not place.units else []}


def bars(place: Place) -> Mapping[str, Any]:
    """This year's allocations by unit: the whole, what arrived, what is overdue; the largest first."""
    year, before = year_of(place.today), year_before(place.today)
    whole, due = place.below(plans.CODE, year), place.below(plans.CODE, before)
    if not place.units:
        whole, due = {place.code: place.figure(plans.CODE, year)}, {place.code: place.figure(plans.CODE, before)}
    most = max((figure.of("due") for figure in whole.values()), default=0)
    rows = [_bar(place, code, figure, due.get(code, Figure()), most) for code, figure in whole.items()]
    rows.sort(key=lambda row: -row["amount"])
    return {"rows": rows[:LONGEST], "accounts": standing.accounts(place) if not place.units else []}


def _bar(place: Place, code: str, whole: Figure, due: Figure, most: int) -> dict[str, Any]:
    planned, arrived = whole.of("due"), min(whole.of("arrived"), whole.of("due"))
    late = max(due.of("due") - due.of("arrived"), 0)
    late = min(late, planned - arrived)
    show, year = indicators.get(plans.CODE).unit.show, year_of(place.today)
    return {
        "amount": planned,
        "name": named(code),
        "length": round(planned * 100 / most, 2) if most else 0,
        "arrived": round(arrived * 100 / planned, 2) if planned else 0,
        "late": round(late * 100 / planned, 2) if planned else 0,
        "share": arrived * 100 // planned if planned else 0,
        "words": " ".join(show(planned)),
        "url": place.rows(plans.CODE, period=year, area=code),
        "late_url": plans.late(code, year) if late else "",
        "late_words": " ".join(show(late)),
    }


def line(place: Place) -> Mapping[str, Any]:
    """Received and paid, month by month; months that are not over yet end at the day of work."""
    year = year_of(place.today)
    found = months(indicators.get("money"), place.code, Period(year.first, place.today))
    days = [date(place.today.year, month, 1) for month in range(1, 13)]
    series: list[dict[str, Any]] = []
    for part, name, dashed in (("in", _("received"), False), ("out", _("paid"), True)):
        values = [_yi(found.get(day, Figure()).of(part)) if day <= place.today else None for day in days]
        known = [value for value in values if value is not None]
        series.append({"name": name, "values": values, "end": f"{name} {known[-1]:.2f}", "dashed": dashed})
    rows = [(day, [row["values"][at] for row in series]) for at, day in enumerate(days) if day <= place.today]
    return {
        "chart": {"months": [_month(day) for day in days], "series": series, "unit": _("100m yuan")},
        "rows": rows,
        "url": place.rows("money"),
    }


def _yi(fen: int) -> float:
    return float(round(to_yuan(fen) / formats.YI, 4))


def _month(day: date) -> str:
    return pgettext("month on an axis", "%(n)d") % {"n": day.month}


def tier(place: Place) -> str:
    """What the units below are called."""
    return pgettext("tier", "prefectures") if place.level == "province" else pgettext("tier", "counties")


def define() -> None:
    """Hand them in: figures on top, shades of the map, panels around it."""
    define_figures()
    registry.panel(ranking_panel())
    registry.panel(bars_panel())
    registry.panel(
        Panel(
            "line",
            "middle",
            lambda place: _("Received and paid by supervised accounts"),
            Permission.TRANSACTION_VIEW,
            "funds/board/line.html",
            line,
            aside=lambda place: _("by month, 100m yuan"),
        )
    )
    registry.panel(
        Panel(
            "banks",
            "foot",
            lambda place: "",
            Permission.FUND_ACCOUNT_VIEW,
            "funds/board/fresh.html",
            standing.fresh,
            order=10,
        )
    )


def define_figures() -> None:
    """The three figures of money, and by which of them the map is shaded."""
    registry.key(KeyFigure("accounts", Permission.FUND_ACCOUNT_VIEW, accounts, order=30))
    registry.key(KeyFigure("allocations", Permission.ALLOCATION_VIEW, allocated, order=40))
    registry.key(KeyFigure("entries", Permission.TRANSACTION_VIEW, moved, order=50))
    registry.shade(Shade("balance", gettext_lazy("balance"), part="open", order=20))
    registry.shade(Shade(plans.CODE, gettext_lazy("share arrived"), part="arrived", of="due", order=30))


def ranking_panel() -> Panel:
    """Who passed on what was due; in a county, what is due to it."""

    def title(place: Place) -> str:
        if not place.units:
            return _("Due to this county")
        return _("Arrival of allocations, %(tier)s") % {"tier": tier(place)}

    return Panel(
        "ranking",
        "left",
        title,
        Permission.ALLOCATION_VIEW,
        "funds/board/ranking.html",
        ranking,
        aside=lambda place: _("arrived of what was due; not arrived") if place.units else _("this year"),
        weight=1.18,
        topics=("funds.imported",),
        order=10,
    )


def bars_panel() -> Panel:
    """Where the year's money is planned to go; in a county, its accounts."""

    def aside(place: Place) -> str:
        return _("%(year)d, the largest, 100m yuan") % {"year": place.today.year} if place.units else ""

    return Panel(
        "bars",
        "left",
        lambda place: _("Allocations planned and arrived") if place.units else _("Accounts of this county"),
        Permission.ALLOCATION_VIEW,
        "funds/board/bars.html",
        bars,
        aside=aside,
        order=20,
    )
