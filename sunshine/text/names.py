"""Names of natural persons where a document names its parties: a label, then a surname and one or two characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金贾夏韦付方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍"
    "庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华"
    "喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和"
    "仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉"
    "伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓"
    "修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
DOUBLE_SURNAMES = frozenset(
    "欧阳 上官 司马 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 长孙 宇文 轩辕 端木 南宫 百里 东郭 呼延 申屠 太史 澹台 公冶 濮阳 淳于 单于".split()
)

_LABELS = (
    "申请人|被申请人|当事人|被处罚人|被执行人|法定代表人|负责人姓名|委托代理人|代理人|投诉人|举报人|信访人|来信人|反映人|"
    "原告|被告|第三人|证人|姓名|名字|户主|车主|业主|患者|死者|伤者|家属|监护人|考生|学生|员工|受害人|联系人姓名|本人姓名"
)
_LABELLED = re.compile(
    rf"(?:{_LABELS})(?:（[^（）\n]{{1,12}}）|\([^()\n]{{1,12}}\))?[ \t]*[:：][ \t]*([\u4e00-\u9fff]{{2,4}})(?=[\s，,。；;、（(]|$|[男女]|身份|电话|住)"
)
_ADDRESSED = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,4})(?:先生|女士)(?![们及、和])")
_GENDERED = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,4})[ \t]*[，,（(][ \t]*[男女][，,、 ]")
_NO_NAMES = re.compile(
    r"[某×*的]|公司|单位|部门|委员|组织|名称|广大|各位|市民|居民|负责|机关|局$|处$|所$|厅$|院$|会$|站$|队$|中心$|办$"
)


def in_context(text: str) -> Iterator[tuple[int, int, float]]:
    """Yield the spans of names (start, end) with how sure that is, from 0 to 1."""
    for pattern, confidence in ((_LABELLED, 0.92), (_GENDERED, 0.92), (_ADDRESSED, 0.75)):
        for match in pattern.finditer(text):
            if is_name(match[1]):
                yield match.start(1), match.end(1), confidence


def is_name(word: str) -> bool:
    """Return whether a word has the shape of a Chinese name that is not masked already."""
    if _NO_NAMES.search(word):
        return False
    if word[:2] in DOUBLE_SURNAMES:
        return 3 <= len(word) <= 4
    return word[0] in SURNAMES and 2 <= len(word) <= 3


def masked(name: str) -> str:
    """Return the surname with 某 for what is hidden: 张某, 欧阳某某."""
    family = 2 if name[:2] in DOUBLE_SURNAMES else 1
    return name[:family] + "某" * max(1, len(name) - family)
