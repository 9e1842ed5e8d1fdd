"""Home addresses down to the door: from the street or estate to the number, building, unit and room."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunshine.kernel.words import gettext_noop
from sunshine.text.detectors import Span

FARTHEST = 40
"""Characters before the first number in which the place's name is looked for."""

_REASON = gettext_noop("An address down to the door")
_COUNT = r"(?:\d{1,5}|[A-Za-z]\d{0,2}|[甲乙丙丁一二三四五六七八九十]{1,3})"
_PART = rf"[ ,]?{_COUNT}[ ]?(?:号楼|栋|幢|座|单元|号|门|层|楼)"
_DOOR = re.compile(
    r"[0-9A-Za-z](?<![\d.,][0-9A-Za-z])(?:(?<=\d)\d{0,4}|(?<=[A-Za-z])\d{1,5})"
    r"[A-Za-z]?[ ]?(?:号楼|号院|号|弄|栋|幢|座|组|支弄|单元|室)"
    rf"(?:{_PART}){{0,3}}(?:[ ,]?[A-Za-z]?\d{{1,5}}[A-Za-z]?[ ]?(?:室|户|号|房))?"
)
_PLACE = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9]{1,34}"
    r"(?:路|街|大道|道|巷|弄|胡同|村|组|小区|花园|苑|里|新城|家园|公寓|庄|湾|城|府|园|坊|居|邸|庭|墅|屯|庵|岗|郢|圩|社区)$"
)
_PROVINCE = re.compile(
    r"北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    r"|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_HOME = re.compile(
    r"住址|家住|住所|现住|户籍|户口|家庭|居住|住户|住在|住于|住(?:[:为]|$)|暂住|寄往|送达地址|身份证地址|[,、]住"
)
_OFFICE = re.compile(
    r"单位地址|办公地址|经营(?:场所|地址)|注册地址|机构地址|公司地址|地点|位于|[局委厅处所院]地址|窗口"
)
_ROOM = re.compile(r"\d[ ]?(?:室|户|房)$|(?:单元|栋|幢|号楼|座)[ ]?\d{2,5}(?:号)?$")
_CLAUSE = re.compile(r"[,。;:!?()\n\t《》“”]|[住于在到至赴]|地址[为是]?")
_KEPT = re.compile(r".*?(?:区|县|旗|街道|镇|乡|路|街|大道)")


def spans(text: str) -> Iterator[Span]:
    """Yield the addresses of homes in a folded text; an office's address is not personal."""
    for door in _DOOR.finditer(text):
        before = text[max(0, door.start() - FARTHEST) : door.start()]
        cuts = [match.end() for match in _CLAUSE.finditer(before)]
        clause = before[cuts[-1] :] if cuts else before
        place = _PLACE.search(clause.rstrip(" "))
        if place is None:
            continue
        start = door.start() - len(clause) + place.start()
        province = _PROVINCE.search(place[0])
        start += province.start() if province else 0
        announced = text[max(0, start - 14) : start]
        found = text[start : door.end()]
        if confidence := _confidence(announced, found):
            kept = _KEPT.match(found)
            yield start, door.end(), "address", confidence, _REASON, (kept[0] if kept else found[:4]) + "***"


def _confidence(announced: str, found: str) -> float:
    if _HOME.search(announced):
        return 0.92
    if _OFFICE.search(announced) or not _ROOM.search(found):
        return 0.0
    return 0.8
