"""What the board hands to the registries below it."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web import assets
from anzhi.foundation.web.navigation import NavEntry, register
from anzhi.network.board import ground

assets.register("anzhi/board-charts", "board/js/charts.js")
assets.register("echarts", "vendor/echarts/echarts.esm.min.js")
register(
    NavEntry("network", _("Overview"), _("Board"), "board:board", "chart-area-line", Permission.BOARD_VIEW, order=1)
)
ground.define()
