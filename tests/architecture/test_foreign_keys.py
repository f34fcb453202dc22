"""Foreign keys to another app go down only, and are written as a string."""

import ast
import configparser
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey

ROOT = Path(__file__).resolve().parents[2]
PLATFORMS = ["foundation", "network", "management", "service", "supervision", "site"]
KINDS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def order() -> dict[str, tuple[int, int]]:
    """`foundation.audit` → how high it stands: platform, then layer inside it; from the import contracts."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    heights = {}
    for section in contracts.sections():
        container = contracts[section].get("containers", "").strip()
        if not container.startswith("anzhi.") or "\n" in container or "*" in container:
            continue
        platform = container.removeprefix("anzhi.")
        layers = [line.replace("(", "").replace(")", "") for line in contracts[section]["layers"].split("\n") if line]
        for height, line in enumerate(reversed(layers)):
            for name in line.split("|"):
                heights[f"{platform}.{name.strip()}"] = (PLATFORMS.index(platform), height)
    return heights


def app_of(model: type) -> str:
    """`anzhi.foundation.audit.models` → `foundation.audit`."""
    return ".".join(model.__module__.split(".")[1:3])


def test_every_app_with_tables_has_its_place() -> None:
    ours = {app_of(model) for model in apps.get_models() if model.__module__.startswith("anzhi.")}
    known = order()
    assert {app for app in ours if app not in known and app.split(".")[0] in {"foundation", "supervision"}} == set()


def test_keys_go_down_only() -> None:
    heights = order()
    upward = []
    for model in apps.get_models():
        if not model.__module__.startswith("anzhi."):
            continue
        for field in model._meta.get_fields():
            target = field.remote_field.model if isinstance(field, ForeignKey) else None
            if target is None or not target.__module__.startswith("anzhi.") or app_of(target) == app_of(model):
                continue
            here, there = heights.get(app_of(model), (9, 9)), heights.get(app_of(target), (-1, -1))
            if there >= here:
                upward.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert upward == []


def targets() -> Iterator[tuple[Path, ast.expr]]:
    """The first argument of each relation in every models module."""
    for path in [*ROOT.glob("src/anzhi/*/*/models.py"), *ROOT.glob("src/anzhi/*/*/models/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in KINDS:
                yield path, node.args[0] if node.args else next(k.value for k in node.keywords if k.arg == "to")


def test_another_app_s_table_is_named_by_a_string() -> None:
    wrong = []
    for path, target in targets():
        local = {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef)}
        if isinstance(target, ast.Name) and target.id not in local:
            wrong.append(f"{path.relative_to(ROOT)}:{target.lineno} {target.id}")
    assert wrong == []
