"""Procedures as they are read: steps, where they lead, where nobody would be found."""

import pytest

from foundation.workflow.drawings import chain
from foundation.workflow.offices import Offices, in_force
from harness.people import client_for

pytestmark = pytest.mark.usefixtures("system")


def test_every_edition_is_listed_and_opens(offices: Offices) -> None:
    first, second = in_force(chain(key="sentinel")), in_force(chain(key="sentinel"))
    client = client_for("leader")
    text = client.get("/procedures/?q=sentinel").content.decode()
    for edition in (first, second):
        assert f"/procedures/sentinel/{edition.version}/" in text
        page = client.get(f"/procedures/sentinel/{edition.version}/")
        assert page.status_code == 200
    assert [node.name for node, _ways in page.context["steps"]] == ["submit", "check", "review", "decide"]
    assert client.get("/procedures/sentinel/99/").status_code == 404


def test_holes_are_named_by_office(offices: Offices) -> None:
    edition = in_force(chain(key="sentinel"))
    edition.holes = [{"agency": "元谋县搬迁安置办", "step_name": "核对"}]
    edition.save(update_fields=["holes"])
    text = client_for("leader").get(f"/procedures/sentinel/{edition.version}/").content.decode()
    assert "元谋县搬迁安置办 · 核对" in text
