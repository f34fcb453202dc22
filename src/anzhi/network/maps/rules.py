"""The arithmetic of tiles. Pure Python."""

DEEPEST = 22


def exists(z: int, x: int, y: int) -> bool:
    """Whether there is such a tile."""
    return 0 <= z <= DEEPEST and 0 <= x < 2**z and 0 <= y < 2**z
