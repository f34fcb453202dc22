"""Log-in names as they are counted: by fingerprint, so that what people mistype lies in no table."""

from anzhi.foundation.access.secrets import blind_index


def fingerprint_of(username: str) -> str:
    """The fingerprint of one name; case does not matter, so that capitals give no extra tries."""
    return blind_index(username.casefold(), column="login").hex()
