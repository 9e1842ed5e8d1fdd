"""Persons as a document names them: its parties, private people, and officials acting in office.

Who is named beside 当事人, 申请人 or 联系人, or stands in the case's own list, is a party and certain. Others
are what `people` reads. Officials acting in office, organisations and places named after persons are told
apart, because they are not masked.
A surname with a form of address (王女士) names nobody: it is a kind of finding of its own, which may stay.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence

from sunshine.kernel.words import gettext_noop
from sunshine.text import keywords, names, reading, wordlists
from sunshine.text.detectors import Span
from sunshine.text.people import Person, Possible

PARTY = gettext_noop("The name of a natural person who is a party here")
LISTED = gettext_noop("The name of a party of this case")
PERSON = gettext_noop("The name of a natural person")
DOUBTFUL = gettext_noop("This may be the name of a person")
COMMON = 10.0
"""Of a thousand texts those with a word that is too common to be pointed out as what may be a name."""

POSSIBLE_NAME = "possible_name"
"""The kind of what may be a name: nothing masks it, a reader looks at it."""

COURTEOUS = gettext_noop("Only a surname with a form of address: it may stay")
OFFICIAL = gettext_noop("The name of an official acting in office: it may stay")

COURTESY = "form_of_address"
"""The kind of finding that a surname with a form of address is."""

LIKELY, LIKELY_IN_A_CASE, LIKELY_IN_ARTICLES = 0.3, 0.04, 0.6
"""Probability from which a candidate right after a label is believed: less where a case names people, more in
a text of articles, where 当事人 is anybody (当事人通晓, 驾驶人补换领)."""

_VERBS = frozenset("称说系的核未已在被将因于对向所述时提")

LABELLED = 0.9
"""How sure a name is that follows a label without a colon."""

_LABELS = (
    "被申请人|申请人|当事人|被处罚人|被执行人|被征收人|被拆迁人|相对人|法定代表人|法人代表|负责人姓名|店铺负责人|经营负责人"
    "|负责人|经营者|投资人|委托代理人|代理人|委托人|受托人|受委托人|投诉人|举报人|信访人|来信人|来访人|反映人|诉求人|上诉人"
    "|被上诉人|原告人|原告|被告人|被告|第三人|证人|利害关系人|姓名|户主|车主|业主|房主|患者|死者|伤者|家属|监护人|考生"
    "|学生|员工|受害人|被害人|嫌疑人|违法行为人|违法嫌疑人|行为人|被询问人|被调查人|被检查人|被调解人|联系人|经办人|收款人"
    "|付款人|配偶|共有人|收件人|寄件人|收货人|申报人|填表人|承租人|出租人|买受人|出卖人|借款人|担保人|债务人|债权人|受益人"
    "|参保人|获奖人|中标人|住户|居民|村民|市民|网民|网友|驾驶人|驾驶员|司机|摊主|商户|邻居|租客|同事|妻子|丈夫|其妻"
    "|其夫|其父|其母|其子|其女|父亲|母亲|儿子|女儿"
)
_LABEL = re.compile(
    rf"(?:{wordlists.shape_of(_LABELS.split('|'))})"
    r"(?:\([^()\n]{1,16}\))?(?:姓名)?[ \t]{0,4}([:为是])?[ \t\n]{0,4}"
)
_AFTER_COLON = re.compile(r"([\u4e00-\u9fff]{2,4})(?=[\s,。;、(:]|$|[男女],|身份证|电话|住址|性别)")
_BEFORE_A_STOP = re.compile(
    r"([\u4e00-\u9fff]{2,4}?)(?=[(,][^。\n]{0,12}(?:身份证|公民|电话|手机|[男女][,)]|住|\d{11})"
    r"|\((?:身份|男|女|公民)|[述诉辩]?称[,:])"
)
_SPACED = re.compile(
    r"([\u4e00-\u9fff])[ ]{1,4}([\u4e00-\u9fff])(?:[ ]{1,4}([\u4e00-\u9fff]))?(?=[\s,。;、(]|$)"
)
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,9}(?:·[\u4e00-\u9fff]{1,9}){1,4}(?=[\s,。;、(]|$)")
_FORM = re.compile(wordlists.shape_of(names.FORMS_OF_ADDRESS))
_LATIN = re.compile(
    rf"[A-Z][a-z]+(?:[ ·-](?!(?:{'|'.join(sorted(names.FIRMS_IN_LATIN))})\b)[A-Z][A-Za-z.]*){{1,3}}"
    r"(?=[,。;、(\n]|[ \t]{1,3}[^A-Za-z]|$)"
)
_ADDRESSED = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,4})(?:先生|女士)(?![们及、和])")
_GENDERED = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,4})[ \t]{0,3}[,(][ \t]{0,3}[男女][,、 )]")

_OFFICES = (
    "副?(?:总书记|书记|主席|总理|委员长|国务委员|部长|省长|市长|州长|区长|县长|旗长|镇长|乡长|厅长|局长|署长|处长|科长|股长|司长|"
    "主任|院长|检察长|庭长|审判长|审判员|书记员|秘书长|司令员?|政委|支队长|大队长|中队长|队长|所长|站长|组长|会长|校长|"
    "总统|首相|大臣|大使|领事|议长|国王|女王|酋长|发言人|行政长官|特首|调研员|巡视员|专员|法官|检察官)"
    "|执法人员|执法队员|承办人|签发人|审核人|主持人|记录人|委员|代表|常委|参事|仲裁员|公证员"
)
_IN_OFFICE_BEFORE = re.compile(rf"(?:{_OFFICES})(?:同志)?[:、 ]?$")
_IN_OFFICE_AFTER = re.compile(
    rf"(?:同志)?(?:[,、]?(?:职务|职位|时任|现任)[为是:]?)?(?:{_OFFICES})(?!的?(?:妻|夫|儿|女|父|母))"
)
_IN_OFFICE_LIST = re.compile(r"[、和与及 ]$")
_ORGANISATION = re.compile(
    r"[\u4e00-\u9fff]{0,2}?(?<![的与和在任到去回入从])(?:有限|公司|集团|商行|经营部|事务所|工作室|合作社|基金会|中学|小学|大学|医院"
    r"|银行|餐馆|饭店|酒楼|超市|药房|诊所)"
    r"|基金|路(?![上过])|街|大道|大厦|广场|奖|杯|故居|纪念馆|镇(?!定)|村|县|区|市|乡"
)
_CASE_NUMBER = re.compile(
    r"1(?<!\d1)[3-9]\d{9}(?!\d)|\d\d{16}[\dXx]|称,\s?\d{4}年|[皖沪京苏浙][A-Z][A-Z0-9]{5}"
)
_CASE_WORDS = ("来信收悉", "您好", "笔录")
_PAPER_WORDS = (
    *("决定书", "告知书", "答复书", "通知书", "裁决书", "裁定书", "判决书", "调解书"),
    *("当事人", "被申请人", "被处罚人", "本机关", "我局"),
)

_ARTICLE = re.compile(r"^[ \t]*第[零一二三四五六七八九十百千\d]{1,7}条", re.MULTILINE)
_ARTICLES = 3
"""How many lines begin an article in a text of articles."""

Label = tuple[int, bool]
"""Where what follows a party's label begins, and whether a colon stands between."""


