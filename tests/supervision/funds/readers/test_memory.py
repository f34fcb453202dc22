"""Reading a big file needs no more memory than a small one."""

import io
import tracemalloc
from decimal import Decimal

import pytest

from anzhi.supervision.funds.readers.reading import read
from supervision.funds.readers.writing import Move, Sheet, camt, mt940

HEADER = "日期,摘要,借方发生额,贷方发生额,余额,账号\n"


def peak(content: bytes) -> int:
    """The most memory held at once while a file is read and forgotten."""
    stream = io.BytesIO(content)
    tracemalloc.start()
    for _ in read(stream):
        pass
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return highest


def listed(count: int) -> bytes:
    return (HEADER + "".join(f"2026-10-08,拨款{n},,1.00,{n + 1}.00,531234567890\n" for n in range(count))).encode()


@pytest.mark.parametrize(
    "write",
    [
        lambda count: camt(Sheet(moves=[Move(True, Decimal(1))] * count)),
        lambda count: mt940(Sheet(moves=[Move(True, Decimal(1))] * count)),
        listed,
    ],
    ids=["camt", "mt940", "csv"],
)
def test_memory_does_not_grow_with_the_file(write) -> None:
    small, big = write(500), write(5_000)
    peak(small)

    assert peak(big) < peak(small) + 3 * 2**20
