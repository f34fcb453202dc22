"""Milestones under the guards of Decree 471."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.audit.models import Event
from anzhi.foundation.parameters import clock
from anzhi.network.projects import queries
from anzhi.network.projects.models import Project
from anzhi.network.projects.services.milestones import add_document, add_photo, remove_milestone, set_milestone
from anzhi.network.projects.states import GUARDS, ORDER, Step
from harness import pictures
from harness.people import actor
from network.projects.factories import project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]
FIRST = date(2015, 1, 10)
OFFICER = actor("officer")


def day(step: str) -> date:
    """A day for each step, half a year apart."""
    return FIRST + timedelta(days=180 * ORDER.index(step))


def walk(made: Project, to: str) -> Project:
    """All milestones up to and with one."""
    for step in ORDER[: ORDER.index(to) + 1]:
        set_milestone(by=OFFICER, project=made, step=step, on=day(step), document=f"云府〔2015〕{ORDER.index(step)}号")
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("step", list(GUARDS))
def test_a_guard_names_what_is_missing_and_its_article(step: Step) -> None:
    made = project(build="planned")
    with pytest.raises(ValidationError) as refused:
        set_milestone(by=OFFICER, project=made, step=step, on=day(step), reason="着急")
    assert f"article {GUARDS[step].article}" in refused.value.messages[0]
    assert queries.days_of(made) == {}


def test_the_whole_life_moves_stage_and_works() -> None:
    made = project(build="planned")
    assert (made.stage, made.build) == ("S0", "planned")
    walk(made, Step.AGREEMENT)
    assert (made.stage, made.build) == ("S6", "planned")
    walk(made, Step.IMPOUND)
    assert (made.stage, made.build) == ("S8", "construction")
    walk(made, Step.COMPLETION)
    assert (made.stage, made.build) == ("S9", "built")
    assert len(queries.milestones(made)) == len(ORDER)


def test_days_rise_and_the_future_is_no_fact() -> None:
    made = walk(project(build="planned"), Step.OUTLINE)
    with pytest.raises(ValidationError, match="order of days"):
        set_milestone(by=OFFICER, project=made, step=Step.PLAN, on=day(Step.OUTLINE) - timedelta(days=1))
    with pytest.raises(ValidationError, match="order of days"):
        set_milestone(by=OFFICER, project=made, step=Step.NOTICE, on=day(Step.INVENTORY) + timedelta(days=1))
    with pytest.raises(ValidationError, match="not come yet"):
        set_milestone(by=OFFICER, project=made, step=Step.PLAN, on=clock.today() + timedelta(days=1))
    assert set_milestone(by=OFFICER, project=made, step=Step.PLAN, on=day(Step.OUTLINE))


def test_a_correction_replaces_the_day_and_both_are_on_record() -> None:
    made = walk(project(build="planned"), Step.NOTICE)
    set_milestone(by=OFFICER, project=made, step=Step.NOTICE, on=date(2014, 5, 4))
    assert queries.days_of(made) == {"notice": date(2014, 5, 4)}
    last = Event.objects.filter(name="project.milestone_set").latest("id")
    assert (last.facts["before"], last.facts["day"]) == (FIRST.isoformat(), "2014-05-04")


def test_a_built_project_without_papers_needs_a_reason_and_keeps_it() -> None:
    made = project(build="built")
    with pytest.raises(ValidationError, match="not recorded yet"):
        set_milestone(by=OFFICER, project=made, step=Step.IMPOUND, on=date(2012, 6, 1))
    row = set_milestone(
        by=OFFICER, project=made, step=Step.IMPOUND, on=date(2012, 6, 1), reason="验收文件在机构改革中遗失"
    )
    assert row.reason == "验收文件在机构改革中遗失"
    assert made.build == "built"


def test_what_others_rest_on_stays() -> None:
    made = walk(project(build="planned"), Step.INVENTORY)
    notice, inventory = queries.milestones(made)
    with pytest.raises(ValidationError, match="rests on it"):
        remove_milestone(by=OFFICER, milestone=notice, reason="录入错误")
    remove_milestone(by=OFFICER, milestone=inventory, reason="录入错误")
    remove_milestone(by=OFFICER, milestone=notice, reason="录入错误")
    assert queries.days_of(made) == {}
    assert Event.objects.filter(name="project.milestone_removed").count() == 2


def test_nobody_else_sets_them() -> None:
    made = project(build="planned")
    for wrong in (actor("leader"), actor("officer", region="530622")):
        with pytest.raises(Denied):
            set_milestone(by=wrong, project=made, step=Step.NOTICE, on=FIRST)


def test_papers_and_pictures_are_kept_with_them() -> None:
    made = walk(project(build="planned"), Step.NOTICE)
    (notice,) = queries.milestones(made)
    paper = add_document(by=OFFICER, milestone=notice, name="停建通告.pdf", chunks=[b"%PDF-1.4\n%%EOF\n"])
    picture = add_photo(by=OFFICER, project=made, view="upstream", name="a.jpg", chunks=[pictures.photo()])
    assert queries.papers(made) == {str(notice.pk): [paper]}
    assert queries.photos(made) == [picture]
    assert picture.viewpoint == "upstream"
    with pytest.raises(ValueError, match="sideways"):
        add_photo(by=OFFICER, project=made, view="sideways", name="a.jpg", chunks=[pictures.photo()])
