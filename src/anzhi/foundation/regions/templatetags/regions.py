"""`{% load regions %}`: names of regions from their codes."""

from django import template

from anzhi.foundation.regions import queries

register = template.Library()


@register.filter
def region_name(code: str | None) -> str:
    """532328000000 → 元谋县; nothing stays nothing, an unknown code stays itself."""
    return queries.label(code) if code else ""
