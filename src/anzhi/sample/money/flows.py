"""A year of movements: legs are sent and arrive, lots are spent, banks charge and pay interest."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random

from anzhi.management.plans.states import FundType
from anzhi.sample.banks.rows import Row
from anzhi.sample.chance import stream
from anzhi.sample.money import cases, payees
from anzhi.sample.money.batches import Leg
from anzhi.sample.money.holders import RESETTLEMENT, SPECIAL, SUBSIDY, SUPPORT, WORKS, Holder
from anzhi.sample.span import Year

DAY = timedelta(days=1)
USES = {
    FundType.COMPENSATION: (RESETTLEMENT,),
    FundType.SUPPORT_DIRECT: (SUBSIDY, SUPPORT),
    FundType.SUPPORT_PROJECT: (WORKS, SUPPORT),
}
PARTS = {FundType.COMPENSATION: (125, 220), FundType.SUPPORT_DIRECT: (12, 22), FundType.SUPPORT_PROJECT: (82, 142)}
SPAN = {FundType.COMPENSATION: 120, FundType.SUPPORT_DIRECT: 25, FundType.SUPPORT_PROJECT: 200}


@dataclass
class Places:
    """Names of villages and towns of each county, for payees."""

    villages: dict[str, list[str]]
    towns: dict[str, list[str]]


@dataclass
class Ledger:
    """All accounts by office, and the movements told so far."""

    year: Year
    holders: Sequence[Holder]
    places: Places
    of: dict[int, list[Holder]] = field(default_factory=lambda: defaultdict(list))
    count: int = 0

    def __post_init__(self) -> None:
        for holder in self.holders:
            self.of[holder.agency.pk].append(holder)

    def holder(self, leg: Leg, receiver: bool) -> Holder:
        """Which account of an office a leg uses."""
        mine = {h.use: h for h in self.of[(leg.receiver if receiver else leg.sender).pk]}
        if leg.batch.key == "O1" and receiver:
            return mine[SPECIAL]
        return next(mine[use] for use in (*USES[leg.batch.fund_type], SUPPORT, RESETTLEMENT) if use in mine)

    def move(
        self, holder: Holder, day: date, fen: int, who: Holder | tuple[str, str], text: str, chance: Random
    ) -> None:
        """Write one movement, unless it lies beyond the sample's day."""
        if day > self.year.as_of:
            return
        self.count += 1
        name, number = (who.name, who.number) if isinstance(who, Holder) else who
        at = time(chance.randint(8, 16), chance.randint(0, 59), chance.randint(0, 59))
        ref = f"{holder.bank.upper()}{day:%y%m%d}{self.count:07d}"
        holder.rows.append(Row(day, at, fen, ref, name, number, text))

    def carry(self, legs: Iterable[Leg]) -> None:
        """Legs are sent by their senders, arrive, and are spent; the province is supplied before it sends."""
        arrived: dict[str, date] = {}
        for leg in legs:
            chance = stream("leg", leg.number)
            day = arrived.get(leg.upper, leg.batch.issued) + cases.delay(leg, chance) * DAY
            sender, receiver = self.holder(leg, receiver=False), self.holder(leg, receiver=True)
            fen = cases.sent(leg)
            if leg.sender.tier == "province":
                self._supply(sender, day, fen, leg, chance)
            text = f"{leg.batch.purpose} {leg.batch.document}"
            after = day + chance.randint(0, 1) * DAY
            if fen and not cases.old(leg):
                self.move(sender, day, -fen, receiver, text, chance)
            if fen:
                self.move(receiver, after, fen, sender, text, chance)
                arrived[leg.number] = after
                if leg.receiver.tier == "county":
                    self._spend(receiver, leg, fen, after)

    def _supply(self, holder: Holder, day: date, fen: int, leg: Leg, chance: Random) -> None:
        owners = ("华能澜沧江水电股份有限公司", "中国三峡建工（集团）有限公司", "云南省滇中引水建设管理局")
        who = chance.choice(owners) if leg.batch.fund_type == FundType.COMPENSATION else "云南省财政厅"
        number = payees.account_number(stream("payee", who))
        self.move(holder, day - 2 * DAY, fen, (who, number), f"{leg.batch.purpose} 归集", chance)

    def _spend(self, holder: Holder, leg: Leg, fen: int, arrived: date) -> None:
        """Pay a lot out in parts over its span; what `cases` says stays unspent."""
        chance = stream("spend", leg.number)
        share = cases.share(leg, chance)
        parts = chance.randint(*PARTS[leg.batch.fund_type])
        weights = [chance.uniform(0.2, 1) for _ in range(parts)] if share else []
        whole = sum(weights)
        for weight in weights:
            day = arrived + chance.randint(1, SPAN[leg.batch.fund_type]) * DAY
            part = int(fen * share * weight / whole) // 100 * 100
            name, text = self._payee(leg, chance)
            self.move(holder, day, -part, (name, payees.account_number(chance)), text, chance)

    def _payee(self, leg: Leg, chance: Random) -> tuple[str, str]:
        code, place = leg.receiver.region_code, leg.receiver.short_name.removesuffix("搬迁安置办")
        villages, towns = self.places.villages.get(code, []), self.places.towns.get(code, [])
        if leg.batch.fund_type == FundType.COMPENSATION:
            return payees.land(place, villages, chance)
        if leg.batch.fund_type == FundType.SUPPORT_DIRECT:
            return payees.subsidy(place, towns, chance)
        return payees.works(place, villages, chance)

    def charge(self) -> None:
        """Fees at each month's end, interest on the 21st of each quarter's last month."""
        for holder in self.holders:
            chance = stream("bank", holder.number)
            bank = ("开户银行", "")
            for number in range(12):
                day = self.year.month(number) + chance.randint(24, 26) * DAY
                if holder.use != SPECIAL:
                    self.move(holder, day, -chance.choice((1200, 2000, 3500)), bank, "账户管理费", chance)
                if self.year.month(number).month % 3 == 0:
                    paid = self.year.month(number) + 20 * DAY
                    self.move(holder, paid, chance.randint(3_000, 900_000), bank, "结息", chance)
