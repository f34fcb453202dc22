"""`./anzhi statements parse FILE` and `./anzhi statements import PATH…`."""

import json
import sys
from argparse import REMAINDER, ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.supervision.funds import queries, raw
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount
from anzhi.supervision.funds.readers import cli
from anzhi.supervision.funds.refusals import explain
from anzhi.supervision.funds.services import importing, receiving
from anzhi.supervision.funds.states import FileState, Source

WORDS = {FileState.IMPORTED: "new", FileState.KNOWN: "known", FileState.REFUSED: "refused"}


class Command(BaseCommand):
    """`parse` needs no database."""

    help = "Parse or import bank statement files."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, and with which files."""
        parser.add_argument("verb", choices=["parse", "import"])
        parser.add_argument("rest", nargs=REMAINDER, help="FILE or PATH…, and options")

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand `parse` to the readers' own command line: their arguments are their own."""
        if argv[2:3] == ["parse"]:
            sys.exit(cli.main(argv[3:]))
        super().run_from_argv(argv)

    def handle(self, *args: Any, **options: Any) -> None:
        """Import each file; exit 1 when one was refused."""
        wanted = _arguments().parse_args(options["rest"])
        refused = False
        with translation.override("zh-hans"):
            account = _account(wanted.account)
            for path in _files(wanted.paths):
                said = outcome(path, bring(path, wanted.mapping, account))
                refused |= said["outcome"] == "refused"
                self.stdout.write(json.dumps(said, ensure_ascii=False) if wanted.json else line(said))
        if refused:
            sys.exit(1)


def _arguments() -> ArgumentParser:
    parser = ArgumentParser("anzhi statements import")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--mapping", default="auto")
    parser.add_argument("--account", default="", help="the account, for sheets that do not name it")
    parser.add_argument("--json", action="store_true")
    return parser


def _account(number: str) -> SupervisedAccount | None:
    if not number:
        return None
    with system_scope(), transaction.atomic():
        found = queries.account_by_number(number)
    if found is None:
        raise CommandError("no registered account has this number")
    return found


def _files(paths: list[Path]) -> list[Path]:
    for path in paths:
        if not path.exists():
            raise CommandError(f"{path}: no such file or folder")
    found = [sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path] for path in paths]
    return [path for group in found for path in group if path.suffix != ".part"]


def bring(path: Path, mapping: str, account: SupervisedAccount | None = None) -> StatementFile:
    """Receive and import one file in this process. Raises CommandError where it cannot be read or kept."""
    blocks = raw.blocks_of(path)
    try:
        file = receiving.receive(blocks, name=path.name, source=Source.CLI, by=SYSTEM, mapping=mapping, account=account)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}. Nothing of it was stored; make room and try again.") from error
    if file.state != FileState.KNOWN:
        return importing.import_file(file.pk)
    left = file.same_as  # perhaps by a run that was killed: then it is done now
    return importing.import_file(left.pk) if left and left.state in importing.OPEN else file


def outcome(path: Path, file: StatementFile) -> dict[str, Any]:
    """What became of a file."""
    return {
        "file": str(path),
        "outcome": WORDS.get(FileState(file.state), file.state),
        "statements": file.statements,
        "entries": file.entries,
        "added": file.added,
        "conflicts": file.conflicts,
        "alerts": file.raised,
        "errors": [{"where": known["where"], "message": explain(known)} for known in file.errors],
    }


def line(said: dict[str, Any]) -> str:
    """The same in one line."""
    head = f"{said['outcome']:8}{said['file']}"
    if said["outcome"] == "refused":
        return head + "  " + "；".join(f"{known['where']} {known['message']}".strip() for known in said["errors"])
    if said["outcome"] == "known":
        return head
    return (
        f"{head}  {said['statements']} statements, {said['entries']} entries, {said['added']} added, "
        f"{said['alerts']} alerts"
    )
