"""`./anzhi demo`: not there yet."""

from tools.steps import Failed


def run(arguments: list[str]) -> int:
    """Everything, running."""
    raise Failed("the demo is being built")
