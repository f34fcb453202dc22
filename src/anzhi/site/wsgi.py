"""The pages, for Granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anzhi.site.settings.dev")
application = get_wsgi_application()
