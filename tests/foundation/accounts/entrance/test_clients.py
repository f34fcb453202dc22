"""The client's address: nginx's word is taken, nobody else's."""

import pytest
from django.test import RequestFactory

from anzhi.foundation.accounts.entrance.clients import address


@pytest.mark.parametrize(
    ("peer", "told", "seen"),
    [
        ("127.0.0.1", "10.53.1.7", "10.53.1.7"),
        ("::1", "10.53.1.7", "10.53.1.7"),
        ("", "10.53.1.7", "10.53.1.7"),
        ("unix:/run/x.sock", "2001:db8::1", "2001:db8::1"),
        ("127.0.0.1", "6.6.6.6, 10.53.1.7", "10.53.1.7"),
        ("10.53.9.9", "6.6.6.6", "10.53.9.9"),
        ("127.0.0.1", "<script>", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("", "", "127.0.0.1"),
    ],
)
def test_address(peer: str, told: str, seen: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=told)
    assert address(request) == seen
