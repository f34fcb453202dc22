"""Demo accounts: one of each kind at each tier, with invented people. They exist only in a demo database."""

from dataclasses import dataclass

from django.db import transaction

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.accounts import queries
from anzhi.foundation.accounts.models import Agency, User
from anzhi.foundation.accounts.services.people import open_account
from anzhi.foundation.accounts.services.roles import grant_role

DEFAULT_PASSWORD = "Anzhi-Demo-2026"  # noqa: S105 — printed on purpose, for demo databases only


@dataclass(frozen=True)
class Account:
    """A log-in name, who it is, and the role at an office."""

    username: str
    name: str
    region: str
    role: str
    title: str
    division: str = ""


def _four(place: str, region: str, names: tuple[str, str, str, str], divisions: tuple[str, str, str]) -> list[Account]:
    money, ground, head = divisions
    return [
        Account(place, names[0], region, "fund_monitor", "资金监管员", money),
        Account(f"{place}-officer", names[1], region, "officer", "承办人", ground),
        Account(f"{place}-finance", names[2], region, "finance", "会计", money),
        Account(f"{place}-leader", names[3], region, "leader", "主任" if len(region) < 6 else "副主任", head),
    ]


PROVINCIAL, LOCAL = ("计划财务处", "安置处", "办公室"), ("财务科", "安置科", "综合科")
ACCOUNTS = [
    *_four("province", "53", ("段云岫", "和立春", "赵思齐", "高鸿儒"), PROVINCIAL),
    *_four("prefecture", "5323", ("普秀兰", "李文渊", "张巧云", "罗正华"), LOCAL),
    *_four("county", "532328", ("杨若岚", "起国栋", "王丽萍", "周明德"), LOCAL),
    *_four("other-county", "530622", ("孙雪梅", "陆川", "邓小雨", "龙启明"), LOCAL),
    Account("auditor", "钱慎之", "53", "auditor_ro", "审计联络员"),
    Account("sysadmin", "木志远", "53", "sysadmin", "系统管理员", "技术服务中心"),
    Account("secadmin", "白静宜", "53", "secadmin", "安全保密管理员", "办公室"),
    Account("auditadmin", "尹守正", "53", "auditadmin", "安全审计员", "监督稽察处"),
]


@transaction.atomic
def make(password: str) -> list[Account]:
    """Make those that are missing, give each the password; safe to repeat."""
    for account in ACCOUNTS:
        user = queries.named(account.username) or _open(account)
        if not user.check_password(password):
            user.set_password(password)
            user.save()
    return ACCOUNTS


def _open(account: Account) -> User:
    agency = Agency.objects.get(region_code=account.region.ljust(12, "0"), closed_on=None)
    division = agency.departments.filter(name=account.division).first()
    user, _password = open_account(
        by=SYSTEM,
        username=account.username,
        name=account.name,
        agency=agency,
        title=account.title,
        department=division,
    )
    grant_role(by=SYSTEM, user=user, role=account.role)
    return user
