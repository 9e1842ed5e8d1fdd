"""Sentences with names in them, made for learning; those that measure are others (`benchmarks.text`)."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sunshine.text import candidates, known_words, names
from tools import name_sentences_latin

WITH_NAMES = """
举报人{n}称其于上月多次投诉未果。
被处罚人{n}未按规定设置围挡。
当事人{n}未取得核准擅自处置建筑垃圾。
当事人{n}未经许可占用人行道堆放物料。
经调查，{n}所经营的店铺位于{a}。
{n}所反映的问题属实。
{n}所有的车辆停放于{a}。
商户{n}未经批准挖掘道路。
收到{n}提交的材料后，本机关予以受理。
申请人{n}提出的异议不成立。
申请人{n}提供的线索已转办。
本机关受理申请人{n}提起的行政复议。
责令{n}于十五日内自行拆除。
现要求{n}于三日内改正。
请{n}尽快补正材料。
请{n}携带证件到窗口办理。
已电话告知{n}（18912340000）处理结果。
工作人员已与{n}电话沟通。
承办人员电话联系{n}，未接通。
你与邻居{n}是什么关系？
答：我是{n}的弟弟。
答：我叫{n}，是店里的员工。
问：{n}当时在不在现场？
业主{n}的房屋存在漏水。
经营者{n}的店铺超出门窗经营。
个体户{n}的摊位已清理。
代理人{n}（律师）到庭参加。
配偶：{n}，子女：{n}
姓名{n}，性别男，民族汉。
收款人：{n} 开户银行：{o}
关于{n}反映{a}扰民问题的答复
关于{n}咨询停车收费的回复
对{n}来信的答复
来信人{n}：您好！
{n}同志：您的来信收悉。
被调查人{n} 性别男 年龄40
第三人{n}述称，房屋系其所有。
被告{n}辩称，其不知情。
上诉人{n}不服原判。
原告{n}诉称，被告拒不履行。
向{n}送达了告知书。
将{n}列为被执行人。
{n}当场缴纳罚款。
{n}拒绝签字。
{n}表示接受处理。
{n}对上述事实无异议。
{n}系该车驾驶员。
当事人:{n},男,汉族,住{a}。
被处罚人{n},性别女,系该店经营者。
经查,{n}于2019年3月在{a}擅自搭建建筑物。
经查明,当事人{n}未取得建设工程规划许可证进行建设。
执法人员{n}、{n}向其出示了执法证件。
本机关决定对{n}处以罚款二百元的行政处罚。
申请人{n}不服被申请人{o}作出的行政处罚决定。
申请人{n}向本机关提出政府信息公开申请。
{n}于5月3日通过邮寄方式提交了申请。
{n}的申请符合条例规定,现予答复。
法定代表人{n},职务经理。
法定代表人:{n}
联系人:{n},联系电话
委托代理人{n},{o}律师。
{o}负责人{n}介绍,全市已建成停车场。
{o}局长{n}出席会议并讲话。
市委书记{n}主持会议,市长{n}作报告。
副市长{n}带队到{a}调研垃圾分类工作。
来信人{n}反映{a}有人占道经营。
市民{n}拨打热线,反映楼下油烟扰民。
家住{a}的{n}告诉记者,小区停车难得到解决。
“现在方便多了。”居民{n}说。
{n}说,自己每天早晨都来这里锻炼。
环卫工人{n}拾金不昧,受到表扬。
记者{n} 通讯员{n}
(记者 {n} 通讯员 {n})
责任编辑:{n}
来源:{o} 作者:{n}
编辑{n}、{n}
导演{n}执导,{n}、{n}主演的电影将于5月上映。
演员{n}在微博上发文回应。
{n}饰演的角色深受观众喜爱。
{n}新专辑将于月底发行。
主教练{n}在赛后新闻发布会上表示不满。
{n}接{n}传球头球破门。
第35分钟,{n}被换下,{n}上场。
{f}梅开二度,{f}首开纪录。
{f}禁区内射门被{f}扑出。
{f}的进球帮助球队取得领先。
前锋{f}加盟球队,年薪200万欧元。
美国总统{f}会见了{f}。
{f}表示,公司将继续投资中国市场。
公司CEO{f}称,新款游戏将于明年发布。
影片由{f}和{f}联袂出演。
{f}与{n}同台献艺。
分析师{n}认为,大盘短期仍将震荡。
{o}首席经济学家{n}指出,房价将趋稳。
董事长{n}持有公司股份,总经理{n}辞职。
{n}教授认为,这项研究意义重大。
{n}博士从另一角度进行了解读。
专家{n}建议,装修时要注意环保。
设计师{n}的作品获得金奖。
除了{n}、{n}、{n},还有几位画家参展。
{n}出生于1965年,毕业于安徽大学。
{n}(男,32岁)与{n}(女,28岁)系夫妻。
犯罪嫌疑人{n}被刑事拘留。
被告人{n}犯盗窃罪,判处有期徒刑。
原告{n}诉被告{n}民间借贷纠纷一案。
死者{n}的家属要求赔偿。
考生{n}以优异成绩被录取。
{n}同学、{n}老师
{n}先生和{n}女士
尊敬的{n}局长:
{n}、{n}等5人获得表彰。
任命{n}为{o}副局长。
免去{n}的{o}科长职务。
{n}同志任{o}主任,试用期一年。
经{o}党组研究,决定{n}任科长。
网友“{n}”留言咨询公积金提取问题。
姓名:{n} 性别:男
户主{n},家庭人口3人。
{n}把车停在{a}。
{n}因违反交通规则被罚款。
看到{n}来了,大家都很高兴。
{n}和{n}一起来到{a}。
由{n}担任组长,{n}担任副组长。
组长:{n} 副组长:{n} {n} 成员:{n} {n} {n}
参会人员:{n}、{n}、{n}、{n}
对{n}进行了询问并制作笔录。
{n}向{n}借款五万元。
向{n}学习,弘扬{n}精神。
中国队选手{n}夺得冠军,{n}获得亚军。
中国选手{n}以2比1战胜{f}。
{f}以6比4、6比3击败{f}晋级四强。
在{n}看来,城市管理需要绣花功夫。
据{n}透露,项目将于年底开工。
{n}透露说
{n}笑着告诉笔者。
对此,{n}解释说。
""".strip().split("\n")

WITHOUT_NAMES = """
根据相关规定,加强日常监管。
高度重视群众诉求,方便市民出行。
时间:2019年5月3日 地点:{a}
项目名称:和平路改造工程
承办单位:{o}
联系电话:0551-62222222
申请材料齐全,符合法定形式。
被申请人逾期未答复。
常住人口持续增长,商品房成交量上升。
安全生产责任制落实到位。
任何单位和个人不得擅自占用。
金额合计人民币伍万元整。
元旦春节期间市场供应充足。
关于进一步加强{o}工作的通知
方便群众办事,严格执法程序。
双方签订合作协议。
马上就办、真抓实干。
高新区、经开区、新站区同步推进。
全体党员干部要向先进典型学习。
应当于十五日内缴纳罚款。
时任领导高度评价这项工作。
申请人应当提交身份证明。
负责人签字并加盖公章。
当事人有权陈述和申辩。
凡尔赛宫、巴黎圣母院、伦敦塔
马德里竞技主场迎战巴塞罗那。
曼彻斯特联队客场挑战利物浦。
英雄联盟、魔兽世界、反恐精英
""".strip().split("\n")

PLACES = (
    "庐阳区长江中路", "包河区徽州大道", "蜀山区望江西路", "瑶海区明光路", "高新区天达路",
    "滨湖新区", "巢湖市", "肥东县店埠镇", "朝阳区建国路", "浦东新区张江镇", "天河区体育东路",
)  # fmt: skip
BODIES = (
    "市城管局", "区城市管理局", "市发改委", "国土局", "市公安局", "中国银行",
    "合肥市数据资源局", "安徽大学", "华安证券", "新华社", "市政府办公室",
)  # fmt: skip


def _news() -> Mapping[str, list[str]]:
    """Return the lines of each section of the file beside this one that holds the manner of news."""
    sections: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("name_sentences_news.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            section.append(line)
    return sections


_NEWS = _news()
_WORDS = {section: " ".join(lines).split() for section, lines in _NEWS.items()}
CUSTOMARY_LETTERS = "".join(_WORDS["letters"])
"""The characters with which foreign names are written by custom."""

RARE_LETTERS = "".join(dict.fromkeys("".join(_WORDS["rare"])))
"""Characters of given names that the newspaper of 1998 hardly knew."""

MINORITY_LETTERS = "".join("".join(_WORDS[each]) for each in ("tibetan", "turkic", "mongol"))
RARE_SHARE = 0.12
"""How often the characters of a given name are picked without regard to how usual they are."""


def is_told(word: str) -> bool:
    """Return whether the model learns a known word as such; each fourth must be told by what is around."""
    return bool(zlib.crc32(word.encode()) % 4)


_ABROAD = [*known_words.of_sort("P"), *known_words.of_sort("C"), *known_words.of_sort("p")[::2]]
_TOLD = {sort: [each for each in known_words.of_sort(sort) if is_told(each)] for sort in "CpPBIT"}
USUAL = sorted(names.USUAL)
ALL = sorted(names.SURNAMES)
DOUBLE = sorted(names.DOUBLE_SURNAMES)
JAPANESE = sorted(candidates.JAPANESE)
NEWS_SHARE = 0.6
"""How many of the sentences are of the manner of news."""

NAMELESS_SHARE = 0.25
MISTAKEN_SHARE = 0.18
"""How often a known thing stands in the place of a name."""

JOINED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Places:
    """Names of places that could be taken for names of persons."""

    foreign: Sequence[str]
    native: Sequence[str]


def make(
    count: int, known: candidates.Statistics, foreign: Sequence[str], places: Places, seed: int = 0
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield sentences with the places of the names in them; of one seed the same ones each time."""
    maker = _Maker(known, foreign, places, seed)
    for _ in range(count):
        yield maker.sentence()