def spans(
    read: reading.Reading, listed: Collection[str] = (), officials: Collection[str] = ()
) -> Iterator[Span]:
    """Yield the persons in a readable text, those who may stay with an empty mask; spans may overlap.

    :param listed: the names of the case's own parties, found wherever they stand
    :param officials: people of the register acting in office
    """
    text = read.readable
    sure, possible = read.persons
    labels = [(match.end(), match[1] == ":") for match in _LABEL.finditer(text)]
    parties = _parties(text, labels, listed, possible)
    for (start, end), (reason, confidence) in parties.items():
        yield start, end, "person_name", confidence, reason, names.masked(text[start:end])
    known = {text[start:end] for start, end in parties}
    held: set[str] = set(officials)
    is_paper = any(has_colon for _place, has_colon in labels) or any(word in text for word in _PAPER_WORDS)
    for person in sure:
        name = text[person.start : person.end]
        if name in known:
            yield person.start, person.end, "person_name", 0.95, PARTY, names.masked(name)
        elif not _is_organisation(text, person) and not names.is_masked(name):
            if name in held or _is_in_office(text, person, held):
                held.add(name)
                if not is_paper:  # a decision's reader wants the parties; who signed it is public
                    yield person.start, person.end, "person_name", _capped(person), OFFICIAL, ""
            else:
                yield person.start, person.end, "person_name", _capped(person), PERSON, names.masked(name)
    yield from _addressed(text, possible)


def doubtful(read: reading.Reading, officials: Collection[str] = ()) -> Iterator[Span]:
    """Yield what may be a name besides the persons, each with an empty mask."""
    text = read.readable
    sure, possible = read.persons
    for person in possible.beside(sure):
        name = text[person.start : person.end]
        if name in officials or keywords.common_words().get(name, 0.0) >= COMMON:
            continue
        if not _is_organisation(text, person) and not names.is_masked(name):
            yield person.start, person.end, POSSIBLE_NAME, _capped(person), DOUBTFUL, ""


def _addressed(text: str, possible: Possible) -> Iterator[Span]:
    """Yield where a surname alone begins a word and stands before a form of address."""
    for match in _FORM.finditer(text):
        for size in (2, 1):
            start = match.start() - size
            if start >= 0 and names.is_courteous(text[start : match.end()]) and possible.begins(start):
                yield start, match.end(), COURTESY, 0.5, COURTEOUS, ""
                break


