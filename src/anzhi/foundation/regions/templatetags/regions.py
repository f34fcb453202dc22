"""`{% load regions %}`: names and paths of regions from their codes."""

from django import template

from anzhi.foundation.regions import queries

register = template.Library()
STEP = " › "


@register.filter
def region_name(code: str | None) -> str:
    """532328000000 → 元谋县; nothing stays nothing, an unknown code stays itself."""
    return queries.label(code) if code else ""


@register.filter
def region_path(code: str | None) -> str:
    """532328000000 → 云南省 › 楚雄州 › 元谋县."""
    return STEP.join(unit.label for unit in queries.path(code)) if code else ""
