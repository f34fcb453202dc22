"""The sentences a reader says, in Chinese and English: one code, one sentence, the cure in it.

Readers run without Django, so these are no gettext msgids; `tests/` holds that both languages name the same
parameters.
"""

from collections.abc import Mapping

ZH, EN = 0, 1

CATALOGUE: dict[str, tuple[str, str]] = {
    "file.unknown": (
        "认不出这是哪种对账单。可导入 camt.052/053/054、MT940/MT942，以及已配置银行的 CSV、XLS、XLSX。",
        "This is no statement we know. Accepted: camt.052/053/054, MT940/MT942, and CSV, XLS, XLSX of mapped banks.",
    ),
    "file.unreadable": (
        "打不开文件：{reason}。",
        "The file cannot be opened: {reason}.",
    ),
}


def render(code: str, params: Mapping[str, str], language: int = ZH) -> str:
    """Fill the sentence of `code` with its parameters."""
    return CATALOGUE[code][language].format(**params)
