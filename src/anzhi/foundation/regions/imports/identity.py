"""Which region each feature is: its code, mended and held against the register."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from anzhi.foundation.regions import codes, names, naming, queries
from anzhi.foundation.regions.imports.findings import Finding, Unreadable, error, note, warning
from anzhi.foundation.regions.imports.shapes import Feature, Layer

CODE_FIELD = re.compile(
    r"^(xzq?dm|adcode|ad_?code|pac|gb|dm|id|.*code.*|.*_cod|.*dm|.*代码.*|.*区划码.*)$", re.IGNORECASE
)
NAME_FIELD = re.compile(r"^(xzq?mc|name|mc|.*_name|.*名称.*|.*mc|name_?zh)$", re.IGNORECASE)
PROVINCE = "53"


def field_of_codes(layer: Layer) -> str:
    """The field whose name says code and whose values are codes most often, of this province before any.

    Postcodes look like codes of counties elsewhere. Raises Unreadable.
    """
    scores: Counter = Counter()
    ours: Counter = Counter()
    for feature in layer.features:
        for name, value in feature.properties.items():
            if CODE_FIELD.fullmatch(name) and (code := _code(value)):
                scores[name] += 1
                ours[name] += code.startswith(PROVINCE)
    if not scores:
        fields = sorted({name for feature in layer.features for name in feature.properties})
        raise Unreadable("no_code_field", fields=", ".join(fields)[:200])
    return max(scores, key=lambda name: (ours[name], scores[name], name.lower() != "id"))


def identify(layer: Layer, level: str, *, convert: bool) -> tuple[dict[str, Feature], list[Finding]]:
    """Features by the code they stand for, and what was found about codes and names."""
    field, found = field_of_codes(layer), []
    features: dict[str, Feature] = {}
    skipped = 0
    for feature in layer.features:
        code = _code(feature.properties.get(field))
        if code is None:
            found.append(error("bad_code", feature.number, value=str(feature.properties.get(field))[:40]))
            continue
        if not code.startswith(PROVINCE):
            skipped += 1
            continue
        code, problems = _known(feature, code, level, convert)
        found += [*problems, *_written(feature, field, code), *_named(feature, code)]
        if code in features:
            found.append(error("code_twice", code, first=features[code].number, second=feature.number))
        features[code] = feature
    if skipped:
        found.append(note("other_provinces", count=skipped))
    return features, found + list(_absent(features, level))


def _code(value: Any) -> str | None:
    try:
        return codes.normalise(value)
    except codes.BadCode:
        return None


def _known(feature: Feature, code: str, level: str, convert: bool) -> tuple[str, list[Finding]]:
    unit = names.one(code)
    if unit is None:
        return code, [error("unknown_code", code, number=feature.number)]
    if unit.level != level:
        return code, [error("other_tier", code, tier=unit.level, wanted=level)]
    if unit.valid():
        return code, []
    successor = queries.resolve(code)
    if successor is None or not convert:
        return code, [error("closed_code", code, name=unit.name, successor=unit.successor or "")]
    return successor.code, [note("closed_code_replaced", code, successor=successor.code, name=successor.name)]


def _written(feature: Feature, field: str, code: str) -> Iterator[Finding]:
    raw = str(feature.properties.get(field))
    if raw.strip() != raw or not raw.isascii() or " " in raw:
        yield note("code_mended", code, written=raw[:40])
    elif len(raw) != codes.FULL:
        yield note("code_padded", code)


def _named(feature: Feature, code: str) -> Iterator[Finding]:
    unit = names.one(code)
    field = next((name for name in feature.properties if NAME_FIELD.fullmatch(name)), None)
    written = str(feature.properties.get(field) or "").strip() if field else ""
    if unit and written and naming.short(written) != unit.short_name and written not in unit.name:
        yield warning("other_name", code, written=written[:40], registered=unit.name)


def _absent(features: dict[str, Feature], level: str) -> Iterator[Finding]:
    """Counties must be complete, because the tiers above are made of them. Of towns, whole counties may be absent."""
    register = queries.inside(PROVINCE, level).values_list("code", flat=True)
    present = {codes.parent(code) for code in features}
    for code in register:
        if code not in features and (level == "county" or codes.parent(code) in present):
            yield error("unit_absent", code, name=queries.label(code))
