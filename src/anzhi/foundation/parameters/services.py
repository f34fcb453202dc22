"""Writes of parameters: the first values, and a new value from a day on."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied, demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit.door import action
from anzhi.foundation.parameters import bounds, clock
from anzhi.foundation.parameters.models import RuleParameter, Tag
from anzhi.foundation.parameters.rules import Place

DAY = timedelta(days=1)
FIRST = date(2000, 1, 1)  # where values begin that no law dates


def seed(*, by: Actor, rows: Sequence[dict[str, str]]) -> int:
    """Add the parameters of a sheet that have no value yet; returns how many. Never changes an existing one."""
    demand(by, Permission.PARAMETER_EDIT)
    there = set(RuleParameter.objects.filter(scope="").values_list("code", "key"))
    missing = [row for row in rows if (row["code"], row["key"]) not in there]
    if not missing:
        return 0
    new = [_from_sheet(row, by) for row in missing]
    with action("parameter.seeded", by=by, on=new[0], count=len(new), codes=[row.code for row in new]):
        RuleParameter.objects.bulk_create(new)
    return len(new)


def set_value(
    *,
    by: Actor,
    parameter: RuleParameter,
    value: Decimal | str,
    valid_from: date,
    legal_basis: str,
    note: str = "",
    scope: str | None = None,
) -> RuleParameter:
    """Let a new value hold from a day on, for the parameter's own region or a smaller `scope`.

    The value before ends the day before; a later one already planned stays, and this one ends before it.
    """
    scope = parameter.scope if scope is None else scope
    _demand_edit(by, scope)
    if valid_from < clock.today():
        raise ValidationError(
            {"valid_from": _("A value begins today or later: what held in the past is never changed.")}
        )
    new = _successor(parameter, value, scope)
    bounds.check(new.code, new.value, new.text, scope)
    new.valid_from, new.legal_basis, new.note = valid_from, legal_basis, note
    new.set_by_id, new.set_by = by.id, by.label
    with action("parameter.set", by=by, on=new, value=new.holds, unit=new.unit, scope=scope) as facts:
        before = _make_room(new)
        facts |= {"code": new.code, "valid_from": valid_from, "before": before.holds if before else ""}
        new.full_clean(validate_constraints=False)
        new.save(force_insert=True)
    return new


def stand_still(*, by: Actor, day: date) -> RuleParameter:
    """Let the day of work be `day` from now on: a sample province keeps to the day it was built for."""
    _demand_edit(by, "")
    row = RuleParameter.objects.filter(code=clock.AS_OF).first() or RuleParameter(
        code=clock.AS_OF, name="示例数据的当日", name_en="The sample’s day", valid_from=FIRST, tag=Tag.ASSUMED
    )
    with action("parameter.clock_stopped", by=by, on=row, day=day):
        row.text, row.set_by_id, row.set_by = day.isoformat(), by.id, by.label
        row.save()
    clock.forget()
    return row


def _demand_edit(by: Actor, scope: str) -> None:
    """The whole province's values are the province's; a region's belong to whoever has the region in their area."""
    demand(by, Permission.PARAMETER_EDIT, on=Place(scope.ljust(12, "0")) if scope else None)
    if not scope and len(by.prefix) > 2:
        raise Denied(_("Only the province sets values that hold everywhere."))


def _successor(parameter: RuleParameter, value: Decimal | str, scope: str) -> RuleParameter:
    same: dict[str, Any] = {
        name: getattr(parameter, name) for name in ("code", "name", "name_en", "key", "unit", "tag")
    }
    if parameter.value is None:
        return RuleParameter(**same, scope=scope, text=str(value))
    return RuleParameter(**same, scope=scope, value=Decimal(value))


def _make_room(new: RuleParameter) -> RuleParameter | None:
    """End what holds on the new value's first day, and end the new one before what comes later."""
    line = RuleParameter.objects.select_for_update().filter(code=new.code, key=new.key, scope=new.scope)
    if line.filter(valid_from=new.valid_from).exists():
        raise ValidationError({"valid_from": _("Another value already begins on this day.")})
    before = line.filter(valid_from__lt=new.valid_from).order_by("-valid_from").first()
    later = line.filter(valid_from__gt=new.valid_from).order_by("valid_from").first()
    if later:
        new.valid_to = later.valid_from - DAY
    if before and (before.valid_to is None or before.valid_to >= new.valid_from):
        before.valid_to = new.valid_from - DAY
        before.save(update_fields=["valid_to"])
    return before


def _from_sheet(row: dict[str, str], by: Actor) -> RuleParameter:
    values: dict[str, Any] = {**row, "value": Decimal(row["value"]) if row["value"] else None}
    values["valid_from"] = date.fromisoformat(row["valid_from"])
    return RuleParameter(**values, set_by=by.label)
