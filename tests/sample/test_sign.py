"""A sample says that it is one, on every page and on the board, with its day."""

from datetime import date

import pytest

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.parameters import services
from anzhi.foundation.web import banner
from anzhi.sample.registrations import sign
from harness.people import client_of, user_at


@pytest.fixture
def stands(system: None) -> None:
    services.stand_still(by=SYSTEM, day=date(2026, 11, 22))


def test_no_sign_without_a_sample(system: None) -> None:
    assert sign() is None
    assert "示例数据" not in client_of(user_at("leader", region="53")).get("/alerts/").content.decode()


def test_the_sign_names_the_day(stands: None) -> None:
    assert banner.current().as_of == date(2026, 11, 22)
    text = client_of(user_at("leader", region="53")).get("/alerts/").content.decode()
    assert "示例数据" in text
    assert "2026-11-22" in text


def test_the_board_bears_it_too(stands: None) -> None:
    assert "示例数据" in client_of(user_at("leader", region="53")).get("/board/").content.decode()
