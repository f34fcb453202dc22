"""Puts a finished file away: done/ or refused/, there with its reasons in a text beside it."""

import logging
from pathlib import Path

from django.utils import translation

from anzhi.supervision.funds.inbox import places
from anzhi.supervision.funds.models import StatementFile
from anzhi.supervision.funds.refusals import explain
from anzhi.supervision.funds.states import FileState

log = logging.getLogger(__name__)

PLACES = {
    FileState.IMPORTED.value: places.DONE,
    FileState.KNOWN.value: places.DONE,
    FileState.REFUSED.value: places.REFUSED,
}


def settle(file: StatementFile) -> Path | None:
    """Move the file out of the inbox; None where it did not come from there, or changed meanwhile."""
    place, path = PLACES.get(file.state), Path(file.path)
    if not (place and file.path):
        return None
    try:
        if path.stat().st_size != file.size:
            return None  # more was written after we took it: the inbox takes it again
        home = path.rename(places.finished(path, place, file.pk))
        if file.state == FileState.REFUSED:
            home.with_name(home.name + ".txt").write_text(reasons(file), encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        log.error("%s could not be put away: %s", path.name, error.strerror)
        return None
    return home


def reasons(file: StatementFile) -> str:
    """Why the file was refused, one reason a line, in Chinese."""
    with translation.override("zh-hans"):
        return "".join(f"{known['where']} {explain(known)}".strip() + "\n" for known in file.errors)
