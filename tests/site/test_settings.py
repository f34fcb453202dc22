"""What every installation gets from its settings: no secret of ours, closed cookies, a strict content policy."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

NEEDED = ("ANZHI_SECRET_KEY", "ANZHI_FIELD_KEY", "ANZHI_INDEX_KEY", "ANZHI_PGHOST", "ANZHI_APP_PW")
LOAD = "import anzhi.site.settings.base"


def loads(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ANZHI_")}
    return subprocess.run([sys.executable, "-c", LOAD], env=clean | environment, capture_output=True, text=True)


@pytest.mark.parametrize("absent", NEEDED)
def test_no_secret_and_no_place_has_a_default(absent: str) -> None:
    done = loads({name: "given" for name in NEEDED if name != absent})

    assert done.returncode
    assert absent in done.stderr.splitlines()[-1]


def test_what_is_needed_is_enough() -> None:
    assert loads(dict.fromkeys(NEEDED, "given")).returncode == 0


@pytest.mark.parametrize("role", ["app", "owner"])
def test_each_role_has_a_password_of_its_own(role: str) -> None:
    given = dict.fromkeys(NEEDED, "given") | {"ANZHI_DB_ROLE": role, "ANZHI_OWNER_PW": "the owner's"}
    code = f"{LOAD} as base; print(base.DATABASES['default']['USER'], base.DATABASES['default']['PASSWORD'])"
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | given, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == {"app": "anzhi_app given", "owner": "anzhi_owner the owner's"}[role]


def test_mistakes_are_not_shown_and_pages_take_a_login() -> None:
    assert not settings.DEBUG
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


def test_middleware_stands_in_the_order_it_needs() -> None:
    order = [name.rsplit(".", 1)[-1] for name in settings.MIDDLEWARE]
    needed = [
        "SecurityMiddleware",
        "SessionMiddleware",
        "LanguageMiddleware",
        "CsrfViewMiddleware",
        "AuthenticationMiddleware",
        "LoginRequiredMiddleware",
        "ActorMiddleware",
        "HurdleMiddleware",
    ]
    assert sorted(needed, key=order.index) == needed
    assert len(order) == len(set(order))


@pytest.fixture
def policy(db: None) -> dict[str, list[str]]:
    """The content policy as the log-in page sends it."""
    header = Client().get(settings.LOGIN_URL)["Content-Security-Policy"]
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize(
    ("directive", "only"),
    [
        ("default-src", ["'self'"]),
        ("style-src", ["'self'"]),
        ("connect-src", ["'self'"]),
        ("worker-src", ["'self'"]),
        ("form-action", ["'self'"]),
        ("object-src", ["'none'"]),
        ("base-uri", ["'none'"]),
        ("frame-ancestors", ["'none'"]),
        ("img-src", ["'self'", "data:", "blob:"]),
    ],
)
def test_the_policy_lets_nothing_in_from_elsewhere(policy: dict[str, list[str]], directive: str, only: list) -> None:
    assert sorted(policy[directive]) == sorted(only)


def test_scripts_are_ours_or_carry_this_answers_number(policy: dict[str, list[str]]) -> None:
    assert policy["script-src"][0] == "'self'"
    assert all(source.startswith("'nonce-") for source in policy["script-src"][1:])
    assert "'unsafe-inline'" not in policy["script-src"]
    assert not any("unsafe-eval" in source for sources in policy.values() for source in sources)


def test_each_answer_has_a_number_of_its_own(db: None) -> None:
    client = Client()
    seen = {client.get(settings.LOGIN_URL)["Content-Security-Policy"] for _ in range(3)}
    assert len(seen) == 3 or not any("nonce" in one for one in seen)


def test_headers_that_close_the_page(db: None) -> None:
    answer = Client().get(settings.LOGIN_URL)

    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_cookies_are_closed_to_scripts_and_to_other_sites(db: None) -> None:
    client = Client()
    client.get(settings.LOGIN_URL)

    assert client.cookies
    assert all(cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in client.cookies.values())
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_a_session_lasts_half_a_day_at_most() -> None:
    assert settings.SESSION_COOKIE_AGE <= 12 * 3600


def test_the_site_speaks_chinese_by_default(db: None) -> None:
    assert settings.LANGUAGE_CODE == "zh-hans"
    assert 'lang="zh' in Client().get(settings.LOGIN_URL).content.decode()


def test_own_apps_follow_the_layers() -> None:
    own = [app.split(".")[1] for app in settings.INSTALLED_APPS if app.startswith("anzhi.")]
    order = ["foundation", "network", "management", "service", "supervision", "sample", "site"]
    assert own == sorted(own, key=order.index)
    assert len(settings.INSTALLED_APPS) == len(set(settings.INSTALLED_APPS))


def given(**environment: str) -> dict[str, object]:
    """Some settings as an installation with these variables gets them."""
    code = f"""
import json, {LOAD.removeprefix("import ")} as base
names = "ALLOWED_HOSTS MFA_REQUIRED_ROLES HOME_REGION FILES_ACCEL MAP_APPROVAL DB_ROLE".split()
told = {{name: getattr(base, name) for name in names}}
told |= {{name: str(getattr(base, name)) for name in ("VAR", "SEALS_ROOT", "FILES_ROOT", "INBOX_ROOT", "STATIC_ROOT")}}
told["NAME"] = base.DATABASES["default"]["NAME"]
print(json.dumps(told))
"""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ANZHI_")}
    env = clean | dict.fromkeys(NEEDED, "given") | environment
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_what_nobody_gives_is_safe_and_local() -> None:
    told = given()
    assert told["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert told["DB_ROLE"] == "app"
    assert told["NAME"] == "anzhi"
    assert told["HOME_REGION"] == "530000000000"
    assert told["FILES_ACCEL"] is False
    assert told["MAP_APPROVAL"] == ""


def test_an_office_gives_its_own() -> None:
    told = given(
        ANZHI_HOSTS="anzhi.example.gov.cn,10.0.0.7",
        ANZHI_MFA_ROLES="sysadmin,finance",
        ANZHI_HOME_REGION="532300000000",
        ANZHI_FILES_ACCEL="1",
        ANZHI_PGDATABASE="anzhi_53",
        ANZHI_MAP_APPROVAL="云S(2026)001号",
    )
    assert told["ALLOWED_HOSTS"] == ["anzhi.example.gov.cn", "10.0.0.7"]
    assert told["MFA_REQUIRED_ROLES"] == ["sysadmin", "finance"]
    assert (told["HOME_REGION"], told["NAME"], told["FILES_ACCEL"]) == ("532300000000", "anzhi_53", True)
    assert told["MAP_APPROVAL"] == "云S(2026)001号"


def test_all_that_is_made_lies_in_one_folder_and_seals_may_lie_elsewhere() -> None:
    told = given(ANZHI_VAR="/srv/data", ANZHI_SEALS="/mnt/worm/seals")
    assert told["SEALS_ROOT"] == "/mnt/worm/seals"
    assert [told[name] for name in ("FILES_ROOT", "INBOX_ROOT", "STATIC_ROOT")] == [
        "/srv/data/files", "/srv/data/inbox", "/srv/data/static",
    ]  # fmt: skip


@pytest.mark.parametrize(("stage", "demo"), [("dev", "True"), ("production", "False")])
def test_only_a_demo_is_a_demo(stage: str, demo: str) -> None:
    code = f"import anzhi.site.settings.{stage} as one; print(one.DEMO, one.DEBUG)"
    env = os.environ | dict.fromkeys(NEEDED, "given")
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [demo, "False"]
