"""Maps inside the pages of other apps: `{% load maps %}`, then include "maps/_record_map.html"."""

from typing import Any

from django import template

from anzhi.network.maps import story

register = template.Library()


@register.simple_tag
def record_map_data(area: str) -> dict[str, Any]:
    """What the script of a record's map must know about its area."""
    return story.settings_of(area)
