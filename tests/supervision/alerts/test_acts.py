"""What people may do about an alert, and what they may not, with the reason."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.audit.models import Event
from anzhi.supervision.alerts import explain
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.services import engine
from anzhi.supervision.alerts.services.acts import act, allowed
from anzhi.supervision.alerts.states import MOVES, OPEN, Act, State
from harness.people import saved_actor
from supervision.alerts.factories import TODAY, Office, allocation

pytestmark = pytest.mark.usefixtures("spoken")


def raised(days: int, amount: str = "5000000") -> Alert:
    """A late transfer of a prefecture; 43 days is red, 3 blue."""
    prefecture, county = Office("5323"), Office("532328")
    due = TODAY - timedelta(days=days)
    allocation(prefecture, county, amount, issued=due - timedelta(days=30), due=due)
    prefecture.account.covered_until = TODAY
    prefecture.account.save(update_fields=["covered_until"])
    return engine.run(as_of=TODAY).raised[0]


def monitor(region: str = "5323") -> Actor:
    return saved_actor("fund_monitor", region=region)


def go(alert: Alert, by: Actor, *acts: Act) -> Alert:
    for one in acts:
        alert = act(by=by, alert=alert, act=one, note="已核实")
    return alert


def gone(alert: Alert) -> Alert:
    alert.gone_on = TODAY
    alert.save(update_fields=["gone_on"])
    return alert


HANDLED = (Act.ACKNOWLEDGE, Act.EXPLAIN, Act.VERIFY, Act.VERIFY)


def test_the_whole_life_is_on_record() -> None:
    handler, closer = monitor(), monitor()
    alert = go(gone(raised(3)), handler, *HANDLED)
    alert = go(alert, closer, Act.CLOSE)
    assert alert.state == State.CLOSED
    assert alert.closed_by == closer.label
    assert [a.act for a in alert.actions.all()] == [*HANDLED, Act.CLOSE]
    names = set(Event.objects.filter(subject_id=str(alert.pk)).values_list("name", flat=True))
    assert {"alert.raised", "alert.acknowledge", "alert.close"} <= names


def test_the_handler_never_ends_it() -> None:
    handler = monitor()
    alert = go(gone(raised(3)), handler, *HANDLED)
    for end in (Act.CLOSE, Act.DISMISS):
        with pytest.raises(Denied, match=allowed(by=handler, alert=alert, act=end).reason):
            go(alert, handler, end)


def test_red_ends_only_at_the_province() -> None:
    alert = go(gone(raised(43)), monitor(), *HANDLED)
    assert alert.level == "red"
    assert not allowed(by=monitor(), alert=alert, act=Act.CLOSE)
    assert allowed(by=monitor("53"), alert=alert, act=Act.CLOSE)


def test_two_verifications_and_a_condition_that_is_gone() -> None:
    handler, closer = monitor(), monitor()
    alert = go(raised(3), handler, *HANDLED[:3])
    reasons = [allowed(by=closer, alert=alert, act=Act.CLOSE).reason]
    alert = go(alert, handler, Act.VERIFY)
    reasons.append(allowed(by=closer, alert=alert, act=Act.CLOSE).reason)
    assert len({*reasons, ""}) == 3
    assert allowed(by=closer, alert=gone(alert), act=Act.CLOSE)


@pytest.mark.parametrize("one", list(Act))
@pytest.mark.parametrize("state", list(State))
def test_acts_keep_to_the_table(one: Act, state: State) -> None:
    alert = gone(raised(3))
    alert.state = state
    starts, _leads = MOVES[one]
    if state not in starts:
        assert not allowed(by=monitor("53"), alert=alert, act=one)


def test_every_state_but_the_ends_leads_on() -> None:
    assert all(any(state in starts for starts, _ in MOVES.values()) for state in OPEN)
    assert all(before != after for before, after in pairwise(State))


def test_a_note_is_needed() -> None:
    alert = go(raised(3), monitor(), Act.ACKNOWLEDGE)
    with pytest.raises(ValidationError):
        act(by=monitor(), alert=alert, act=Act.EXPLAIN, note="  ")


@pytest.mark.parametrize(("role", "region"), [("leader", "5323"), ("finance", "5323"), ("fund_monitor", "5306")])
def test_others_may_not(role: str, region: str) -> None:
    with pytest.raises(Denied):
        go(raised(3), saved_actor(role, region=region), Act.ACKNOWLEDGE)


def test_a_false_positive_is_not_raised_again_while_it_lasts() -> None:
    alert = go(raised(3), monitor(), Act.DISMISS)
    assert engine.run(as_of=TODAY).raised == []
    alert.refresh_from_db()
    assert alert.state == State.FALSE_POSITIVE


def test_the_same_thing_within_thirty_days_is_the_same_episode() -> None:
    alert = go(gone(raised(3)), monitor(), *HANDLED)
    alert = go(alert, monitor(), Act.CLOSE)
    outcome = engine.run(as_of=TODAY)
    assert outcome.raised == []
    alert.refresh_from_db()
    assert (alert.state, alert.closed_at, alert.gone_on) == (State.RAISED, None, None)


def test_it_explains_itself_in_both_languages() -> None:
    alert = raised(43, "300000000")
    with translation.override("zh-hans"):
        text = explain.headline(alert) + explain.why(alert)
    assert "3.00 亿元" in text
    assert "43" in text
    assert "云搬发〔2026〕63号" in text
    with translation.override("en"):
        text = explain.headline(alert) + explain.why(alert)
    assert "CNY 300,000,000.00" in text
    assert "22 November 2026" in text
