"""The pages in a Granian worker, which must not outlive a Granian that was killed."""

from anzhi.site.serve.parent import tie
from anzhi.site.wsgi import application

__all__ = ["application"]

tie()
