"""People who come in by passkey alone."""

import pytest

from harness.people import PASSWORD, client_of, user_at


@pytest.fixture(autouse=True)
def everywhere(system: None) -> None:
    """Offices are made in system scope."""


def test_without_a_password_there_is_none_to_change() -> None:
    answer = client_of(user_at("officer")).get("/me/password/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/me/"


def test_with_one_the_form_stands_there() -> None:
    answer = client_of(user_at("officer", password=PASSWORD)).get("/me/password/")
    assert answer.status_code == 200
    assert 'type="password"' in answer.content.decode()
