"""The files that benchmarks import are right: our own readers take them whole, and their balances close."""

from decimal import Decimal
from pathlib import Path

from benchmarks.world import TODAY, Promise

from anzhi.supervision.funds.readers.model import Entry, StatementEnd
from anzhi.supervision.funds.readers.reading import read
from benchmarks import camt


def test_a_file_is_read_whole_and_closes(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    assert camt.write(path, [camt.Told("6228000000000001", 40), camt.Told("6228000000000002", 40)]) == 80
    events = list(read(path))
    entries = [event for event in events if isinstance(event, Entry)]
    assert len(entries) == 80
    for end in (event.statement for event in events if isinstance(event, StatementEnd)):
        moved = sum((entry.signed for entry in entries if entry.statement == end.ordinal), Decimal(0))
        assert end.opening + moved == end.closing


def test_promises_arrive_with_their_words_and_amount(tmp_path: Path) -> None:
    promise = Promise("云搬发〔2026〕63号 拨付资金", 412_000_000, "6228000000000009", TODAY)
    camt.write(tmp_path / "a.xml", [camt.Told("6228000000000001", 40, [promise])])
    found = [event for event in read(tmp_path / "a.xml") if isinstance(event, Entry) and promise.text in event.text]
    assert [(entry.signed, entry.counter_account) for entry in found] == [(Decimal("4120000.00"), promise.sender)]


def test_the_same_seed_writes_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        camt.write(tmp_path / name, [camt.Told("6228000000000001", 30)], seed=4)
    first, second = ((tmp_path / name).read_text().replace(f"{name}-1", "x") for name in ("a", "b"))
    assert first.replace("<MsgId>a<", "") == second.replace("<MsgId>b<", "")
