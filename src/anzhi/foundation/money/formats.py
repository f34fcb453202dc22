"""How money is written: rows in yuan, plans in 万元, text in 万元 or 亿元, forms in words."""

from decimal import ROUND_HALF_UP, Decimal

MINUS = "−"  # U+2212, as wide as a figure
WAN, YI = Decimal(10) ** 4, Decimal(10) ** 8
DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def figure(value: Decimal | int, decimals: int = 2) -> str:
    """Thousands, fixed decimals (half up), a true minus: −412,380.00."""
    return f"{_rounded(Decimal(value), decimals):,.{decimals}f}".replace("-", MINUS)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up; what rounds to nothing has no minus."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def signed(value: Decimal) -> str:
    """With + for what comes in: +5,400,000.00."""
    return ("+" if _rounded(value, 2) > 0 else "") + figure(value)


def short(yuan: Decimal, decimals: int = 2) -> tuple[str, str]:
    """Figure and unit for text and cards: 元 below ten thousand, 万元 below 100 million, then 亿元."""
    size = abs(yuan)
    if _rounded(size / WAN, decimals) >= WAN:  # what would be written as 10,000 万元 is 1 亿元
        return figure(yuan / YI, decimals), "亿元"
    if _rounded(size, 2) >= WAN:
        return figure(yuan / WAN, decimals), "万元"
    return figure(yuan, 2), "元"


def phrase(yuan: Decimal) -> str:
    """Figure and unit in one: 3.00 亿元."""
    return " ".join(short(yuan))


def words(yuan: Decimal) -> str:
    """Financial capitals: 4,120,000.00 → 肆佰壹拾贰万元整. Raises ValueError beyond 10^16 yuan."""
    fen = int((abs(yuan) * 100).to_integral_value(ROUND_HALF_UP))
    whole, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    if whole >= 10**16:
        raise ValueError("too large to write in words")
    text = _whole(whole) + "元" if whole or not fen else ""
    if jiao:
        text += DIGITS[jiao] + "角"
    elif cent and whole:
        text += "零"
    text += DIGITS[cent] + "分" if cent else "整"
    return ("负" if yuan < 0 and fen else "") + text


def _whole(number: int) -> str:
    if number == 0:
        return "零"
    parts: list[str] = []
    gap = False
    for at in range(3, -1, -1):
        group = number // 10 ** (4 * at) % 10000
        if group == 0:
            gap = gap or bool(parts)
            continue
        if parts and (gap or group < 1000):
            parts.append("零")
        parts.append(_four(group) + GROUPS[at])
        gap = False
    return "".join(parts)


def _four(group: int) -> str:
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + DIGITS[digit] + PLACES[place]
        gap = False
    return text
