"""Lists: the partial is the page, and pages add up to the whole."""

import pytest

from harness.people import client_of, user_at

pytestmark = [pytest.mark.django_db, pytest.mark.urls("foundation.web.listing")]


def test_list_stands() -> None:
    page = client_of(user_at("finance", region="53")).get("/t/list/")
    assert page.status_code == 200
    assert "云南省" in page.text
    page = client_of(user_at("finance", region="53")).get("/t/seek/")
    assert page.status_code == 200
