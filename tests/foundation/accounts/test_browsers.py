"""A user agent in words."""

import pytest

from anzhi.foundation.accounts.browsers import browser_of


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Phone; HarmonyOS 5.0; Android 12) Chrome/114", "Chrome · HarmonyOS"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_known_again(agent: str, words: str) -> None:
    assert browser_of(agent) == words
