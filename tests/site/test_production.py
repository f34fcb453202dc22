"""Production settings: what an assessor asks for first."""

import os
import subprocess
import sys

import pytest

ASK = """
import json, django
from django.conf import settings
django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
names = "DEBUG DEMO SECURE_SSL_REDIRECT SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE".split()
print(json.dumps({n: getattr(settings, n) for n in names} | {"mfa": list(settings.MFA_REQUIRED_ROLES)}))
"""


@pytest.fixture(scope="module")
def answer() -> str:
    tame = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}  # the browser's
    env = tame | {
        "DJANGO_SETTINGS_MODULE": "anzhi.site.settings.production",
        "ANZHI_SECRET_KEY": "kR8vTz2Qw" * 9,
        "ANZHI_HOSTS": "anzhi.example.gov.cn",
    }
    ran = subprocess.run([sys.executable, "-W", "ignore", "-c", ASK], env=env, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_nothing_that_django_warns_of(answer: str) -> None:
    assert '"DEBUG": false' in answer
    assert '"SECURE_SSL_REDIRECT": true' in answer
    assert '"SESSION_COOKIE_SECURE": true' in answer


def test_no_demo_accounts(answer: str) -> None:
    assert '"DEMO": false' in answer


def test_two_factors_for_keys_and_money(answer: str) -> None:
    for role in ("sysadmin", "secadmin", "auditadmin", "fund_monitor", "finance"):
        assert f'"{role}"' in answer
