"""What the pages say of commands, accounts, processes and defaults is what the code has."""

import re
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from tools.cluster import conf

from anzhi.foundation.accounts import demo
from anzhi.site.serve import plan
from anzhi.supervision.funds.management.commands import statements
from anzhi.supervision.funds.readers import cli
from benchmarks import __main__ as bench
from docs import shelf
from tools import command, options

COMMANDS = (shelf.DOCS / "apps/command.md").read_text()
HELP = (shelf.ROOT / "tools/help.txt").read_text()
LINE = re.compile(r"\./anzhi ([a-z]+)([^`\n#]*)")
OPTION = re.compile(r"(?<![\w-])--([a-z][a-z-]+)")
READMES = [shelf.ROOT / "README.md", shelf.ROOT / "README.zh.md"]
ACCOUNT = re.compile(r"^\|([^|]*`[a-z-]+`[^|]*)\|", re.MULTILINE)


def lines() -> Iterator[tuple[str, str, list[str], str]]:
    """Page, verb, the words before the first option, and each option told with them."""
    for page in [*shelf.pages(), shelf.ROOT / "tools/help.txt"]:
        for verb, rest in LINE.findall(page.read_text()):
            for option in OPTION.findall(rest.split("  ")[0]):
                yield shelf.name(page), verb, rest.split(), option


def parsers(parser: ArgumentParser) -> Iterator[ArgumentParser]:
    """A parser and those below it."""
    yield parser
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            yield from action.choices.values()


def known(verb: str, words: list[str]) -> set[str]:
    """The options of a verb, or of the management command behind it."""
    if verb in ("demo", "serve"):
        return {"port", "bind", "fresh"} - ({"fresh"} if verb == "serve" else set())
    if verb == "bench":
        return {"json", "scale"}
    name = {"worker": "work", "manage": words[0] if words else "help"}.get(verb, verb)
    if name == "statements":
        return longs(cli._arguments()) if words[0] == "parse" else longs(statements._arguments())
    return longs(load_command_class(get_commands()[name], name).create_parser("manage", name))


def longs(parser: ArgumentParser) -> set[str]:
    return {
        name[2:]
        for below in parsers(parser)
        for action in below._actions
        for name in action.option_strings
        if name.startswith("--")
    }


TOLD = sorted({(page, verb, " ".join(words[:2]), option) for page, verb, words, option in lines()})


@pytest.mark.parametrize(("page", "verb", "words", "option"), TOLD, ids=[" ".join(told) for told in TOLD])
def test_an_option_that_is_told_is_there(page: str, verb: str, words: str, option: str) -> None:
    assert option in known(verb, words.split())


def test_options_are_told_at_all() -> None:
    assert len(TOLD) > 15
    assert {verb for _page, verb, _words, _option in TOLD} >= {
        "demo",
        "serve",
        "statements",
        "alerts",
        "audit",
        "bench",
    }


def test_the_help_lists_every_verb_and_no_other() -> None:
    told = set(re.findall(r"^  \./anzhi (\w+)", HELP, re.MULTILINE))
    assert told == {*command.VERBS, "help"}


def test_the_help_tells_the_ports_default() -> None:
    assert HELP.count(f"[--port {options.PORT}] [--bind {options.serving('serve', []).bind}]") == 2


def test_every_benchmark_is_told_where_benchmarks_are() -> None:
    page = (shelf.DOCS / "benchmarks.md").read_text()
    assert re.findall(r"^## (\w+)$", page, re.MULTILINE)[: len(bench.BENCHES)] == list(bench.BENCHES)


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.stem)
def test_every_demo_account_is_in_the_table(readme: Path) -> None:
    told = {name for cell in ACCOUNT.findall(readme.read_text()) for name in re.findall(r"`([a-z-]+)`", cell)}
    kinds = {name for name in told if name.startswith("-")}
    places = {name for name in told if name in {"province", "prefecture", "county", "other-county"}}
    whole = (told - kinds) | {place + kind for place in places for kind in kinds}
    assert whole == {account.username for account in demo.ACCOUNTS}


def test_both_readmes_tell_of_the_same_commands_and_pages() -> None:
    commands, links = [], []
    for path in READMES:
        text = path.read_text()
        commands.append({verb for verb, _rest in LINE.findall(text)})
        links.append(
            set(re.findall(r"\]\((docs/[^)#]+|[A-Z]+\.md|LICENSE)\)", text))
            - {"docs/README.md", "README.md", "README.zh.md"}
        )
    assert commands[0] == commands[1]
    assert links[0] == links[1]


def test_every_page_is_in_the_index() -> None:
    index = (shelf.DOCS / "README.md").read_text()
    beside = [path for path in shelf.DOCS.glob("*.md") if path.name != "README.md"]
    below = list((shelf.DOCS / "apps").glob("*.md"))
    absent = [path.name for path in (*beside, *below) if f"({path.relative_to(shelf.DOCS)})" not in index]
    assert sorted(absent) == []


def test_the_processes_of_the_site_are_those_of_its_page() -> None:
    table = COMMANDS.split("## The processes", 1)[1].split("\n\n", 3)[2]
    told = {name for row in table.splitlines()[2:] for name in row.split("|")[1].strip().split(", ")}
    assert told == {spec.name for spec in plan.children(Path("/run/us"), web_workers=2)}


def test_the_clusters_default_is_that_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANZHI_PG_BUFFERS", raising=False)
    told = re.search(r"`ANZHI_PG_BUFFERS` \((\w+)\)", COMMANDS)
    assert told
    assert f"shared_buffers = {told[1]}" in conf.wanted(Path("/s"), 5432)


@pytest.mark.parametrize("name", ["reference", "glossary", "urls", "shots", "events", "permissions", "sample"])
def test_a_command_for_developers_is_told_in_a_page(name: str) -> None:
    told = [shelf.name(page) for page in shelf.pages() if re.search(rf"(manage|anzhi) {name}\b", page.read_text())]
    assert told, f"no page says what {name} is for"
