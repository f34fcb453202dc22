"""Whom counties pay: firms, villages, households in batches. All names are invented or of places."""

from random import Random

SURNAMES = "云滇金源禾泰恒瑞兴永鑫昌德茂宏润"
GIVEN = "顺达通和信宇盛原丰祥安泽岭川林峰"
WORKS = ("水利工程", "路桥工程", "建筑安装", "农业科技", "电力安装", "园林绿化", "管道设备", "勘测设计")
SUBJECTS = (
    "提灌站改造 进度款",
    "村组道路硬化 进度款",
    "人畜饮水工程 材料款",
    "大棚滴灌项目 第二期进度款",
    "污水管网 竣工结算",
    "太阳能路灯采购",
    "果园改造 苗木款",
    "实用技能培训 场地与教材",
    "文化活动室 工程款",
    "项目监理费",
)
LAND = (
    "个人财产补偿 {n} 户",
    "房屋补偿 {n} 户",
    "土地补偿费 村集体",
    "零星树木补偿 {n} 户",
    "搬迁补助费 {n} 户",
    "居民点场平工程 进度款",
    "专项设施复建 进度款",
    "临时过渡安置补助 {n} 户",
)


def firm(place: str, chance: Random) -> str:
    """A firm of a county: 元谋云顺水利工程有限公司."""
    short = place.removesuffix("县").removesuffix("市").removesuffix("区")[:4]
    return f"{short}{chance.choice(SURNAMES)}{chance.choice(GIVEN)}{chance.choice(WORKS)}有限公司"


def account_number(chance: Random) -> str:
    """The counter account of somebody outside."""
    return "62" + "".join(chance.choice("0123456789") for _ in range(17))


def works(place: str, villages: list[str], chance: Random) -> tuple[str, str]:
    """Payee and words of a payment for works."""
    if chance.random() < 0.25 and villages:
        return f"{chance.choice(villages)}", "村级公益设施管护费"
    return firm(place, chance), chance.choice(SUBJECTS)


def land(place: str, villages: list[str], chance: Random) -> tuple[str, str]:
    """Payee and words of a compensation payment: people are paid in batches, never named."""
    words = chance.choice(LAND).format(n=chance.randint(3, 60))
    if "户" in words:
        return "代发·移民补偿", words
    if "村集体" in words and villages:
        return chance.choice(villages), words
    return firm(place, chance), words


def subsidy(place: str, towns: list[str], chance: Random) -> tuple[str, str]:
    """A township's share of the quarter's direct subsidy."""
    town = chance.choice(towns) if towns else place
    return "代发·后扶直补", f"{town} 直补 {chance.randint(80, 2400):,} 人"
