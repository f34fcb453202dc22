"""What the site hands to the registries below it."""

from anzhi.site.navigation import lay_out

lay_out()