class _Maker:
    """Makes names that nobody has, of characters as they are used in names."""

    def __init__(
        self, known: candidates.Statistics, foreign: Sequence[str], places: Places, seed: int
    ) -> None:
        self._chance = random.Random(5 + seed)  # noqa: S311  # nothing secret: it must come out the same again
        self._given = [
            (list(each), [2**value for value in each.values()])
            for each in (known.first, known.second, known.single)
        ]
        self._foreign = foreign
        self._next: dict[str, list[str]] = {}
        for part in (part for word in foreign for part in word.split("·")):
            for one, other in zip(f"^{part}", f"{part}$", strict=True):
                self._next.setdefault(one, []).append(other)
        self._named: Mapping[str, Callable[[], str]] = {
            "n": self._of_anywhere,
            "f": self._alien,
            "j": self._japanese,
            "m": self._of_a_minority,
            "x": lambda: self._chance.choice("小老") + self._chance.choice(USUAL[:200]),
            "l": lambda: name_sentences_latin.person(self._chance),
        }
        self._made: Mapping[str, Callable[[], str]] = {
            "w": lambda: self._surname() + self._chance.choice(names.FORMS_OF_ADDRESS),
            "v": lambda: self._surname() + self._chance.choice(names.TITLES),
            "e": self._estate,
            "g": self._firm,
            "q": lambda: name_sentences_latin.thing(self._chance),
            "y": lambda: self._native() if self._chance.random() < 0.6 else self._alien(),
        }
        self._nameless = {
            "a": PLACES,
            "o": BODIES,
            "b": [*_WORDS["brands"], *known_words.of_sort("B"), *known_words.of_sort("T")],
            "k": known_words.of_sort("I"),
            "t": _WORDS["titles"],
            "c": [*_WORDS["clubs"], *places.foreign, *_ABROAD],
            "s": [*_WORDS["clubs"], *known_words.of_sort("C")],
            "p": [*PLACES, *places.native],
        }

    def sentence(self) -> tuple[str, list[tuple[int, int]]]:
        """Return a sentence, or two of them as one, and the places of its names."""
        pattern = self._chance.choice(self._patterns())
        if self._chance.random() < JOINED_SHARE:
            other = self._chance.choice(self._patterns())
            pattern = pattern.rstrip("。") + self._chance.choice(",,。;") + other
        text, spans = "", []
        for piece in re.split(r"(\{.\})", pattern):
            letter = piece[1] if piece.startswith("{") else ""
            if letter in "nfl" and letter and self._chance.random() < MISTAKEN_SHARE:
                word = self._mistaken(letter)
            elif letter in self._named:
                word = self._named[letter]()
                spans.append((len(text), len(text) + len(word)))
            elif letter in self._made:
                word = self._made[letter]()
            elif letter == "d":
                word = str(self._chance.randrange(2, 90))
            else:
                word = self._chance.choice(self._nameless[letter]) if letter else piece
            text += word
        return text, spans

    def _patterns(self) -> Sequence[str]:
        """Return the sort of sentences from which one is picked."""
        is_news, is_nameless = self._chance.random() < NEWS_SHARE, self._chance.random() < NAMELESS_SHARE
        if is_news:
            return _NEWS["without names" if is_nameless else "with names"]
        return WITHOUT_NAMES if is_nameless else WITH_NAMES

    def _mistaken(self, letter: str) -> str:
        """Return a thing that stands where a person might: a club that wins, a firm that says, a place."""
        if letter == "l":
            return name_sentences_latin.thing(self._chance)
        share = self._chance.random()
        if share < 0.2:
            return self._estate()
        return self._chance.choice(_TOLD[self._chance.choice("CCCpPBIT")])

    def _surname(self) -> str:
        return self._chance.choice(USUAL[:250] if self._chance.random() < 0.95 else DOUBLE)

    def _estate(self) -> str:
        """Return a village, an estate, a water: any two characters, or a surname and one, with an ending."""
        chance = self._chance
        first = chance.choice(USUAL) if chance.random() < 0.6 else chance.choice(self._given[0][0])
        more = chance.choices(*self._given[1])[0] if chance.random() < 0.7 else ""
        return first + more + chance.choice(_WORDS["places"])

    def _firm(self) -> str:
        """Return a firm by its short name: two characters, with what it does or without."""
        chance = self._chance
        first = chance.choice(USUAL) if chance.random() < 0.5 else chance.choices(*self._given[0])[0]
        return first + chance.choices(*self._given[1])[0] + chance.choice(_WORDS["firms"])

    def _of_anywhere(self) -> str:
        share = self._chance.random()
        if share < 0.88:
            return self._native()
        return self._alien() if share < 0.96 else self._japanese() if share < 0.98 else self._of_a_minority()

    def _japanese(self) -> str:
        return self._chance.choice(JAPANESE) + self._chance.choice(_WORDS["japanese"])

    def _of_a_minority(self) -> str:
        share, pick = self._chance.random(), self._chance.choice
        if share < 0.3:
            return pick(_WORDS["tibetan"]) + pick(_WORDS["tibetan"])
        if share < 0.55:
            return f"{pick(_WORDS['turkic'])}·{pick(_WORDS['turkic'])}"
        return pick(_WORDS[pick(("tibetan", "turkic", "mongol", "mongol", "others"))])

    def _native(self) -> str:
        share = self._chance.random()
        surname = self._chance.choice(DOUBLE if share < 0.02 else ALL if share < 0.15 else USUAL)
        places = (2,) if self._chance.random() < 0.22 else (0, 1)
        if self._chance.random() < RARE_SHARE:
            return surname + "".join(self._chance.choice(self._given[place][0]) for place in places)
        return surname + "".join(self._chance.choices(*self._given[place])[0] for place in places)

    def _alien(self) -> str:
        share = self._chance.random()
        if share < 0.3:
            return self._chance.choice(self._foreign)
        joint = "·" if share < 0.95 else "-" if share < 0.99 else "."
        return self._part() if share < 0.75 else f"{self._part()}{joint}{self._part()}"

    def _part(self) -> str:
        for _ in range(50):
            word, last = "", "^"
            while (last := self._chance.choice(self._next[last])) != "$":
                word += last
            if 2 <= len(word) <= 6:
                return word
        return self._chance.choice(self._foreign)
