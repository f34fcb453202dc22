"""A real office: HTTPS only, no demo accounts, two factors for those who hold keys or watch money."""

from anzhi.foundation.access.roles import ROLES
from anzhi.site.settings.base import *  # noqa: F403 — settings files add to the one before them

DEMO = False
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # nginx sets it, and drops what a client sends
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # the supervisor asks over the socket
MFA_REQUIRED_ROLES = tuple(code for code in ROLES if code.endswith("admin") or code in ("fund_monitor", "finance"))
