"""`./anzhi setup` and `./anzhi messages`."""

from tools import catalogue, prepare
from tools.steps import Failed, say


def run(arguments: list[str]) -> int:
    """Prepare, and leave it at that."""
    if arguments not in ([], ["dev"]):
        raise Failed("usage: ./anzhi setup [dev]", 2)
    prepare.everything(dev=arguments == ["dev"])
    say("ready")
    return 0


def messages(arguments: list[str]) -> int:
    """Merge and compile the translations."""
    catalogue.check()
    done = catalogue.refresh()
    say("translations merged and compiled" if done else "translations are up to date")
    return 0
