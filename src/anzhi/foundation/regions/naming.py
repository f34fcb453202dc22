"""Short names of regions: 楚雄彝族自治州 is 楚雄州 in a list and 楚雄 on a map."""

from pathlib import Path

# The peoples named in titles of autonomous areas; several follow each other without a mark between them.
PEOPLES = (Path(__file__).parent / "data/peoples.txt").read_text(encoding="utf-8").split()
LONGEST_FIRST = sorted(PEOPLES, key=len, reverse=True)
COMMITTEES = ("居民委员会", "村民委员会", "居委会", "村委会")
ENGLISH = {"省": "Province", "州": "Prefecture", "市": "City", "区": "District", "县": "County"}


def short(name: str) -> str:
    """The name without peoples and committees: 石林彝族自治县 → 石林县, 龙街村委会 → 龙街村."""
    for committee in COMMITTEES:
        if name.endswith(committee) and len(name) > len(committee) + 1:
            stem = name.removesuffix(committee)
            return stem if stem.endswith(("村", "社区")) or committee.startswith("居") else stem + "村"
    for title, brief in (("自治州", "州"), ("自治县", "县"), ("乡", "乡")):
        if name.endswith(title):
            stem = _without_peoples(name.removesuffix(title))
            return stem + brief if stem else name
    return name


def on_map(short_name: str) -> str:
    """The label of a map: without 州, 市, 县 where two characters stay. A district keeps its 区."""
    stem = short_name[:-1]
    return stem if short_name.endswith(("州", "市", "县", "省")) and len(stem) > 1 else short_name


def english(stem: str, short_name: str) -> str:
    """Chuxiong + 楚雄州 → Chuxiong Prefecture."""
    return f"{stem} {ENGLISH[short_name[-1]]}"


def _without_peoples(stem: str) -> str:
    while people := next((p for p in LONGEST_FIRST if stem.endswith(p)), None):
        stem = stem.removesuffix(people)
    return stem
