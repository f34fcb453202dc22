"""`docs/permissions.md`, written from the lists: who may do what, in both languages."""

from collections.abc import Iterator

from django.utils.translation import gettext, override

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.roles import ROLES
from anzhi.foundation.access.sentences import SENTENCES

HEAD = """# Permissions

Written by `./anzhi manage permissions > docs/permissions.md` from `foundation/access/permissions.py`, `roles.py` and
`sentences.py`; a test fails where this page and the lists differ. A role is held at an office and reaches the
regions below it. Whoever holds any post may keep their own account.
"""


def both(text: str) -> tuple[str, str]:
    """A sentence in Chinese and in English."""
    with override("zh-hans"):
        chinese = gettext(text)
    return chinese, text


def english(permission: Permission) -> str:
    """The sentence as it is written in the source."""
    with override("en"):
        return str(SENTENCES[permission])


def lines() -> Iterator[str]:
    """The page, line by line."""
    yield HEAD
    yield "## Roles\n"
    yield "| role | 中文 | English | 用途 | what for |\n|---|---|---|---|---|"
    for role in ROLES.values():
        yield f"| `{role.code}` | {role.zh} | {role.en} | {' | '.join(both(role.sentence))} |"
    yield "\n`sysadmin`, `secadmin` and `auditadmin` are three different people (三员分立), who hold no other role.\n"
    yield "## What each permission allows\n"
    yield "| permission | 中文 | English | roles |\n|---|---|---|---|"
    for permission in Permission:
        holders = ", ".join(f"`{role.code}`" for role in ROLES.values() if permission in role.permissions)
        yield f"| `{permission}` | {' | '.join(both(english(permission)))} | {holders} |"


def render() -> str:
    """The whole page."""
    return "\n".join(lines()) + "\n"
