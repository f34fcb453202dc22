"""The nightly look whether the index still equals what it indexes."""

from anzhi.foundation.jobs.registry import task
from anzhi.foundation.search import registry, services


@task("search.rebuild")
def rebuild(kind: str) -> None:
    """One kind."""
    services.rebuild(kind)


@task("search.rebuild_all", every="30 4 * * *")
def rebuild_all() -> None:
    """All kinds, one after the other."""
    for name in registry.names():
        services.rebuild(name)
