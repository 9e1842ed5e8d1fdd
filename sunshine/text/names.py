"""Chinese personal names as words: their surnames, their shape, how they are masked and told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金贾夏韦付方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍"
    "庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华"
    "喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和"
    "仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉"
    "伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓"
    "修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
_RARE = (
    "逄幺诸钭仉缑訾乜佴谯笪仵侍候傲冮刑刚勇厍召吐咎员哀回墨夙奴妫孝宓寸山岐帖库延异弋弓归志忻念悟抄拓拜撒斐旷木朵杭松枚"
    "格森欣次步毋求汝汲沃法泰洛洪涂源烟牙牧犹玄理琚琴生瑙畅疏益真睢矫磨礼种竹第笃粘经综续绪缠羿翦老耳肇肥胶腾自舍良艺芝苍"
    "苌英茆荀荔莘莱菅萨蒉蓬蓟蔚藏虎虢蚁衷补褐西诗诘谌豹贝资赏赖越载达迮逢遇遆郅郇郤郦部鄞酆释野铁铎锁长镜闾阚降隗青靖韶顿"
    "风飞香驹高鬲鲧黑默"
)
SURNAMES = frozenset(_COMMON + _RARE)
_DOUBLE = (
    "欧阳上官司马诸葛夏侯东方皇甫尉迟公孙慕容令狐司徒长孙宇文轩辕"
    "端木南宫百里东郭呼延申屠太史澹台公冶濮阳淳于单于闻人拓跋赫连"
)
DOUBLE_SURNAMES = frozenset(_DOUBLE[place : place + 2] for place in range(0, len(_DOUBLE), 2))

USUAL = frozenset(_COMMON[:300])
"""Surnames common enough to believe a name by its surname alone."""

FORMS_OF_ADDRESS = (
    *("先生", "女士", "小姐", "师傅", "大爷", "大妈", "阿姨", "老师", "大姐", "老汉"),
    *("大叔", "奶奶", "太太", "老太", "同学", "婆婆", "大伯"),
)

TITLES = (
    *(
        "主任",
        "书记",
        "县长",
        "市长",
        "区长",
        "镇长",
        "乡长",
        "村长",
        "局长",
        "处长",
        "科长",
        "厅长",
        "部长",
        "院长",
    ),
    *(
        "校长",
        "所长",
        "站长",
        "队长",
        "组长",
        "会长",
        "行长",
        "厂长",
        "社长",
        "团长",
        "警官",
        "法官",
        "律师",
        "医生",
    ),
    *(
        "大夫",
        "护士",
        "教授",
        "博士",
        "教练",
        "经理",
        "主席",
        "总理",
        "总统",
        "董事",
        "主播",
        "导演",
        "大侠",
        "老板",
    ),
    *("总", "某", "家", "队", "氏"),
)
"""What a surname alone stands before, so that it names an office or a house and no one to mask."""

FIRMS_IN_LATIN = frozenset(
    ["Co", "Ltd", "Inc", "Corp", "Company", "Limited", "Group", "Bank", "LLC", "GmbH", "Holdings", "Trading"]
)

SHORT_TITLES = frozenset("总工")
"""A title of one character: 张总, 李工."""


def least_size(given: str) -> int:
    """Return how many characters a name has at least whose surname this character follows.

    李总 and 李工 are none; of 李总和 the last is another word, for hardly anybody is called 总.
    """
    return 4 if given == "总" else 3 if given in SHORT_TITLES else 2


_ALONE_BEFORE = frozenset(each for each in (*FORMS_OF_ADDRESS, *TITLES) if len(each) > 1)
_ALONE_SIZES = sorted({len(each) for each in _ALONE_BEFORE})
_MASKED = re.compile(r"[某×*＊○]|(?<![A-Za-wyz])[xXＸ]+(?![A-WYZa-wyz])")
_NO_NAMES = re.compile(
    r"[某×*的]|公司|单位|部门|委员|组织|名称|广大|各位|市民|居民|负责|机关"
    r"|局$|处$|所$|厅$|院$|会$|站$|队$|中心$|办$"
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"


def is_name(word: str) -> bool:
    """Return whether a word has the shape of a Chinese name that is not masked already."""
    if _NO_NAMES.search(word) or is_surname_alone(word):
        return False
    if word[:2] in DOUBLE_SURNAMES:
        return 3 <= len(word) <= 4
    return word[0] in SURNAMES and 2 <= len(word) <= 3


def is_masked(word: str) -> bool:
    """Return whether a name is hidden already: 张某, 李某某, 王×."""
    return bool(_MASKED.search(word))


def is_courteous(word: str) -> bool:
    """Return whether only the surname is said, with a form of address: 王先生, 欧阳女士, 刘师傅."""
    family = word[:2] if word[:2] in DOUBLE_SURNAMES else word[:1]
    return family[0] in SURNAMES and word[len(family) :] in FORMS_OF_ADDRESS


def is_surname_alone(text: str, place: int = 0) -> bool:
    """Return whether a surname with a form of address or a title begins at a place: 王先生, 李主任."""
    if text[place : place + 1] not in SURNAMES:
        return False
    family = 2 if text[place : place + 2] in DOUBLE_SURNAMES else 1
    after = place + family
    return any(text[after : after + size] in _ALONE_BEFORE for size in _ALONE_SIZES)


def family_of(name: str) -> str:
    """Return the part of a name that may stay: the surname, or the first character of a foreign name."""
    return name[:2] if name[:2] in DOUBLE_SURNAMES and len(name) > 2 else name[:1]


def masked(name: str) -> str:
    """Return the surname with 某 for what is hidden: 张某, 李某某, 欧阳某某."""
    family = family_of(name)
    return family + "某" * min(2, max(1, len(name) - len(family)))


def pseudonyms(found: Iterable[str]) -> Mapping[str, str]:
    """Return a mask for each name of a document, the same for the same name, different for different ones.

    Two persons with one surname are told apart in the order in which they appear: 张某甲, 张某乙.
    """
    order = list(dict.fromkeys(found))
    same: dict[str, list[str]] = {}
    for name in order:
        same.setdefault(masked(name), []).append(name)
    shown: dict[str, str] = {}
    for mask, names in same.items():
        for place, name in enumerate(names):
            shown[name] = mask if len(names) == 1 else f"{mask}{_counted(place)}"
    return shown


def _counted(place: int) -> str:
    return _STEMS[place] if place < len(_STEMS) else str(place + 1)
