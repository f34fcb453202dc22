"""Chance that is always the same: one stream of numbers for each topic, from one seed."""

from random import Random

SEED = 20210901


def stream(*topic: object, seed: int = SEED) -> Random:
    """Numbers for a topic. Adding a topic changes no other one's numbers."""
    return Random(f"{seed}/" + "/".join(map(str, topic)))  # noqa: S311 — a sample, not a secret
