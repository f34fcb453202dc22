"""Counting a round: quorum, veto, abstention."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.workflow.rules.plan import ABSTAIN, PASS, REJECT, Countersign
from anzhi.foundation.workflow.rules.tally import Verdict, count, is_need, least, verdict

SIGNS = {"p": PASS, "r": REJECT, "a": ABSTAIN}


def said(votes: str) -> list[str]:
    return [SIGNS[sign] for sign in votes]


@pytest.mark.parametrize(
    ("need", "votes", "waiting", "expected"),
    [
        ("any", "", 3, "waiting"),
        ("any", "r", 2, "waiting"),
        ("any", "rp", 1, "agreed"),
        ("any", "rrr", 0, "failed"),
        ("all", "pp", 1, "waiting"),
        ("all", "ppp", 0, "agreed"),
        ("all", "ppa", 0, "agreed"),
        ("all", "r", 2, "failed"),
        ("2", "p", 2, "waiting"),
        ("2", "pp", 1, "agreed"),
        ("2", "prr", 0, "failed"),
        ("2", "rr", 1, "failed"),
        ("5", "ppp", 0, "failed"),
        ("66%", "pp", 1, "agreed"),
        ("67%", "pp", 1, "waiting"),
        ("67%", "ppr", 0, "failed"),
        ("50%", "ppaa", 0, "agreed"),
        ("1%", "", 1, "waiting"),
        ("all", "aaa", 0, "failed"),
        ("any", "aaa", 0, "failed"),
        ("1%", "a", 0, "failed"),
        ("all", "", 0, "failed"),
    ],
)
def test_a_round(need: str, votes: str, waiting: int, expected: str) -> None:
    assert verdict(said(votes), waiting, Countersign(need)) == expected


@pytest.mark.parametrize(
    ("need", "votes", "waiting", "expected"),
    [("any", "p", 1, "waiting"), ("any", "pr", 0, "failed"), ("any", "r", 5, "failed"), ("any", "pa", 0, "agreed")],
)
def test_one_veto_ends_it_and_everybody_is_asked(need: str, votes: str, waiting: int, expected: str) -> None:
    assert verdict(said(votes), waiting, Countersign(need, veto=True)) == expected


def test_the_figures_of_a_round() -> None:
    figures = count(said("ppra"), 2, "66%")
    assert (figures.agreed, figures.against, figures.abstained, figures.waiting, figures.needed) == (2, 1, 1, 2, 4)


@pytest.mark.parametrize("need", ["any", "all", "1", "12", "999", "1%", "50%", "100%"])
def test_numbers_that_can_be(need: str) -> None:
    assert is_need(need)
    assert least(need) == (int(need) if need.isdigit() else 1)


@pytest.mark.parametrize("need", ["", "0", "-1", "0%", "101%", "1000", "a half", "50 %", "５", "1\n"])
def test_numbers_that_cannot(need: str) -> None:
    assert not is_need(need)


needs = st.sampled_from(["any", "all", "2", "34%", "66%", "100%"])


@given(st.text("pra", max_size=8), needs, st.booleans())
def test_a_round_where_all_spoke_is_decided(votes: str, need: str, veto: bool) -> None:
    assert verdict(said(votes), 0, Countersign(need, veto=veto)) is not Verdict.WAITING


@given(st.text("pra", min_size=1, max_size=8), needs, st.booleans())
def test_a_verdict_is_never_taken_back_by_later_votes(votes: str, need: str, veto: bool) -> None:
    rule = Countersign(need, veto=veto)
    verdicts = [verdict(said(votes[:n]), len(votes) - n, rule) for n in range(len(votes) + 1)]
    decided = [one for one in verdicts if one is not Verdict.WAITING]
    assert len(set(decided)) == 1


@given(st.text("pra", max_size=8), st.integers(0, 4), needs)
def test_the_order_of_votes_does_not_matter(votes: str, waiting: int, need: str) -> None:
    assert verdict(said(votes), waiting, Countersign(need)) == verdict(said(votes[::-1]), waiting, Countersign(need))
