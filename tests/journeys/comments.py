"""Two thousand comments on a draft, made by a seed: most say their own thing, a tenth repeats another's."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

PLACES = (
    "老城区 医院周边 学校门口 菜市场旁 地铁站口 商业街 老旧小区 滨湖路段 高新片区 火车站前 体育馆边 公园西门"
)
WHO = (
    "上班族 接送孩子的家长 陪诊的家属 沿街商户 夜班职工 出租车司机 "
    "快递员 退休居民 残疾人 外地访客 新手司机 物业人员"
)
WHEN = (
    "早高峰 午休时段 晚高峰 夜间十点以后 周末 法定节假日 "
    "雨雪天气 考试期间 开学头一周 大型活动当天 月底盘点日 春运期间"
)
WHAT = (
    "首小时应当免费",
    "收费应当按十五分钟计",
    "封顶价应当降到十五元",
    "泊位应当重新划线",
    "应当增设无障碍泊位",
    "应当留出装卸泊位",
    "车牌识别应当更准",
    "欠费提醒应当发短信",
    "电子发票应当当场开",
    "收费公示牌应当放大",
    "巡查员应当挂牌上岗",
    "投诉电话应当有人接",
    "新能源车应当优惠",
    "月卡应当可以退",
)
WHY = (
    "现在排队要二十分钟",
    "去年因此误过急诊",
    "老人不会用手机付款",
    "路口常被堵死",
    "邻居为此吵过多次",
    "店里生意少了三成",
    "消防车曾经进不来",
    "孩子只能在车流里下车",
    "发票一直补不到",
    "牌子被树叶挡住了",
    "同一天被扣过两次",
    "雨天看不清标线",
)
HOW = (
    "请在方案里写明期限",
    "请先在一条街试行",
    "请每季度公布一次账目",
    "请听取街道的意见",
    "请给出核定的依据",
    "请留一个月过渡",
    "请把申诉办法写进去",
    "请与公安交警商量",
    "请附上泊位清单",
    "请说明收入用在哪里",
)
REPEATED = 20
"""Opinions that ten people each send with a word of their own."""


def made(count: int, *, seed: int = 20190901) -> Iterator[str]:
    """Yield so many comments; every tenth repeats one of a few, with a greeting or an ending of its own."""
    chance = random.Random(seed)  # noqa: S311  # the same comments in every run
    standing = [f"{_one(chance)}{_one(chance)}" for _ in range(REPEATED)]
    for number in range(count):
        if number % 10:
            yield f"{_one(chance)}{_one(chance)}"
        else:
            yield _with_a_word_of_its_own(standing[number // 10 % REPEATED], number, chance)


def _one(chance: random.Random) -> str:
    def word(words: str) -> str:
        return chance.choice(words.split())

    def said(sentences: Sequence[str]) -> str:
        return chance.choice(sentences)

    return f"{word(PLACES)}的{word(WHO)}在{word(WHEN)}停车难，{said(WHAT)}，{said(WHY)}，{said(HOW)}。"


def _with_a_word_of_its_own(text: str, number: int, chance: random.Random) -> str:
    before = chance.choice(("", "你好，", "领导好：", "我也认为，"))
    return f"{before}{text}{chance.choice(('', '谢谢！', '望采纳。'))}" if number else text
