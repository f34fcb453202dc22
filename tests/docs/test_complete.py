"""What exists has its page: apps, settings, packages, commands, decisions, chapters of the manual."""

import ast
import re
import tomllib

import pytest

from docs import shelf

APPS = sorted(path.parent for path in shelf.SOURCE.glob("*/*/__init__.py") if (path.parent / "apps.py").exists())
BARE = [shelf.SOURCE / "foundation/money", shelf.SOURCE / "sample", shelf.SOURCE / "site"]
HELP = (shelf.ROOT / "tools/help.txt").read_text()
COMMAND = re.compile(r"\./anzhi ([a-z_]+)")


@pytest.mark.parametrize("app", [path.name for path in APPS + BARE])
def test_every_app_has_its_page(app: str) -> None:
    assert (shelf.DOCS / f"apps/{app}.md").exists()


@pytest.mark.parametrize("stage", ["base", "dev", "test", "production"])
def test_every_setting_has_a_comment_or_is_told(stage: str) -> None:
    source = (shelf.SOURCE / f"site/settings/{stage}.py").read_text()
    lines, told = ["", *source.splitlines()], (shelf.DOCS / "settings.md").read_text()
    silent = []
    for node in ast.parse(source).body:
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        names = [target.id for target in targets if isinstance(target, ast.Name) and target.id.isupper()]
        if not lines[node.lineno - 1].startswith("#") and " # " not in lines[node.lineno]:
            silent += [name for name in names if f"`{name}`" not in told]
    assert silent == []


def test_every_variable_of_the_environment_is_told() -> None:
    read = re.compile(r"environ(?:\.get)?[\[(]\s*f?\"(ANZHI_\w+)\"")
    told = "".join(page.read_text() for page in shelf.pages())
    asked = {name for path in shelf.SOURCE.rglob("*.py") for name in read.findall(path.read_text())}
    assert sorted(name for name in asked if name not in told) == []


def test_every_package_says_why_it_is_there() -> None:
    text = (shelf.ROOT / "pyproject.toml").read_text()
    known = tomllib.loads(text)
    asked = known["project"]["dependencies"] + known["dependency-groups"]["dev"]
    bare = [name for name in asked if not re.search(rf'^ +"{re.escape(name)}", +# \w', text, re.MULTILINE)]
    assert bare == []


def test_commands_in_the_pages_exist() -> None:
    verbs = set(COMMAND.findall(HELP))
    wrong = {(shelf.name(page), verb) for page in shelf.pages() for verb in COMMAND.findall(page.read_text())}
    assert sorted((page, verb) for page, verb in wrong if verb not in verbs) == []


def test_management_commands_in_the_pages_exist() -> None:
    own = {path.stem for path in shelf.SOURCE.glob("**/management/commands/*.py")} | {"migrate", "shell"}
    told = re.compile(r"(?:\./anzhi |`)manage ([a-z]\w+)")
    wrong = {(shelf.name(page), verb) for page in shelf.pages() for verb in told.findall(page.read_text())}
    assert sorted((page, verb) for page, verb in wrong if verb not in own) == []


@pytest.mark.parametrize("folder", ["adr", "manual"])
def test_every_page_of_a_folder_is_in_its_index(folder: str) -> None:
    index = shelf.DOCS / folder / "README.md"
    told = index.read_text()
    beside = sorted(path.name for path in index.parent.glob("*.md") if path != index)
    assert [name for name in beside if f"({name})" not in told] == []
