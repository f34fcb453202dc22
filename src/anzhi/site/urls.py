"""The map of the site: one line an app, grouped by platform."""

from django.urls import include, path

from anzhi.site.health import healthz
from anzhi.site.home import Home

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("healthz", healthz, name="healthz"),
    path("", include("anzhi.foundation.web.urls")),
    path("projects/", include("anzhi.network.projects.urls")),
    path("sites/", include("anzhi.network.sites.urls")),
    path("funds/", include("anzhi.supervision.funds.urls")),
    path("", include("anzhi.foundation.accounts.entrance.urls")),
    path("regions/", include("anzhi.foundation.regions.urls")),
    path("", include("anzhi.network.maps.urls")),
    path("indicators/", include("anzhi.network.indicators.urls")),
    path("board/", include("anzhi.network.board.urls")),
    path("", include("anzhi.foundation.workflow.urls")),
    path("annual/", include("anzhi.management.annual.urls")),
    path("plans/", include("anzhi.management.plans.urls")),
    path("budgets/", include("anzhi.management.budgets.urls")),
    path("alerts/", include("anzhi.supervision.alerts.urls")),
    path("", include("anzhi.foundation.accounts.urls")),
    path("files/", include("anzhi.foundation.files.urls")),
    path("search/", include("anzhi.foundation.search.urls")),
    path("operations/", include("anzhi.site.operations.urls")),
    path("audit/", include("anzhi.foundation.audit.urls")),
    path("parameters/", include("anzhi.foundation.parameters.urls")),
    path("calendar/", include("anzhi.foundation.calendar.urls")),
]
handler400 = "anzhi.foundation.web.errors.bad_request"
handler403 = "anzhi.foundation.web.errors.forbidden"
handler404 = "anzhi.foundation.web.errors.missing"
handler500 = "anzhi.foundation.web.errors.failed"
