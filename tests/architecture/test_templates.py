"""Templates of all apps: used, short, sorted, and without anything the content policy would refuse."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).parents[2] / "src/anzhi"
ALL = sorted(path for folder in ROOT.rglob("templates") for path in folder.rglob("*.html"))
NAMES = {str(path).rpartition("/templates/")[2]: path for path in ALL}
LOOKED_UP = ("account/", "mfa/", "usersessions/", "allauth/", "socialaccount/")  # asked for by packages, by name
WAITING = {  # parts offered to pages that are being built; strike out what a page includes
    "jobs/_progress.html",
    "live/_state.html",
}
HANDLER = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)


@pytest.mark.parametrize("path", ALL, ids=list(NAMES))
def test_a_template_is_small_and_allowed(path: Path) -> None:
    text = path.read_text()
    bare = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
    assert text.count("\n") <= 150
    assert not re.search(r"<style|javascript:|hx-on", bare)
    assert not HANDLER.search(bare)
    for script in re.findall(r"<script[^>]*>", text):
        assert "src=" in script or 'type="application/json"' in script, script
    assert not re.search(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", bare)
    for names in re.findall(r"{% load ([^%]*?) %}", text):
        assert names.split(" from ")[-1].split() == sorted(names.split(" from ")[-1].split()), names


def test_every_template_is_used() -> None:
    sources = [p.read_text() for p in ROOT.rglob("*.py")] + [p.read_text() for p in ALL]
    unused = [
        name
        for name, path in NAMES.items()
        if not name.startswith(LOOKED_UP) and not any(f'"{name}"' in text or f"'{name}'" in text for text in sources)
    ]
    assert not set(unused) - WAITING


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name: str) -> None:
    get_template(name)


def test_no_two_apps_fight_over_a_name() -> None:
    assert len(NAMES) == len(ALL)
