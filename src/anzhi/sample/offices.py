"""What the sample's offices with people may spend on themselves: a budget in force, requests of every state."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts.models import User
from anzhi.foundation.accounts.queries import actor_for
from anzhi.foundation.parameters import clock
from anzhi.management.budgets import queries
from anzhi.management.budgets.models import Budget, BudgetLine, Expense
from anzhi.management.budgets.services import expenses, making
from anzhi.management.budgets.states import LineKind
from anzhi.sample.chance import stream

OFFICES = {"province": 40, "prefecture": 6, "county": 1, "other-county": 1}  # demo account → size beside a county
# name, kind, yuan of a county office, whether it is one of the three watched kinds, purposes asked for and payees
LINES: tuple[tuple[str, LineKind, int, bool, tuple[tuple[str, str], ...]], ...] = (
    ("在职人员经费", LineKind.STAFF, 2_860_000, False, ()),
    (
        "办公费",
        LineKind.PUBLIC,
        96_000,
        False,
        (("办公用品采购", "元谋县文具供应站"), ("复印纸采购", "楚雄市办公设备公司")),
    ),
    ("差旅费", LineKind.PUBLIC, 128_000, False, (("赴安置点核查差旅", "公务卡"), ("赴昆明参加业务培训", "公务卡"))),
    ("会议费", LineKind.PUBLIC, 45_000, False, (("移民工作推进会会场", "元谋县会务中心"),)),
    ("公务接待费", LineKind.PUBLIC, 12_000, True, (("接待省级稽察组", "单位食堂"),)),
    ("公务用车运行维护费", LineKind.PUBLIC, 36_000, True, (("车辆年检及保险", "楚雄州汽车服务公司"),)),
    ("移民档案数字化", LineKind.PROJECT, 420_000, False, (("档案扫描首期款", "云南某数据服务公司"),)),
    ("政策宣传资料印制", LineKind.PROJECT, 68_000, False, (("政策明白卡印制", "元谋县印刷厂"),)),
)
ENDS = ("paid", "paid", "agree", "ask", "refuse")


def build(as_of: date, say: Callable[[str], None]) -> None:
    """One budget an office, with its requests; nothing where budgets stand already."""
    with system_scope("sample"), transaction.atomic():
        if Budget.objects.exists():
            return
        count = sum(_Office(name, as_of).build(size) for name, size in OFFICES.items())
    say(f"{len(OFFICES)} 份机关预算，{count} 笔用款申请")


class _Office:
    """The office of a demo account, and its three people."""

    def __init__(self, name: str, as_of: date) -> None:
        self.name, self.as_of = name, as_of
        self.begun = date(as_of.year - (as_of < date(as_of.year, 2, 1)), 1, 20)
        self.draws, self.decides, self.asks = (_person(f"{name}-{role}") for role in ("finance", "leader", "officer"))

    def build(self, size: int) -> int:
        """Its budget and what was asked from it; the number of requests."""
        year, office = self.begun.year, queries.agency(self.draws.agency_id or 0)
        with clock.turned_to(self.begun):
            budget = making.open_budget(by=self.draws, agency=office, year=year)
            for name, kind, yuan, watched, _asked in LINES:
                making.propose(
                    by=self.draws,
                    budget=budget,
                    kind=kind,
                    name=name,
                    amount=Decimal(yuan * size),
                    is_watched=watched,
                )
            amounts = {line.pk: line.proposed for line in budget.lines.all()}
            making.answer(by=self.decides, budget=budget, ceilings=amounts, document=f"财预〔{year}〕3号")
            making.refine(by=self.draws, budget=budget, amounts=amounts)
            making.approve(by=self.decides, budget=budget, document=f"财预〔{year}〕12号")
        lines = {line.name: line for line in budget.lines.all()}
        wanted = [(lines[name], *request) for name, _k, _y, _w, asked in LINES for request in asked]
        for line, purpose, payee in wanted:
            self._ask(line, purpose, payee)
        return len(wanted)

    def _ask(self, line: BudgetLine, purpose: str, payee: str) -> None:
        chance = stream("expense", self.name, purpose)
        amount = (line.approved * chance.randint(12, 46) / 100).quantize(Decimal(1))
        day = self.begun + timedelta(days=chance.randint(0, (self.as_of - self.begun).days))
        with clock.turned_to(day):
            request = expenses.ask(by=self.asks, line=line, amount=amount, purpose=purpose, payee=payee)
            self._end(request, chance.choice(ENDS))

    def _end(self, request: Expense, end: str) -> None:
        if end == "refuse":
            expenses.refuse(by=self.decides, expense=request, reason="请先核实库存后再报")
        elif end != "ask":
            request = expenses.agree(by=self.decides, expense=request)
        if end == "paid":
            voucher = f"记-{request.pk:04d}"
            expenses.pay(by=self.draws, expense=request, amount=request.amount, voucher=voucher)


def _person(username: str) -> Actor:
    return actor_for(User.objects.get(username=username))
