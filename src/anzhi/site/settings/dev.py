"""The demo: one machine, loopback, demo accounts."""

from anzhi.site.settings.base import *  # noqa: F403 — settings files add to the one before them

DEMO = True
