"""How assignees and limits are written, and a plan as JSON."""

import pytest

from anzhi.foundation.workflow.rules.plan import Assignee, Kind, Limit, Node, Place, Plan, Route, head_of, node_told


@pytest.mark.parametrize(
    ("text", "role", "place", "agency", "departments"),
    [
        ("leader@self", "leader", Place.SELF, "", ()),
        ("officer@parent", "officer", Place.PARENT, "", ()),
        ("finance@province/计划财务处", "finance", Place.PROVINCE, "", ("计划财务处",)),
        ("leader@agency:530000000000/安置处/后扶处", "leader", Place.AGENCY, "530000000000", ("安置处", "后扶处")),
        ("starter", "", Place.STARTER, "", ()),
    ],
)
def test_an_assignee_is_read_and_written_alike(
    text: str, role: str, place: Place, agency: str, departments: tuple[str, ...]
) -> None:
    found = Assignee.read(text)
    assert found == Assignee(role, place, agency, departments)
    assert str(found) == text


@pytest.mark.parametrize(
    "text",
    ["", "leader", "@self", "leader@", "leader@moon", "leader@agency", "leader@agency:", "leader@self:53", "x@starter"],
)
def test_what_names_nobody(text: str) -> None:
    with pytest.raises(ValueError):
        Assignee.read(text)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("10", Limit("10")),
        ("10 working", Limit("10")),
        ("20 calendar", Limit("20", "calendar")),
        (" 3 ", Limit("3")),
        ("workflow.countersign.days", Limit("workflow.countersign.days")),
        ("a.b calendar", Limit("a.b", "calendar")),
    ],
)
def test_a_limit_is_days_or_a_parameter(text: str, limit: Limit) -> None:
    assert Limit.read(text) == limit
    assert Limit.read(str(limit)) == limit


@pytest.mark.parametrize("text", ["", "ten", "-1", "10 hours", "10 working days"])
def test_what_is_no_limit(text: str) -> None:
    with pytest.raises(ValueError):
        Limit.read(text)


def test_a_plan_knows_its_nodes_by_code() -> None:
    end = Node("end", "结束", Kind.END)
    step = Node("a", "审核", Kind.TASK, (Route("pass", "end"), Route("reject", "end")))
    whole = Plan("p", "流程", "a", (step, end))
    assert (whole["a"], whole.steps, "a" in whole, "b" in whole) == (step, [step], True, False)
    assert (step.route("reject"), step.route("other")) == (step.routes[1], None)


def test_json_of_a_node_leaves_out_what_rows_hold() -> None:
    told = node_told(Node("a", "审核", Kind.TASK))
    assert not {"code", "name", "kind", "routes"} & told.keys()
    assert told["assignee"]["place"] == "self"
    assert head_of(Plan("p", "流程", "a", ()))["statutory"] is None
