"""The pages of offices, people and one's own account, asked by those who may and those who may not."""

import csv
import io
import re

import pytest
from django.test import Client

from anzhi.foundation.accounts import queries
from anzhi.foundation.accounts.models import Agency, User
from harness import people

pytestmark = pytest.mark.django_db
COUNTY, FOREIGN = "532328000000", "530622000000"


@pytest.fixture
def security() -> Client:
    return people.client_for("secadmin", region="5323")


@pytest.fixture
def system() -> Client:
    return people.client_for("sysadmin", region="5323")


@pytest.fixture
def leader() -> Client:
    return people.client_for("leader", region="532328")


@pytest.fixture
def person() -> User:
    return people.user_at("officer", region="532328", username="li-mei", name="李梅")


@pytest.fixture
def stranger() -> User:
    return people.user_at("officer", region="530622", username="sun-xuemei", name="孙雪梅")


def html(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_the_list_of_offices_ends_at_the_area(security: Client, leader: Client) -> None:
    page = html(security, "/accounts/agencies/")
    assert "元谋县搬迁安置办公室" in page
    assert "巧家县搬迁安置办公室" not in page
    assert html(leader, "/accounts/agencies/").count("搬迁安置办公室") == 1


def test_filters_and_export_of_offices(security: Client) -> None:
    page = html(security, "/accounts/agencies/?tier=prefecture")
    assert "楚雄彝族自治州搬迁安置办公室" in page
    assert "元谋县搬迁安置办公室" not in page
    response = security.get("/accounts/agencies/?export=csv&q=元谋")
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert rows[1][0] == "元谋县搬迁安置办公室"


def test_an_office_shows_its_people_to_those_who_may_see_people(security: Client, leader: Client, person: User) -> None:
    assert "李梅" in html(security, f"/accounts/agencies/{COUNTY}/")
    assert "李梅" not in html(leader, f"/accounts/agencies/{COUNTY}/")


@pytest.mark.parametrize("path", [f"/accounts/agencies/{FOREIGN}/", "/accounts/people/sun-xuemei/"])
def test_what_lies_elsewhere_is_missing(security: Client, stranger: User, path: str) -> None:
    assert "孙雪梅" not in html(security, path, 404)


def test_an_office_is_changed_by_the_system_administrator_only(system: Client, security: Client) -> None:
    path = f"/accounts/agencies/{COUNTY}/edit/"
    data = {"phone": "0878-8210000", "address": "元马镇", "doc_prefix": ""}
    assert security.post(path, data).status_code == 403
    assert system.post(path, data).status_code == 302
    assert Agency.objects.get(region_code=COUNTY).phone == "0878-8210000"
    assert system.post(f"/accounts/agencies/{COUNTY}/divisions/add/", {"name": "信访科"}).status_code == 302
    assert system.post(f"/accounts/agencies/{COUNTY}/divisions/add/", {"name": "信访科"}).status_code == 422
    assert system.post(f"/accounts/agencies/{FOREIGN}/edit/", data).status_code == 404


def test_a_new_person_s_first_password_is_shown_once(security: Client) -> None:
    path = f"/accounts/agencies/{COUNTY}/people/add/"
    html(security, path)
    page = security.post(path, {"name": "李梅", "username": "li-mei", "title": "科员"}).content.decode()
    password = re.search(r"data-first-password>([^<]+)<", page).group(1)
    assert queries.named("li-mei").check_password(password)
    assert password not in html(security, "/accounts/people/li-mei/")
    again = security.post(path, {"name": "李梅", "username": "li-mei", "title": "科员"})
    assert again.status_code == 422


def test_the_list_of_people(security: Client, person: User, stranger: User) -> None:
    page = html(security, "/accounts/people/?q=li-")
    assert "李梅" in page
    assert "孙雪梅" not in html(security, "/accounts/people/")
    assert "李梅" not in html(security, "/accounts/people/?state=bare")
    assert "李梅" in html(security, "/accounts/people/?role=officer")


def test_a_role_is_given_and_withdrawn_from_the_page(security: Client, person: User) -> None:
    path = "/accounts/people/li-mei/roles/add/"
    assert "导入辖区计划" in html(security, path)
    assert security.post(path, {"role": "finance"}).status_code == 302
    assert security.post(path, {"role": "sysadmin"}).status_code == 422
    grant = person.grants.get(role="finance", to_on=None)
    assert security.post(f"/accounts/grants/{grant.pk}/withdraw/").status_code == 302
    assert queries.roles_of(person) == ["officer"]
    assert "财务" in html(security, "/accounts/people/li-mei/")


def test_a_foreign_grant_is_missing(security: Client, stranger: User) -> None:
    assert security.post(f"/accounts/grants/{stranger.grants.get().pk}/withdraw/").status_code == 404


def test_moving_closing_and_reopening(security: Client, person: User) -> None:
    office = people.agency_at("5323")
    assert security.post("/accounts/people/li-mei/post/", {"agency": office.pk, "title": "科长"}).status_code == 302
    foreign = people.agency_at("530622")
    assert security.post("/accounts/people/li-mei/post/", {"agency": foreign.pk, "title": "科长"}).status_code == 422
    assert security.post("/accounts/people/li-mei/close/", {"reason": "退休离岗"}).status_code == 302
    assert "已停用" in html(security, "/accounts/people/li-mei/")
    assert security.post("/accounts/people/li-mei/reopen/").status_code == 302
    assert "还没有角色" in html(security, "/accounts/people/li-mei/")


def test_unlocking_is_offered_only_when_locked(security: Client, person: User) -> None:
    assert "目前没有锁定" in html(security, "/accounts/people/li-mei/")
    for _time in range(5):
        Client().post("/login/", {"login": "li-mei", "password": "wrong"})
    assert "目前没有锁定" not in html(security, "/accounts/people/li-mei/")
    assert security.post("/accounts/people/li-mei/unlock/").status_code == 302
    assert "目前没有锁定" in html(security, "/accounts/people/li-mei/")


def test_a_password_is_issued_by_post_only(security: Client, person: User) -> None:
    assert security.get("/accounts/people/li-mei/password/").status_code == 405
    page = security.post("/accounts/people/li-mei/password/").content.decode()
    assert person.check_password("") is False
    person.refresh_from_db()
    assert person.check_password(re.search(r"data-first-password>([^<]+)<", page).group(1))


@pytest.mark.parametrize(
    "path",
    ["/accounts/people/", "/accounts/people/li-mei/", f"/accounts/agencies/{COUNTY}/people/add/"],
)
def test_people_are_not_everybody_s(leader: Client, person: User, path: str) -> None:
    assert leader.get(path).status_code == 403
    assert Client().get(path)["Location"].startswith("/login/")


def test_administrators_look_but_only_security_acts(system: Client, person: User) -> None:
    page = html(system, "/accounts/people/li-mei/")
    assert "停用账号" not in page
    assert "收回" not in page
    for verb in ("close", "password", "unlock", "reopen", "post", "roles/add"):
        assert system.post(f"/accounts/people/li-mei/{verb}/").status_code == 403


def test_one_s_own_account_tells_who_one_is(person: User) -> None:
    page = html(people.client_of(person), "/me/")
    for words in ("李梅", "元谋县搬迁安置办公室", "承办人", "维护安置点信息", "登录方式"):
        assert words in page
    assert "查看银行流水" not in page


def test_without_a_post_only_one_s_account_is_open(db: None) -> None:
    user = User.objects.create_user("nobody", name="无")
    client = people.client_of(user)
    assert "没有在任岗位" in html(client, "/me/")
    html(client, "/accounts/agencies/", 403)


def test_one_s_language_is_kept_and_counts_at_once(person: User) -> None:
    client = people.client_of(person)
    assert client.post("/me/language/", {"language": "en"}).status_code == 302
    assert "Who I am here" in html(client, "/me/")
    person.refresh_from_db()
    assert person.language == "en"
    assert client.post("/me/language/", {"language": "xx"}).status_code == 422


def log_in() -> Client:
    client = Client()
    client.post("/login/", {"login": "chen-jing", "password": people.PASSWORD})
    return client


def test_log_ins_are_ended_from_the_page(db: None) -> None:
    user = people.user_at("officer", username="chen-jing", password=people.PASSWORD)
    here, there, third = log_in(), log_in(), log_in()
    sessions = {one.session_key: one.pk for one in queries.sessions(user)}
    assert here.post(f"/me/sessions/{sessions[there.session.session_key]}/end/").status_code == 302
    assert there.get("/me/").status_code == 302
    assert here.post("/me/sessions/end/").status_code == 302
    assert third.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200


def test_another_s_log_in_is_missing(person: User) -> None:
    user = people.user_at("officer", username="chen-jing", password=people.PASSWORD)
    log_in()
    pk = queries.sessions(user)[0].pk
    assert people.client_of(person).post(f"/me/sessions/{pk}/end/").status_code == 404
    assert len(queries.sessions(user)) == 1


def test_looking_at_one_s_account_writes_nothing(person: User, django_assert_max_num_queries: object) -> None:
    client = people.client_of(person)
    html(client, "/me/")
    with django_assert_max_num_queries(16):  # type: ignore[operator]  # a fixture that is called
        html(client, "/me/")
