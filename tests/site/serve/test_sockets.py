"""Where the sockets lie."""

import os
from pathlib import Path

import pytest

from anzhi.site.serve import sockets


def test_a_short_way_needs_no_other_place() -> None:
    assert sockets.folder(Path("/srv/anzhi/var/run")) == Path("/srv/anzhi/var/run")


def test_a_long_way_gets_a_private_place_that_stays_the_same() -> None:
    run = Path("/srv") / ("安置" * 20) / "run"
    short = sockets.folder(run)
    try:
        assert len(os.fsencode(short / "pages.sock")) < 60
        assert short.stat().st_mode & 0o777 == 0o700
        assert sockets.folder(run) == short
        short.chmod(0o755)
        with pytest.raises(PermissionError, match="not a folder of ours alone"):
            sockets.folder(run)
    finally:
        short.rmdir()
