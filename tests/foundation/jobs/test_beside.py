"""Loops beside the queue: started and ended with their worker."""

import threading

import pytest

from anzhi.foundation.audit.jobs import seal_forever
from anzhi.foundation.jobs import beside


def test_loops_run_until_the_worker_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "loops", [])
    started, ended = threading.Event(), threading.Event()

    @beside.runs
    def loop(stop: threading.Event) -> None:
        started.set()
        stop.wait(5)
        ended.set()

    with beside.running():
        assert started.wait(5)
        assert not ended.is_set()
    assert ended.is_set()


def test_a_failing_worker_ends_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    monkeypatch.setattr(beside, "loops", [lambda stop: (stop.wait(5), ended.set())])
    monkeypatch.setattr(beside.loops[0], "__name__", "loop")
    with pytest.raises(RuntimeError), beside.running():
        raise RuntimeError
    assert ended.is_set()


def test_the_sealer_is_one_of_them() -> None:
    assert seal_forever in beside.loops
