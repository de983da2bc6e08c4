"""What else may a table, a column, a kind or a word of a district be called?

Each has one English name, which the engine uses, and one Chinese name, which the Chinese template uses; both are read. A
unit in brackets after a column's name is passed over if it is the column's own.
"""

import re
import unicodedata
from collections.abc import Iterable

from model.refusal import Phrase, phrase

CHINESE_COLUMNS = {
    "name": "名称",
    "x_km": "东西位置（公里）",
    "y_km": "南北位置（公里）",
    "children_0_4": "0至4岁儿童",
    "children_5_9": "5至9岁儿童",
    "children_10_14": "10至14岁儿童",
    "mean_income_yuan": "家庭年均收入（元）",
    "note": "备注",
    "kind": "类别",
    "doctors": "医生数",
    "fee_yuan": "每次就诊费用（元）",
    "certified": "持证医生数",
    "separate": "收支两条线",
    "candidates": "可参加考核的医生数",
}
CHINESE_WORDS = {
    "yes": "是",
    "no": "否",
    "centre": "社区卫生服务中心",
    "clinic": "诊所",
    "maternal_hospital": "妇幼保健院",
    "other_hospital": "其他医院",
    "alliance_hospital": "医联体医院",
    "community": "居民点",
}
CHINESE_TABLES = {"communities": "居民点", "providers": "机构", "travel": "出行时间"}
TOTALS = ("合计", "总计", "小计", "总数", "全部", "total", "totals", "all", "sum", "sum total", "grand total", "subtotal")
DEGREES = ("经度", "纬度", "东经", "北纬", "longitude", "latitude", "lon", "lng", "long", "lat")
UNITS = {
    "km": ("km", "公里", "千米"),
    "children": ("children", "child", "人", "名", "persons"),
    "doctors": ("doctors", "人", "名", "persons"),
    "yuan/year": ("yuan", "yuan/year", "元", "元/年", "元/户", "rmb", "cny", "¥"),
    "yuan/visit": ("yuan", "yuan/visit", "元", "元/次", "元/人次", "rmb", "cny", "¥"),
    "min": ("min", "minutes", "分", "分钟"),
}
BRACKETS = re.compile(r"(?P<name>.*?)\s*[(\[](?P<unit>[^()\[\]]*)[)\]]")


def plain_name(text: str) -> str:
    """A name as it is compared: width, capitals, spaces and hyphens do not count."""
    return re.sub(r"[\s_-]+", "_", unicodedata.normalize("NFKC", text).casefold()).strip("_")


_COLUMNS = {plain_name(name): key for key, chinese in CHINESE_COLUMNS.items() for name in (key, chinese)}
_COLUMNS |= {plain_name(BRACKETS.sub(r"\g<name>", plain_name(name))): key for name, key in _COLUMNS.items()}
_WORDS = {plain_name(name): key for key, chinese in CHINESE_WORDS.items() for name in (key, chinese)}
_TABLES = {plain_name(name): key for key, chinese in CHINESE_TABLES.items() for name in (key, chinese)}


def column_of(text: str, units: dict[str, str]) -> tuple[str, Phrase | None]:
    """A column's own name, or the text where it is none; and what is wrong with the unit in its brackets.

    `units` are those of the columns that the table may have.
    """
    name = plain_name(text)
    bracketed = BRACKETS.fullmatch(name)
    if bracketed is None:
        return _COLUMNS.get(name, name), None
    key = _COLUMNS.get(plain_name(bracketed["name"]), "")
    unit = bracketed["unit"].strip()
    if key not in units or unit in ("", *UNITS.get(units[key], (unit,))):
        return key or name, None
    return key, phrase("has the unit {unit}; its values are in {allowed}", unit=repr(unit), allowed=Phrase(units[key]))


def is_degrees(text: str) -> bool:
    """[bool] Whether a column's name says that degrees stand in it."""
    name = BRACKETS.sub(r"\g<name>", plain_name(text))
    return name in DEGREES or any(word in name for word in DEGREES if len(word) > len("long") or not word.isascii())


def word_of(text: str, choices: Iterable[str]) -> str | None:
    """The one of some words that a text means, in either language; None if it means none of them."""
    word = _WORDS.get(plain_name(text), plain_name(text))
    return word if word in choices else None


def table_of(text: str) -> str | None:
    """The table whose name a file or a sheet has, without ending; None if it has none."""
    return _TABLES.get(plain_name(text))


def is_total(text: str) -> bool:
    """[bool] Whether a line's name says that it adds up the others."""
    return unicodedata.normalize("NFKC", text).strip().casefold().replace(" ", "").rstrip(":") in {
        word.replace(" ", "") for word in TOTALS
    }
