"""The sample's money from beginning to end, the clock turned month by month."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.accounts.models import Agency
from anzhi.foundation.parameters import clock
from anzhi.foundation.regions.models import Region
from anzhi.sample.chance import stream
from anzhi.sample.money import batches, cases, deliver, people, plan
from anzhi.sample.money.batches import Leg
from anzhi.sample.money.flows import Ledger, Places
from anzhi.sample.money.holders import OPENED, SPECIAL, SUBSIDY, WORKS, Holder, holders
from anzhi.sample.span import Period, Year
from anzhi.supervision.alerts import queries as alerts
from anzhi.supervision.alerts.services import engine
from anzhi.supervision.funds.models import SupervisedAccount
from anzhi.supervision.funds.services import filing, learning
from anzhi.supervision.funds.states import Nature

DAY = timedelta(days=1)
OLD = timedelta(days=30)  # a history begins so long before the money it tells of
# fen that lay in an account when the sample's year began; little where every yuan has its person or work
OPENING = {SUBSIDY: (300_000, 3_000_000), WORKS: (1_000_000, 9_000_000)}
Say = Callable[[str], None]


def build(year: Year, builders: set[str], say: Say) -> None:
    """Register accounts, tell the year, let plans and statements come in as they would have."""
    with transaction.atomic():
        offices = list(Agency.objects.filter(closed_on=None).select_related("parent").order_by("region_code"))
        builders = builders | {f"{code}000000" for code in cases.KEPT}
        held = holders(offices, builders)
        register(held)
        ledger = Ledger(year, held, _places())
    say(f"{len(held)} 个监管账户")
    legs = _legs(year, offices, builders, held)
    for several in legs:
        ledger.carry(several)
    ledger.charge()
    say(f"{ledger.count:,} 笔流水")
    folder = Path(settings.VAR) / "sample"
    _history(year, held, legs, folder, say)
    _tell(year, held, legs, folder, say)


def register(held: Sequence[Holder]) -> None:
    """File every account and declare what stands above it; the sheet banks deliver by file."""
    filed: dict[tuple[int, str], SupervisedAccount] = {}
    for one in held:
        upper = next((filed[key] for key in _above(one) if key in filed), None)
        filed[one.agency.pk, one.use] = filing.register(
            by=SYSTEM,
            bank=one.bank,
            number=one.number,
            region_code=one.agency.region_code,
            rivers=[one.river],
            upper=upper,
            name=one.name,
            branch=_branch(one),
            agency=one.agency,
            nature=Nature.COLLECTION if "归集" in one.use else Nature.SPECIAL,
            opened_on=OPENED,
            filed_on=OPENED,
            approved_on=OPENED,
            link="file" if one.delivery not in ("camt", "MT940") else "api",
        )
        if one.use != SPECIAL:
            one.balance = stream("opening", one.number).randint(*OPENING.get(one.use, (2_000_000, 200_000_000)))


def _above(one: Holder) -> list[tuple[int | None, str]]:
    uses = [one.use] if one.agency.tier == "prefecture" else [one.use, "后期扶持资金"]
    return [(one.agency.parent_id, use) for use in uses]


def _branch(one: Holder) -> str:
    names = {"province": "昆明城东支行", "prefecture": "营业部"}
    place = one.agency.short_name.removesuffix("搬迁安置办")
    return place + names.get(one.agency.tier, "支行")


def _legs(year: Year, offices: Sequence[Agency], builders: set[str], held: Sequence[Holder]) -> list[list[Leg]]:
    counties = [office for office in offices if office.tier == "county"]
    size = batches.shares(counties, {c.region_code for c in counties} & builders)
    found = [_old(batch, offices, held) for batch in batches.old_batches(year)]
    for batch in batches.batches(year):
        amounts = {c.region_code: batches.fen_for(batch, c.region_code, size) for c in counties}
        if batch.key == "C4":
            amounts |= {f"{code}000000": 0 for code in _prefecture(cases.CHUXIONG, counties)}
            amounts |= {f"{code}000000": fen for code, (fen, _sent) in cases.KEPT.items()}
        found.append(list(batches.legs(batch, offices, amounts)))
    return found


def _prefecture(prefix: str, counties: Sequence[Agency]) -> list[str]:
    return [c.region_code[:6] for c in counties if c.region_code.startswith(prefix)]


def _old(batch: batches.Batch, offices: Sequence[Agency], held: Sequence[Holder]) -> list[Leg]:
    """Legs of years before: one county's pumping station, and works money of counties that never began."""
    if batch.key == "O1":
        amounts = {"532328000000": cases.UNTOUCHED}
    else:
        working = {one.agency.region_code for one in held if one.use == WORKS}
        amounts = {
            code: stream("old", code).randint(80, 900) * 1_000_000
            for code in (f"{short}000000" for short in cases.LONG_IDLE)
            if code in working
        }
    legs = [leg for leg in batches.legs(batch, offices, amounts) if leg.sender.tier == "prefecture"]
    return [Leg(leg.number, batch, leg.sender, leg.receiver, leg.fen, leg.due, "", leg.line) for leg in legs]