def _parties(
    text: str, labels: Sequence[Label], listed: Collection[str], possible: Possible
) -> dict[tuple[int, int], tuple[str, float]]:
    """Return the places of the parties, wherever each stands, with the reason and how sure that is."""
    found = {(start, end): (reason, confidence) for start, end, reason, confidence in _in_list(text, listed)}
    has_articles = sum(1 for _each in itertools.islice(_ARTICLE.finditer(text), _ARTICLES)) == _ARTICLES
    plain = [each for each in labels if each[1]] if has_articles else labels
    for start, end, reason, confidence in _labelled_plainly(text, plain):
        found.setdefault((start, end), (reason, confidence))
    known = {text[start:end] for start, end in found}
    is_case = bool(found or _CASE_NUMBER.search(text) or any(word in text for word in _CASE_WORDS))
    least = LIKELY_IN_ARTICLES if has_articles else LIKELY_IN_A_CASE if is_case else LIKELY
    for start, end in _labelled(text, labels, possible, known, least):
        if not _overlaps(found, start, end):
            found[start, end] = (PARTY, LABELLED)
    named = {text[start:end] for start, end in found}
    for start, end in _again(text, named, possible) if is_case else ():
        if not _overlaps(found, start, end):
            found[start, end] = (PARTY, LABELLED)
    return found


def _overlaps(found: Collection[tuple[int, int]], start: int, end: int) -> bool:
    return any((first, start) in found for first in range(start - 4, start)) or any(
        (start, last) in found for last in range(start + 2, end + 4)
    )


def _again(text: str, named: Collection[str], possible: Possible) -> Iterator[tuple[int, int]]:
    """Yield where parties are named again; two characters count only where a word begins with them."""
    for start, end in wordlists.places_of([name for name in named if len(name) > 1], text):
        if end - start > 2 or any(each.end == end for each in possible.at(start)):
            yield start, end


def _capped(person: Person) -> float:
    return round(min(0.84, person.confidence), 3)


def _in_list(text: str, listed: Collection[str]) -> Iterator[tuple[int, int, str, float]]:
    wanted = sorted({name for name in listed if len(name) > 1}, key=len, reverse=True)
    if not wanted:
        return
    for match in re.finditer("|".join(r"[ \t\n]{0,2}".join(map(re.escape, name)) for name in wanted), text):
        yield *match.span(), LISTED, 1.0


def _labelled_plainly(text: str, labels: Sequence[Label]) -> Iterator[tuple[int, int, str, float]]:
    """Yield the names after a party's label and a colon, and those addressed or given with a sex."""
    for place, has_colon in labels:
        span = _after_colon(text, place) if has_colon else None
        if span is not None and not _IN_OFFICE_AFTER.match(text, span[1], span[1] + 12):
            yield *span, PARTY, 0.95
        match = _BEFORE_A_STOP.match(text, place) if text[place : place + 1] in names.USUAL else None
        if match and names.is_name(match[1]):
            yield *match.span(1), PARTY, LABELLED
    for pattern, confidence, needs in ((_GENDERED, 0.92, "男女"), (_ADDRESSED, 0.75, ("先生", "女士"))):
        if any(word in text for word in needs):
            for match in pattern.finditer(text):
                if names.is_name(match[1]):
                    yield *match.span(1), PARTY, confidence


def _labelled(
    text: str,
    labels: Sequence[Label],
    possible: Possible,
    known: Collection[str],
    least: float,
) -> Iterator[tuple[int, int]]:
    """Yield the names that are read right after a party's label; one known already comes first."""
    for place, _has_colon in labels:
        all_here = possible.at(place)
        offered = [each for each in all_here if _is_believable(text, each, least)]
        offered = [each for each in offered if not _takes_a_verb(text, each, all_here)]
        best = max(
            offered, key=lambda each: (text[each.start : each.end] in known, each.confidence), default=None
        )
        if best is not None:
            yield best.start, best.end


def _takes_a_verb(text: str, person: Person, offered: Sequence[Person]) -> bool:
    """Return whether a candidate's last character begins what the person does: 王某|称, 王某|未经."""
    return text[person.end - 1] in _VERBS and any(each.end == person.end - 1 for each in offered)


def _is_believable(text: str, person: Person, least: float) -> bool:
    name = text[person.start : person.end]
    if names.is_masked(name) or _is_organisation(text, person):
        return False
    return person.confidence >= least and not _IN_OFFICE_AFTER.match(text, person.end, person.end + 12)


def _after_colon(text: str, place: int) -> tuple[int, int] | None:
    if match := _SPACED.match(text, place):
        bare = "".join(each for each in match.groups() if each)
        if names.is_name(bare):
            return match.span()
    if match := _DOTTED.match(text, place) or _LATIN.match(text, place):
        return match.span()
    match = _AFTER_COLON.match(text, place)
    return match.span(1) if match and names.is_name(match[1]) else None


def _is_organisation(text: str, person: Person) -> bool:
    return bool(_ORGANISATION.match(text, person.end, person.end + 6))


def _is_in_office(text: str, person: Person, held: Collection[str]) -> bool:
    before = text[max(0, person.start - 10) : person.start]
    if _IN_OFFICE_BEFORE.search(before) or _IN_OFFICE_AFTER.match(text, person.end, person.end + 12):
        return True
    # 执法人员王某、李某: who is listed right after an official is one too
    return bool(_IN_OFFICE_LIST.search(before)) and any(before[:-1].endswith(name) for name in held)
