"""First passwords: made here, chosen anew by their owner at the first log-in."""

import secrets
import string
from itertools import chain

ALPHABETS = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
CONFUSED = set("0Oo1lI")


def first_password() -> str:
    """Sixteen characters of three kinds, none that are mistaken for another on paper."""
    letters = [[letter for letter in alphabet if letter not in CONFUSED] for alphabet in ALPHABETS]
    chosen = [secrets.choice(alphabet) for alphabet in letters for _time in range(2)]
    chosen += [secrets.choice([*chain(*letters)]) for _time in range(10)]
    secrets.SystemRandom().shuffle(chosen)
    return "".join(chosen)
