"""The board of each tier: what is on it, for whom, and that every number equals the list it leads to."""

import html
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from anzhi.foundation.money import formats
from anzhi.foundation.parameters import clock
from anzhi.network.board import registry
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.services import engine
from harness.people import FOREIGN, client_of, user_at
from network.projects.factories import project
from network.sites.factories import site
from supervision.alerts.factories import DOCUMENT, Office, allocation, gets, pays, spends

pytestmark = pytest.mark.usefixtures("spoken")
PROVINCE, PREFECTURE, COUNTY = "530000000000", "532300000000", "532328000000"
TODAY = timezone.localdate()


@pytest.fixture
def world() -> Alert:
    """A prefecture keeps 300 million; its county has a project with a site; far away there is another project."""
    prefecture, county = Office("5323"), Office("532328")
    due = max(TODAY - timedelta(days=43), TODAY.replace(month=1, day=1))
    allocation(prefecture, county, "860000000", issued=due - timedelta(days=30), due=due)
    with clock.turned_to(due):
        county.tells(gets(prefecture, "560000000", due, DOCUMENT), spends("1234.56", due), until=TODAY)
        prefecture.tells(pays(county, "560000000", due, DOCUMENT), until=TODAY)
    site(of=project(place=(101.87, 25.7)), lived_in=True)
    project(region=FOREIGN, name="远处水库")
    engine.run(as_of=TODAY)
    return Alert.objects.get()


def of(*roles: str, region: str) -> Client:
    return client_of(user_at(*roles, region=region))


def board(client: Client, query: str = "") -> Any:
    answer = client.get(f"/board/{query}")
    assert answer.status_code == 200
    return answer


def data(answer: Any) -> dict[str, Any]:
    """What the map's script is given."""
    found = re.search(r'<script id="board-data"[^>]*>(.*?)</script>', answer.text, re.DOTALL)
    assert found
    return json.loads(found[1])


def figures(answer: Any) -> dict[str, tuple[str, str]]:
    """Key figures: label → (figure, address of its rows)."""
    strip = answer.text.split('data-part="keys"')[1].split("</dl>")[0]
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd><a href=\"(.*?)\"[^>]*>(.*?)</a>", strip, re.DOTALL)
    return {label: (figure, html.unescape(url)) for label, url, figure in found}


@pytest.mark.parametrize("region", ["53", "5323", "532328"])
def test_each_tier_begins_at_its_own_area(world: Alert, region: str) -> None:
    answer = board(of("leader", region=region))
    assert data(answer)["region"] == region.ljust(12, "0")
    name = {"53": "云南省", "5323": "楚雄州", "532328": "元谋县"}[region]
    assert f'aria-current="page">{name}<' in answer.text
    assert answer.text.count("data-drill") > 0 or region == "532328"


@pytest.mark.parametrize(
    ("region", "wanted", "shown"),
    [
        ("53", PREFECTURE, PREFECTURE),
        ("53", COUNTY, COUNTY),
        ("5323", COUNTY, COUNTY),
        ("5323", PROVINCE, PREFECTURE),
        ("532328", "530622000000", COUNTY),
        ("532328", PREFECTURE, COUNTY),
        ("53", "532328101000", PROVINCE),  # a town has no board
        ("53", "539999000000", PROVINCE),
        ("53", "x", PROVINCE),
        ("53", "٥٣٢٣٠٠٠٠٠٠٠٠", PROVINCE),
    ],
)
def test_the_address_says_the_area_if_it_is_ones_own(world: Alert, region: str, wanted: str, shown: str) -> None:
    assert data(board(of("leader", region=region), f"?region={wanted}"))["region"] == shown


def test_the_foreign_county_sees_nothing_of_it(world: Alert) -> None:
    owner, foreign = board(of("leader", region="532328")), board(of("leader", region=FOREIGN), f"?region={COUNTY}")
    secrets = ("8.60", "860,000,000", "5.60", "江边集镇", world.number, "3.00 亿元")
    for secret in ("8.60", "5.60"):
        assert secret in owner.text
    for secret in secrets:
        assert secret not in foreign.text, secret
    found = figures(foreign)
    assert found["安置点"][0] == "0"
    assert found["在办预警"][0] == "0"
    assert found["监管账户"][0] == "0"