def _history(year: Year, held: Sequence[Holder], legs: list[list[Leg]], folder: Path, say: Say) -> None:
    """Statements of the years before the sample's, for accounts that hold old money: one file each."""
    old = [leg for several in legs for leg in several if cases.old(leg)]
    for several in legs[:2]:
        _plan(several, folder)
    uses = {(leg.receiver.pk, SPECIAL if leg.batch.key == "O1" else WORKS): leg.batch.issued for leg in old}
    for one in held:
        issued = uses.get((one.agency.pk, one.use))
        if issued:
            one.balance = 0 if one.use == SPECIAL else one.balance
            period = Period(issued - OLD, year.first - DAY)
            with clock.turned_to(period.last):
                for path in deliver.write(deliver.told([one], period), folder / f"历史_{one.agency.region_code[:6]}"):
                    deliver.take(path)
    say(f"{len(uses)} 个账户的历年对账单")


def _plan(legs: Sequence[Leg], folder: Path) -> None:
    if legs:
        with clock.turned_to(legs[0].batch.issued), transaction.atomic():
            plan.lines(legs, folder / "计划", SYSTEM)
            plan.allocations(legs, folder / "计划", SYSTEM)


def _tell(year: Year, held: Sequence[Holder], legs: list[list[Leg]], folder: Path, say: Say) -> None:
    waiting = sorted((several for several in legs[2:] if several), key=lambda several: several[0].batch.issued)
    for period in year.periods:
        while waiting and waiting[0][0].batch.issued <= period.last:
            _plan(waiting.pop(0), folder)
        with clock.turned_to(period.last):
            _deliver(year, held, period, folder)
            with transaction.atomic():
                engine.run(as_of=period.last)
                if period.last <= year.as_of - 2 * DAY:
                    people.work_through(alerts.open_alerts("").order_by("number"))
                waits = alerts.open_count("")
        say(f"{period.first:%m-%d} 至 {period.last:%m-%d}：{waits} 条在办预警")


def _deliver(year: Year, held: Sequence[Holder], period: Period, folder: Path) -> None:
    talking = [one for one in held if not _silent(one, period.last, year.as_of)]
    for path in deliver.write(deliver.told(talking, period), folder / f"{period.last:%Y-%m-%d}"):
        deliver.take(path)
    if period.first != period.last:
        learning.learn()


def _silent(one: Holder, day: date, as_of: date) -> bool:
    return day > as_of - deliver.SILENT.get(one.bank, 0) * DAY


def _places() -> Places:
    """Villages and towns by county, a handful of each, for the names of payees."""
    villages: dict[str, list[str]] = {}
    towns: dict[str, list[str]] = {}
    for code, name, level in Region.objects.filter(level__in=["town", "village"]).values_list("code", "name", "level"):
        into = towns if level == "town" else villages
        named = into.setdefault(f"{code[:6]}000000", [])
        if len(named) < 12:
            named.append(name)
    return Places(villages, towns)
