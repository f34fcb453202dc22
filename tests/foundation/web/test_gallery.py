"""The gallery and the shell stand, for who may see them."""

import pytest

from harness.people import client_of, user_at

pytestmark = pytest.mark.django_db


def test_gallery_shows_every_component() -> None:
    page = client_of(user_at("finance")).get("/components/")
    assert page.status_code == 200
    for mark in ("az-level-red", "az-state-bad", "az-clock-days", "az-kpi-fig", "az-trail", "az-why-red", "az-empty"):
        assert mark in page.text


def test_home_stands() -> None:
    assert client_of(user_at("finance")).get("/", follow=True).status_code == 200
