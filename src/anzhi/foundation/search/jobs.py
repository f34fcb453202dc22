"""The nightly look whether the index still equals what it indexes."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.jobs.registry import task
from anzhi.foundation.search import registry, services


@task("search.rebuild", label=_("Renew the search index of one kind"))
def rebuild(kind: str) -> None:
    """One kind."""
    services.rebuild(kind)


@task("search.rebuild_all", label=_("Renew the search index"), every="30 4 * * *")
def rebuild_all() -> None:
    """All kinds, one after the other."""
    for name in registry.names():
        services.rebuild(name)
