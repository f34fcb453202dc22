"""What the sample's officials do about alerts, through the services and under their own roles."""

from collections.abc import Iterable

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.roles import permissions_of
from anzhi.foundation.access.scope import prefix_of
from anzhi.sample.chance import stream
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.services.acts import act, allowed
from anzhi.supervision.alerts.states import Act, State

HANDLERS = ("普文昭", "李树芬", "杨志刚", "白雪梅", "刀明光", "和丽军", "马学兵", "陶春燕")
CLOSERS = ("段云岫", "罗一帆", "赵秉义", "沈素心")
SAID = {
    Act.CALL: ("已电话联系开户单位，要求当日核对账务。", "电话督办，单位答复正在办理拨款手续。"),
    Act.EXPLAIN: (
        "县级账户变更备案中，已列入下一批拨款。",
        "项目前期手续未完，资金按进度支付。",
        "财政审核期间，预计本月拨付到位。",
    ),
    Act.VERIFY: ("经查银行流水与拨款文件，情况属实。", "已核对收款单位账面，与流水一致。"),
    Act.CLOSE: ("资金已到位，流水与文号一致，予以销号。", "问题已整改，两次核验无误，予以销号。"),
}


def handler(alert: Alert, closing: bool = False) -> Actor:
    """A monitor of the alert's own office, or one who may end it."""
    region = "530000000000" if closing else alert.region_code
    name = stream("person", region, closing, alert.number).choice(CLOSERS if closing else HANDLERS)
    return Actor(
        id=-1 if closing else -2,
        name=name,
        agency_name="省搬迁安置办" if closing else alert.agency.short_name,
        region_code=region,
        prefix=prefix_of(region),
        roles=("fund_monitor",),
        permissions=permissions_of(["fund_monitor"]),
    )


def work_through(alerts: Iterable[Alert]) -> None:
    """Handlers take up what is open; what is over is verified twice and closed by another."""
    for alert in alerts:
        chance = stream("act", alert.number, alert.state)
        wanted: list[Act] = []
        if alert.gone_on and chance.random() < 0.9:
            wanted = [Act.ACKNOWLEDGE, Act.EXPLAIN, Act.VERIFY, Act.VERIFY, Act.CLOSE]
        elif alert.state == State.RAISED and chance.random() < 0.8:
            wanted = [Act.ACKNOWLEDGE, Act.CALL, Act.EXPLAIN] if chance.random() < 0.6 else [Act.ACKNOWLEDGE]
        for one in wanted:
            alert = _do(alert, one)


def _do(alert: Alert, one: Act) -> Alert:
    by = handler(alert, closing=one == Act.CLOSE)
    if not allowed(by=by, alert=alert, act=one):
        return alert
    said = stream("said", alert.number, one, alert.state).choice(SAID.get(one, ("",)))
    return act(by=by, alert=alert, act=one, note=said)
