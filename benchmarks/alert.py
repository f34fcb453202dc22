"""`bench alert`: from a statement file dropped into the inbox to the alert in somebody's open page."""

import os
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import psycopg
from lxml import etree
from tests.harness import sse

from anzhi.sample.money.holders import Holder
from anzhi.supervision.funds import marks
from benchmarks import camt, scratch, servers, world
from benchmarks.camt import Told
from benchmarks.figures import Figure
from benchmarks.meters import percentile

DROPS, ENTRIES, PATIENCE = 60, 500, 20.0
LEAST = 30  # fewer drops than this say nothing about the slowest
AGE = timedelta(days=500)
PAUSE = 0.3
# what begins with each mark
STAGES = {
    "drop": "noticed by the inbox",
    "arrived": "kept, noted, queued",
    "queued": "taken up by a worker",
    "begin": "made ready",
    "parse": "read and copied",
    "copy": "read and copied",
    "insert": "stored",
    "rules": "matched",
    "judge": "judged and raised",
    "commit": "committed, heard, sent",
}
NTRY = "{urn:iso:std:iso:20022:tech:xsd:camt.053.001.08}"
BARE = "CREATE TABLE bare_entry (ref text PRIMARY KEY, day date, side text, amount numeric)"
KEEP = "INSERT INTO bare_entry SELECT * FROM bare_staged ON CONFLICT DO NOTHING"


def run(scale: float) -> list[Figure]:
    """Real processes, a real event stream, one file after the other."""
    drops = max(LEAST, round(DROPS * scale))
    folder = Path(os.environ["ANZHI_VAR"])
    os.environ[marks.PLACE] = str(folder / "phases")
    with scratch.database() as name:
        held = world.accounts()
        promised = world.allocations(held, 1, Random(2), oldest=560)
        receivers = [one for one in held if one.number in promised]
        files = statements(folder / "drops", receivers[: drops + 2], promised)
        with servers.serving() as port, sse.pages(port) as pages:
            stream = pages.open(servers.cookie(), "alert")
            if stream.status != 200:
                raise AssertionError(f"/live answers {stream.status}")
            for path in files[:2]:  # the first file of a worker loads the rules; nobody's first file is judged
                drop(path, folder / "inbox", stream)
            took = [drop(path, folder / "inbox", stream) for path in files[2:]]
        passed = stages(took, folder / "phases")
        floor = [bare_drop(name, path) for path in sorted((folder / "inbox/done").iterdir())[2:]]
    return figures([one.took for one in took], floor) + passed


def statements(folder: Path, receivers: Sequence[Holder], promised: dict[str, list[world.Promise]]) -> list[Path]:
    """A file an account: 500 entries, among them the arrival of an allocation that nobody spent afterwards."""
    folder.mkdir()
    paths = []
    for number, one in enumerate(receivers):
        path = folder / f"CCB{number:04}.xml"
        told = Told(one.number, ENTRIES, promised[one.number], first=world.TODAY - AGE, opening=10**13, mark="L")
        camt.write(path, [told], seed=number)
        paths.append(path)
    return paths


class Dropped(NamedTuple):
    """When a file was renamed into the inbox, and when its alert stood in the open page."""

    begun: float
    heard: float

    @property
    def took(self) -> float:
        """Milliseconds between."""
        return (self.heard - self.begun) * 1000


def drop(path: Path, inbox: Path, stream: sse.Stream) -> Dropped:
    """Drop one file and wait for its alert."""
    before = len(stream.named("alert"))
    begun = time.monotonic()
    path.rename(inbox / path.name)
    if not stream.wait(lambda s: len(s.named("alert")) > before, PATIENCE):
        raise AssertionError(f"{path.name} raised no alert in {PATIENCE:.0f} s")
    time.sleep(PAUSE)
    return Dropped(begun, stream.named("alert")[before].at)


def stages(took: Sequence[Dropped], log: Path) -> list[Figure]:
    """Where the time goes: the median of each stage between two marks of the import."""
    marked = [(float(word.partition("@")[2]), name) for word, name in map(str.split, log.read_text().splitlines())]
    spent: dict[str, list[float]] = {told: [] for told in STAGES.values()}
    for one in took:
        inside = [(one.begun, "drop"), *((at, name) for at, name in marked if one.begun <= at <= one.heard)]
        ends = [*(at for at, _name in inside[1:]), one.heard]
        for told in spent:
            parts = [end - at for (at, name), end in zip(inside, ends, strict=True) if STAGES[name] == told]
            spent[told].append(sum(parts) * 1000)
    return [
        Figure("alert", f"stage:{number}", f"  {told}, median", percentile(times, 0.5), "ms")
        for number, (told, times) in enumerate(spent.items(), 1)
    ]


def bare_drop(name: str, path: Path) -> float:
    """The floor: parse four fields, COPY, INSERT, NOTIFY, commit, and a listener that hears it."""
    with scratch.bare(name) as listener, scratch.bare(name, autocommit=False) as writer:
        listener.execute("LISTEN bare")
        writer.execute("DROP TABLE IF EXISTS bare_entry")
        writer.execute(BARE)
        writer.commit()
        begun = time.monotonic()
        writer.execute("CREATE TEMP TABLE bare_staged (LIKE bare_entry) ON COMMIT DROP")
        copy_fields(writer, path)
        writer.execute(KEEP)
        writer.execute("NOTIFY bare")
        writer.commit()
        next(listener.notifies(timeout=PATIENCE, stop_after=1))
        return (time.monotonic() - begun) * 1000


def copy_fields(writer: psycopg.Connection, path: Path) -> None:
    """Four fields of each entry."""
    with writer.cursor() as cursor, cursor.copy("COPY bare_staged FROM STDIN") as copy:
        for _, entry in etree.iterparse(str(path), tag=f"{NTRY}Ntry"):
            text: Callable[[str], str] = lambda tag, entry=entry: entry.findtext(NTRY + tag)  # noqa: E731 — four uses
            day = entry.findtext(f"{NTRY}BookgDt/{NTRY}DtTm")[:10]
            copy.write_row((text("AcctSvcrRef"), day, text("CdtDbtInd"), text("Amt")))
            entry.clear()


def figures(took: list[float], floor: list[float]) -> list[Figure]:
    """Median and the slowest of a hundred."""
    what = f"drop of {ENTRIES} entries → alert in an open page"
    return [
        Figure("alert", "p50", f"{what}, p50 of {len(took)}", percentile(took, 0.5), "ms", percentile(floor, 0.5)),
        Figure("alert", "p99", f"{what}, p99", percentile(took, 0.99), "ms", percentile(floor, 0.99)),
        Figure("alert", "worst", f"{what}, slowest", max(took), "ms", max(floor)),
    ]
