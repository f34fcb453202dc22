"""The chain of a log shows every change, gap and swap."""

from anzhi.foundation.workflow.rules.chain import START, broken_at, link

SAID = [{"act": "start", "n": n, "意见": "同意"} for n in range(1, 6)]


def chained(said: list[dict]) -> list[tuple[int, bytes, dict]]:
    found, previous = [], START
    for number, entry in enumerate(said, 1):
        previous = link(previous, entry)
        found.append((number, previous, entry))
    return found


def test_a_whole_chain_holds() -> None:
    assert broken_at(chained(SAID)) is None
    assert broken_at([]) is None


def test_a_changed_word_is_seen_where_it_was_changed() -> None:
    rows = chained(SAID)
    rows[2] = (3, rows[2][1], SAID[2] | {"意见": "不同意"})
    assert broken_at(rows) == 3


def test_a_missing_entry_is_seen() -> None:
    rows = chained(SAID)
    assert broken_at(rows[:2] + rows[3:]) == 3
    assert broken_at(rows[1:]) == 1


def test_an_entry_hashed_anew_breaks_the_next() -> None:
    rows = chained(SAID)
    changed = SAID[2] | {"意见": "不同意"}
    rows[2] = (3, link(rows[1][1], changed), changed)
    assert broken_at(rows) == 4


def test_the_order_of_words_inside_an_entry_does_not_matter() -> None:
    assert link(START, {"a": 1, "b": 2}) == link(START, {"b": 2, "a": 1})
