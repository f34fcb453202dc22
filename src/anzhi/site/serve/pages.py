"""The pages in a Granian worker, behind nginx, which must not outlive a Granian that was killed."""

import os

os.environ.setdefault("ANZHI_FILES_ACCEL", "1")  # before the settings are read: nginx sends our files

from anzhi.site.serve.parent import tie
from anzhi.site.wsgi import application

__all__ = ["application"]

tie()
