"""What the sample says on every page: that its figures are invented, and of which day they are."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.parameters import clock
from anzhi.foundation.web import banner


def sign() -> banner.Banner | None:
    """The tag of a sample province; nothing in real life."""
    day = clock.as_of()
    return banner.Banner(_("Sample data"), day) if day else None


banner.register(sign)
