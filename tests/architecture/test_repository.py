"""What the repository promises about itself."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/anzhi"
STATIC = re.compile(r"""{% static ['"]([^'"{]+\.[a-z0-9]+)['"] %}""")
IN_CODE = re.compile(r'"((?:[\w-]+/)+[\w.-]+\.(?:m?js|css))"')
ALONE = {  # an act's person whose moment stands in another field, or in the trail
    "SupervisedAccount.filed_by": "filed_on: papers carry days",
    "SupervisedAccount.approved_by": "approved_on: papers carry days",
    "RuleVersion.drafted_by": "the draft's moment is in the trail",
    "Grant.granted_by": "from_on is its day",
    "AnnualPlan.drafted_by": "proposed_on is its day",
    "ProgressReport.reported_by": "reported_on is its day",
    "ProgressReport.judged_by": "judged_on is its day",
    "Expense.asked_by": "asked_on is its day",
    "Expense.decided_by": "decided_on is its day",
}


def ours() -> list[type]:
    """Our models."""
    return [model for model in apps.get_models() if model.__module__.startswith("anzhi.")]


def test_who_comes_with_when() -> None:
    alone = set()
    for model in ours():
        names = {field.name for field in model._meta.get_fields()}
        alone |= {f"{model.__name__}.{n}" for n in names if n.endswith("_by") and f"{n[:-3]}_at" not in names}
    assert alone == ALONE.keys()


def test_every_static_file_that_is_named_exists() -> None:
    named = {path for file in SOURCE.rglob("*.html") for path in STATIC.findall(file.read_text())}
    for file in SOURCE.rglob("*.py"):  # of pages, and of the parts that apps hand in to them
        named |= set(IN_CODE.findall(file.read_text())) - {"axe-core/axe.min.js"}  # the browser's, never served
    assert len(named) > 20
    assert {path for path in named if not finders.find(path)} == set()


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_the_front_page_names_the_two_commands(page: str) -> None:
    first = (ROOT / page).read_text()[:3000]
    assert "./anzhi demo" in first
    assert "./anzhi test" in first


def test_pictures_are_light() -> None:
    assert {p.name for p in (ROOT / "docs/pictures").iterdir() if p.stat().st_size > 400_000} == set()
