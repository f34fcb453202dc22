"""What a person says with an act."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


@dataclass(frozen=True)
class Said:
    """`people` are user ids; `copy` the copy that was read; `items` what is missing in a return for completion."""

    opinion: str = ""
    outcome: str = ""
    to: str = ""
    resume: str = ""
    people: tuple[int, ...] = ()
    side: str = ""
    items: tuple[str, ...] = ()
    facts: Mapping[str, Any] | None = None
    until: datetime | None = None
    copy: int | None = None

    def digest(self, *more: object) -> bytes:
        """The same words give the same digest."""
        body = json.dumps([asdict(self), *more], cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(body.encode()).digest()


NOTHING = Said()
