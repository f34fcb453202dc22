"""Reads for the pages of the desk: lists with where their cases stand, and the figures on the tabs."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, Prefetch, QuerySet, Value
from django.urls import reverse

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.scope import Scope
from anzhi.foundation.accounts import queries as accounts
from anzhi.foundation.workflow import queries
from anzhi.foundation.workflow.models import Case, Copy, Definition, Task
from anzhi.foundation.workflow.states import Edition, TaskState


def todo(by: Actor) -> QuerySet[Task]:
    """What waits for a person, with the name of its procedure."""
    return _named(queries.inbox(by))


def handled(by: Actor) -> QuerySet[Task]:
    """What a person has done."""
    return _named(queries.handled(by))


def queue(scope: Scope) -> QuerySet[Task]:
    """Tasks of an area that nobody was found for."""
    return _named(queries.queue(scope))


def copies(by: Actor) -> QuerySet[Copy]:
    """What was put before a person."""
    return _named(queries.copies(by))


def started(by: Actor) -> QuerySet[Case]:
    """What a person has begun, with where it stands."""
    return _standing(queries.started(by))


def supervised(scope: Scope) -> QuerySet[Case]:
    """Live cases of an area, with where they stand."""
    return _standing(queries.supervised(scope))


def figures(rows: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each list has, in one statement."""
    one, *others = (
        found.order_by().values(az_name=Value(name)).annotate(az_count=Count("pk")) for name, found in rows.items()
    )
    answers = one.union(*others, all=True) if others else one
    return dict.fromkeys(rows, 0) | {answer["az_name"]: answer["az_count"] for answer in answers}


def procedures() -> list[tuple[str, str]]:
    """The procedures there are, to choose from."""
    rows = Definition.objects.exclude(state__in=(Edition.DRAFT, Edition.REVIEW)).order_by("key", "-version")
    return list(rows.distinct("key").values_list("key", "name"))


def case(_scope: Scope, pk: int, **_more: Any) -> Case | None:
    """One case by its address; row-level security decides who has it."""
    return queries.case(pk)


def task(case: Case, number: int) -> Task | None:
    """A task of this case."""
    found = queries.open_task(number)
    return found if found and found.case_id == case.pk else None


def colleagues(by: Actor, agency_id: int | None = None) -> list[tuple[int, str]]:
    """People at work at an office, by default one's own, to choose from."""
    found = accounts.with_parents(agency_id or by.agency_id or 0)
    rows = accounts.posts_at(found).order_by("user__name", "user_id")
    return [(post.user_id, f"{post.user.name}（{post.title}）") for post in rows if post.user_id != by.id]


def definition(_scope: Scope, key: str, version: int) -> Definition | None:
    """One edition, by its address."""
    return queries.edition(key, version)


def definitions(_scope: Scope) -> QuerySet[Definition]:
    """Every edition, without its drawing."""
    return queries.definitions().defer("xml")


def address_of(row: Definition) -> str:
    """Where an edition has its page."""
    return reverse("workflow:definition", args=[row.key, row.version])


def _named(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.annotate(procedure=F("case__definition__name"))


def _standing(rows: QuerySet[Case]) -> QuerySet[Case]:
    tasks = Task.objects.filter(state=TaskState.OPEN).order_by("due_at", "pk")
    return rows.annotate(procedure=F("definition__name")).prefetch_related(
        Prefetch("tasks", tasks.only("case", "step_name", "due_at"), to_attr="open_tasks")
    )
