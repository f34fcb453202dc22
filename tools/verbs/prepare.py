"""`./anzhi setup` and `./anzhi messages`."""

from tools import catalogue, options, prepare
from tools.steps import say


def run(arguments: list[str]) -> int:
    """Prepare, and leave it at that."""
    prepare.everything(dev=options.plain("setup", arguments, "dev"))
    say("ready")
    return 0


def messages(arguments: list[str]) -> int:
    """Merge and compile the translations."""
    options.plain("messages", arguments)
    catalogue.check()
    done = catalogue.refresh()
    say("translations merged and compiled" if done else "translations are up to date")
    return 0
