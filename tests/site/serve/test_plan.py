"""Which processes make the site."""

import signal
from pathlib import Path

import pytest

from anzhi.site.serve import plan


def names() -> list[str]:
    return [spec.name for spec in plan.children(Path("/run/us"), web_workers=2)]


def test_the_front_and_the_pages_are_always_there() -> None:
    assert names()[:2] == ["nginx", "pages"]


def test_parts_that_are_not_built_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "LIVE", "anzhi.nowhere.at.all")
    monkeypatch.setattr(plan, "_built", lambda name: False)
    assert names() == ["nginx", "pages"]


def test_parts_that_are_built_are_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "LIVE", "anzhi.site.wsgi")
    monkeypatch.setattr(plan, "_built", lambda name: True)
    assert names() == ["nginx", "pages", "live", "work", "inbox"]


def test_nginx_ends_gently_and_while_the_pages_still_answer() -> None:
    front, pages = plan.children(Path("/run/us"), web_workers=2)[:2]
    assert front.stop == signal.SIGQUIT
    assert front.stage < pages.stage


def test_the_number_of_page_workers_is_passed_on() -> None:
    command = list(plan.children(Path("/run/us"), web_workers=7)[1].command)
    assert command[command.index("--workers") + 1] == "7"
