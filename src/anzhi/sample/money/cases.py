"""What goes wrong in the sample, named: late senders, untouched money, and the two cases everybody knows."""

from random import Random

from anzhi.management.plans.states import FundType
from anzhi.sample.chance import stream
from anzhi.sample.money.batches import Leg

CHUXIONG = "5323"
# 云搬发〔…〕63号: due to five counties of one prefecture, and what was passed on (fen); 3.00 亿元 stays.
KEPT = {
    "532328": (30_000_000_000, 12_000_000_000),
    "532329": (21_500_000_000, 9_500_000_000),
    "532327": (16_400_000_000, 16_400_000_000),
    "532326": (10_100_000_000, 10_100_000_000),
    "532302": (8_000_000_000, 8_000_000_000),
}
UNTOUCHED = 412_000_000  # fen: approved years ago for one pumping station and never used
# (batch, county or prefecture) that have sent nothing by the sample's day
UNSENT = {
    ("W5", "5325"),
    ("W5", "5309"),
    ("W4", "530824"),
    ("W4", "533122"),
    ("W4", "532524"),
    ("W3", "530625"),
    ("W3", "532923"),
    ("W3", "530921"),
    ("W3", "532601"),
    ("W3", "530381"),
    ("D4", "533325"),
    ("C4", "530628"),
}
# Counties that have not touched works money: since the year before last, and since this February.
LONG_IDLE = ("530112", "530402", "530502", "530829", "532622", "533103", "530721", "530926")
IDLE = ("530128", "530326", "530425", "530524", "530828", "532322", "532532", "532625", "532931", "533324")


def old(leg: Leg) -> bool:
    """Whether the leg is of years whose sender's statements nobody has."""
    return leg.batch.key.startswith("O")


def delay(leg: Leg, chance: Random) -> int:
    """Days until a leg is sent: most in days, some offices slow now and then."""
    if leg.sender.tier == "province":
        return chance.randint(1, 4)
    if leg.receiver.region_code.startswith(CHUXIONG) and leg.batch.key == "C4":
        return chance.randint(3, 12)
    slow = stream("slow", leg.batch.key, leg.sender.region_code).random() < 0.12 and chance.random() < 0.4
    return chance.randint(28, 58) if slow else chance.randint(2, 14)


def sent(leg: Leg) -> int:
    """Fen that were sent of a leg."""
    code = leg.receiver.region_code
    if leg.sender.tier == "prefecture":
        if any((leg.batch.key, code[:n]) in UNSENT for n in (4, 6)):
            return 0
        if leg.batch.key == "C4" and code[:6] in KEPT:
            return KEPT[code[:6]][1]
    return leg.fen


def share(leg: Leg, chance: Random) -> float:
    """How much of an arrived lot is spent."""
    code = leg.receiver.region_code[:6]
    if leg.batch.key == "O1":
        return 0
    if leg.batch.fund_type == FundType.SUPPORT_PROJECT and (code in LONG_IDLE or code in IDLE):
        return chance.choice((0, 0, 0.02, 0.05)) if leg.batch.key != "O2" else 0
    return chance.uniform(0.86, 1.0)
