"""The files of production against the demo's, so that one map of the site does not become two."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy").glob("*.service"))
SITE = (ROOT / "deploy/nginx.conf").read_text()
DEMO = (ROOT / "src/anzhi/site/serve/nginx.conf").read_text()


def locations(text: str) -> set[str]:
    return set(re.findall(r"location (?:= )?(\S+) \{", text)) - {"/away.html"}


def test_both_know_the_same_places() -> None:
    assert locations(SITE) == locations(DEMO) >= {"/", "/live", "/static/", "/protected/"}


@pytest.mark.parametrize("limit", ["client_max_body_size 10m;", "client_max_body_size 2g;", "internal;"])
def test_both_hold_the_same_limits(limit: str) -> None:
    assert limit in SITE
    assert limit in DEMO


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_starts_what_the_environment_holds(unit: Path) -> None:
    text = unit.read_text()
    program = re.search(r"^ExecStart=/srv/anzhi/\.venv/bin/(\S+)", text, re.MULTILINE)
    assert program
    assert (ROOT / ".venv/bin" / program[1]).exists()
    assert "Restart=always" in text
    assert "User=anzhi" in text


def test_the_target_wants_every_unit() -> None:
    wants = re.search(r"^Wants=(.*)$", (ROOT / "deploy/anzhi.target").read_text(), re.MULTILINE)
    assert wants
    assert sorted(wants[1].split()) == [unit.name for unit in UNITS]


def test_the_web_is_not_given_the_owners_password() -> None:
    example = (ROOT / "deploy/app.env.example").read_text()
    names = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert "ANZHI_OWNER_PW" not in names
    assert {"ANZHI_APP_PW", "ANZHI_FIELD_KEY", "ANZHI_PGHOST", "ANZHI_VAR"} <= names