@pytest.mark.parametrize("region", ["53", "5323", "532328", FOREIGN])
def test_every_key_figure_equals_its_list(world: Alert, region: str) -> None:
    client = of("leader", region=region)
    found = figures(board(client))
    assert len(found) == 6
    for label, (figure, url) in found.items():
        answer = client.get(url)
        assert answer.status_code == 200, url
        totals = answer.context["totals"]
        if label == "本年应拨县级":
            assert figure == f"{totals.values['amount'] / 10**8:.2f}" or (figure, totals.count) == ("0.00", 0)
        else:
            assert totals.count == int(figure.replace(",", "")), (label, url)


def test_small_figures_equal_their_lists_too(world: Alert) -> None:
    client = of("leader", region="5323")
    notes = board(client).text.split('data-part="keys"')[1].split("</dl>")[0]
    urls = [html.unescape(url) for url in re.findall(r'<dd class="az-bd-notes">.*?</dd>', notes, re.DOTALL)]
    shown = re.findall(r'<a href="([^"]+)">(已建|在建|拟建) <b>(\d+)</b></a>', "".join(urls))
    assert len(shown) == 3
    for url, _words, n in shown:
        assert client.get(html.unescape(url)).context["totals"].count == int(n), url
    balance = re.search(r'<a href="([^"]+)">余额 <b>(.+?)</b>', "".join(urls))
    assert balance
    known = client.get(html.unescape(balance[1])).context["totals"].values["known"]
    assert balance[2] == formats.phrase(known)


def test_the_worst_red_alert_is_called_out_and_signed(world: Alert) -> None:
    answer = board(of("leader", region="53"))
    call = answer.text.split('data-part="call"')[1].split("</a>")[0]
    assert "3.00 亿元" in call
    assert f"/alerts/{world.number}/" in call
    (sign,) = data(answer)["signs"]
    assert (sign["code"], sign["level"], sign["n"]) == (PREFECTURE, "red", 1)
    assert data(answer)["hot"] == [PREFECTURE]
    assert f'data-alert="{world.number}"' in answer.text


def test_ranking_is_by_what_arrived_and_units_without_money_are_not_ranked(world: Alert) -> None:
    text = board(of("leader", region="53")).text
    panel = text.split('data-panel="ranking"')[1].split("</section>")[0]
    assert "65%" in panel
    assert panel.count("本年无应到，不排名") == 15
    assert "3.00 亿元" in panel
    county = board(of("leader", region="532328")).text.split('data-panel="ranking"')[1].split("</section>")[0]
    assert DOCUMENT in county


def test_colours_are_chosen_by_the_address(world: Alert) -> None:
    client = of("leader", region="53")
    assert data(board(client))["values"][PREFECTURE]["words"] == "422人"
    share = data(board(client, "?shade=allocations"))["values"]
    assert share[PREFECTURE]["words"] == "65%"
    assert "530100000000" not in share  # nothing was due there: no figure, not zero
    assert data(board(client, "?shade=nothing"))["values"] == data(board(client))["values"]


def test_parts_without_permission_are_absent(world: Alert) -> None:
    text = board(of("officer", region="53")).text
    assert set(re.findall(r'data-panel="(\w+)"', text)) == set()
    assert set(figures(board(of("officer", region="53")))) == {"水利水电工程", "安置点"}
    for words in ("预警", "余额", "到账", "data-live", "银行"):
        assert words not in text.split('id="main"')[1].split("board-data")[0], words
    assert of("sysadmin", region="53").get("/board/").status_code == 403


def test_a_part_that_fails_says_that_it_is_not_known(world: Alert, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(place: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM nothing_of_this_name")

    panels = [
        registry.Panel(**{**vars(one), "context": broken}) if one.name == "types" else one
        for one in registry.held.panels
    ]
    monkeypatch.setattr(registry.held, "panels", panels)
    text = board(of("leader", region="53")).text
    assert "暂时不详" in text
    assert world.number in text


def test_the_board_is_cheap(world: Alert) -> None:
    client = of("leader", region="53")
    board(client)
    with CaptureQueriesContext(connection) as asked:
        board(client)
    assert len(asked) <= BUDGET, len(asked)


BUDGET = 130  # two of each panel are its savepoint; each question is a sum over an index or a few rows


def test_officials_land_on_the_board() -> None:
    assert of("leader", region="5323").get("/").url == "/board/"
    assert of("sysadmin", region="53").get("/").status_code == 200


def test_panels_are_handed_in_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        registry.panel(registry.held.panels[0])
