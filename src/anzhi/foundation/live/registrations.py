"""What live hands to the registries below it."""

from anzhi.foundation.web import assets

assets.register("anzhi/live", "live/live.js")
