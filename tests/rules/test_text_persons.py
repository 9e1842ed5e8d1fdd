"""Who is named: parties, private people, officials in office, and what only bears a person's name."""

from __future__ import annotations

from itertools import pairwise

import pytest

from benchmarks.text import made, readers
from sunshine.text import japanese_names, known_words, names, normal, parties, people, privacy, sights


def named(text: str, known: privacy.Context = privacy.NOTHING_KNOWN) -> list[str]:
    return [each.text for each in privacy.find(text, known) if each.kind == "person_name" and each.is_private]


def stopping(text: str) -> list[str]:
    """Return the names that are sure enough to stop a publication."""
    return [
        each.text
        for each in privacy.find(text)
        if each.kind == "person_name" and each.is_private and each.confidence >= privacy.SURE
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("申请人：李 明，男", "李 明"),
        ("當事人：歐陽修遠，", "歐陽修遠"),
        ("申请人阿卜杜拉·买买提，", "阿卜杜拉·买买提"),
        ("被处罚人王建国（身份证号110105）", "王建国"),
        ("当事人：Robert Johnson，男，", "Robert Johnson"),
        ("来信人陈晓东反映停车难。", "陈晓东"),
        ("作家张洁柔在书店签售。", "张洁柔"),
    ],
)
def test_a_natural_person_is_found_in_context_and_in_free_text(text, wanted):
    assert wanted in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "当事人应当在十五日内缴纳罚款。",
        "申请人补正材料后，行政机关应当受理。",
        "合肥王建国商贸有限公司",
        "安徽省合肥市包河区方兴大道",
        "申请人张某、李某某与王××",
        "当事人：Eastern Trading Co. Ltd",
        "张总、李工一同到现场。",
        "负责人签字并加盖公章。",
    ],
)
def test_what_is_no_private_persons_name_is_not_masked(text):
    assert named(text) == []


@pytest.mark.parametrize(
    "of_anybody",
    [
        "当事人通晓我国语言文字的，不另请翻译。",
        "机动车驾驶人单日连续参加学习的，向驾驶人敬礼。",
        "无居民海岛，是指无人居住的海岛。",
        "由有关当事人单方申请。",
    ],
)
def test_a_text_of_articles_names_parties_only_after_a_colon_or_where_they_are_read_as_names(of_anybody):
    articles = f"第一条 询问应当作笔录。\n\n第二条 {of_anybody}\n\n第三条 当事人可以申请复核。\n"
    assert stopping(articles) == []
    assert stopping(f"{articles}附：申请人：王建国，男") == ["王建国"]


@pytest.mark.parametrize("name", ["王先生", "欧阳女士", "刘师傅"])
def test_a_surname_with_a_form_of_address_is_seen_but_stays(name):
    (found,) = privacy.find(f"{name}告诉记者，孩子入学的事还没有着落。")
    assert (found.text, found.kind, found.is_private) == (name, "form_of_address", False)


@pytest.mark.parametrize(
    "text",
    [
        "天通苑业主侯女士说，联系人：王先生。",
        "于县长和王主任来过，问一下姚总。",
        "昨天郑阿姨去了学校。",
        "江湖再无金大侠。",
    ],
)
def test_a_surname_with_a_form_of_address_or_a_title_is_no_name(text):
    assert [each for each in privacy.find(text) if each.kind == "person_name"] == []


def test_a_whole_name_before_a_form_of_address_is_one():
    assert "赵红梅" in named("旁边那位是赵红梅女士。")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("影片由克里斯托弗·诺兰执导。", ["克里斯托弗·诺兰"]),
        ("阿不都热依木·艾山与扎西次仁同台演出。", ["阿不都热依木·艾山", "扎西次仁"]),
        ("首相小泉纯一郎与外相麻生太郎出席。", ["小泉纯一郎", "麻生太郎"]),
        ("嘉宾有司马南、欧阳娜娜、端木蕻良。", ["司马南", "欧阳娜娜", "端木蕻良"]),
        ("小李是快递员，老王是他的同乡。", ["小李", "老王"]),
        ("陈晓鹏助攻，孙可望头球破门。", ["陈晓鹏", "孙可望"]),
        ("演员汤姆-克劳斯购买了一套别墅。", ["汤姆-克劳斯"]),
        ("导演Steven Harding在接受采访时表示，影片明年上映。", ["Steven Harding"]),
    ],
)
def test_names_of_every_kind_are_read_in_free_text(text, wanted):
    found = {text[each.start : each.end] for each in people.find(text.replace("，", ","))}
    assert set(wanted) <= found


@pytest.mark.parametrize("dot", "·•・‧")
def test_a_name_with_a_dot_is_one_whatever_dot_it_is(dot):
    text = normal.fold(f"协会会长沃亭{dot}沙维罗{dot}杜兰德先生致辞。").text
    assert [text[each.start : each.end] for each in people.find(text)] == ["沃亭·沙维罗·杜兰德"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("德国队的舒尔茨都说,对手更强。", "舒尔茨"),
        ("斯洛特的球队更有优势。", "斯洛特"),
        ("那一次让拉姆塞尔决定退役。", "拉姆塞尔"),
        ("梅里诺和萨维尼的回归令人高兴。", "梅里诺"),
    ],
)
def test_function_words_beside_a_foreign_name_are_not_taken_with_it(text, wanted):
    assert wanted in {text[each.start : each.end] for each in people.find(text)}


@pytest.mark.parametrize(("text", "wanted"), [("本报记者琦润", "琦润"), ("委员初彦先生到场。", "初彦")])
def test_a_name_without_a_surname_is_read_where_a_word_beside_tells_of_it(text, wanted):
    assert wanted in {text[each.start : each.end] for each in people.find(text)}


def test_of_overlapping_names_those_are_taken_that_are_together_most_probable():
    taken = people._chosen(
        [
            [people.Person(0, 2, 0.2), people.Person(0, 3, 0.7)],
            [people.Person(2, 5, 0.97)],
        ],
        people.THRESHOLD,
    )
    assert [(each.start, each.end) for each in taken] == [(0, 2), (2, 5)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("前锋卡洛斯·门德斯（carlosmendes）伤愈复出。", "carlosmendes"),
        ("摄影师鹤冈美穗在北京办展览。", "鹤冈美穗"),
        ("中国古典小说里的猪八戒，大家都喜欢。", "猪八戒"),
        ("文/丽芸", "丽芸"),
        ("晓雯：大家好", "晓雯"),
        ("小贝克汉姆与父亲同场。", "小贝克汉姆"),
    ],
)
def test_names_without_a_chinese_surname_are_read_too(text, wanted):
    text = normal.fold(text).text
    assert wanted in {text[each.start : each.end] for each in people.find(text)}


def test_what_may_be_a_name_is_shown_besides_and_never_masked():
    shown = 0
    for name in ("news.txt", "people.txt"):
        for sentence in readers.written(made.DATA / name):
            plain = privacy.find(sentence.text)
            every = privacy.find(sentence.text, with_doubtful=True)
            doubtful = [each for each in every if each.kind == parties.POSSIBLE_NAME]
            assert [each for each in every if each not in doubtful] == plain
            assert all(left.end <= right.start for left, right in pairwise(every))
            assert privacy.masked(sentence.text, every) == privacy.masked(sentence.text, plain)
            shown += len(doubtful)
    assert shown


def test_a_common_word_is_not_pointed_out_as_what_may_be_a_name(monkeypatch):
    monkeypatch.setattr(people, "THRESHOLD", 0.9999)
    monkeypatch.setattr(people, "DOUBTFUL", 0.000001)
    shown = [each.text for each in privacy.find("本法自公布之日起施行，由高明负责。", with_doubtful=True)]
    assert shown == ["高明"]


def test_nothing_is_shown_that_is_less_probable_than_doubtful(monkeypatch):
    monkeypatch.setattr(people, "DOUBTFUL", 0.4)
    monkeypatch.setattr(people, "THRESHOLD", 0.9999)
    shown = [
        each.confidence
        for name in ("news.txt", "people.txt")
        for sentence in readers.written(made.DATA / name)
        for each in privacy.find(sentence.text, with_doubtful=True)
        if each.kind == parties.POSSIBLE_NAME
    ]
    assert len(shown) > 100
    assert min(shown) >= 0.4


def test_what_may_be_a_name_of_somebody_in_office_is_not_shown(monkeypatch):
    monkeypatch.setattr(people, "THRESHOLD", 0.9999)
    text = "这件事王小明也同意。"
    (doubtful,) = privacy.find(text, with_doubtful=True)
    assert (doubtful.kind, doubtful.text, doubtful.mask) == (parties.POSSIBLE_NAME, "王小明", "")
    assert privacy.find(text, privacy.Context(officials=["王小明"]), with_doubtful=True) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("《李明》", "I<>"),
        ("《海边的李明》", "I>"),
        ("《边城》与李明", ""),
        ("李明传》等", "I"),
        ("李明读《边城》", ""),
    ],
)
def test_a_candidate_tells_whether_it_stands_in_a_title(text, wanted):
    place = text.index("李明")
    assert sights.title_at(text, place, place + 2) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "陈书记、李主任到场，张局长没有来。",
        "皇家马德里客场负于瓦伦西亚。",
        "诺基亚、摩托罗拉、爱立信的股价下跌。",
        "黄山、武夷山、庐山的门票不涨价。",
        "国务院总理、全国人大常委会委员长分别致电。",
        "阿森纳客场负于埃弗顿，切尔西战平博洛尼亚。",
        "麦肯锡与摩根大通发布报告，银监会没有回应。",
        "夏威夷、卢浮宫和雅清苑都是景点。",
        "系统支持PDF、Word和GPS，型号为DN300。",
    ],
)
def test_titles_places_and_firms_are_no_names(text):
    assert people.find(text) == []


def test_a_known_word_is_told_where_it_begins_goes_on_or_ends():
    listed = {"罗马": "P", "罗马里奥队": "C"}
    seen = [known_words.known_at("罗马里奥队", 0, end, listed) for end in (2, 4, 5)]
    assert seen == [">C", ">C", "=C"]
    assert known_words.known_at("罗马的", 0, 3, listed) == "<P"
    assert known_words.known_at("北京的", 0, 2, listed) == ""


def test_the_known_words_are_written_as_they_are_looked_for():
    for word, sort in known_words.sorts().items():
        assert len(word) > 1, word
        assert sort, word
        assert word == word.lower() if word.isascii() else True, word


def test_a_known_person_is_no_known_town_or_club():
    persons = {each for line in known_words._lines(known_words.PERSONS) for each in line.split()}
    bodies = {each for line in known_words._lines(known_words.BODIES) for each in line.split()}
    assert {"乾隆", "猪八戒"} <= persons
    assert persons.isdisjoint(bodies)


@pytest.mark.parametrize("before", ["", "当事人：", "来信收悉。申请人", "\u200b"])
def test_somebody_who_is_known_ends_within_the_text(before):
    for name in known_words.of_sort(known_words.PERSON):
        text = before + name
        assert all(0 <= each.start < each.end <= len(text) for each in privacy.find(text, with_doubtful=True))


def test_nothing_follows_a_name_where_none_stands_before():
    told = {each: people.follows(f"丽芸来了{each}", 0, -1) for each in (",", "(", "。")}
    assert told == {",": 0, "(": 0, "。": 0}
    assert [
        people.follows("丽芸(晓雯、志远", place, end) for place, end in ((2, 2), (3, 2), (6, 5), (6, 2))
    ] == [
        2,
        3,
        1,
        0,
    ]


def test_small_letters_without_any_chinese_are_no_names():
    for code in (
        "requests",
        "participation.calls",
        "meetings",
        "hotline_cases",
        "who met carlosmendes there",
        '{"kind": "停车", "number": 3, "record": "记录"}',
    ):
        assert privacy.find(code, with_doubtful=True) == []


@pytest.mark.parametrize("word", ["and", "python", "taobao", "pdf", "com", "reason", "docx", "weixin"])
def test_a_common_word_in_small_letters_is_no_name(word):
    for text in (f"我的{word}打不开了。", f"附件（{word}）", f"把{word}发给我"):
        assert named(text) == [], text


def test_the_longest_surname_of_japan_counts():
    told = [japanese_names.surname_at(each, 0) for each in ("佐佐木健", "佐佐健", "健佐佐", "佐藤", "佐")]
    assert told == [3, 2, 0, 2, 0]


def test_a_name_in_latin_letters_is_not_taken_for_a_masked_one():
    assert not any(names.is_masked(each) for each in ("Alex", "XiXi", "Max"))
    assert all(names.is_masked(each) for each in ("王X", "李xx", "张某", "XX"))


def test_a_person_who_goes_somewhere_is_not_taken_for_an_organisation():
    assert named("作家张洁柔到医院看望了读者。") == ["张洁柔"]
    assert named("作家张洁柔医院开业。") == []


def test_an_official_acting_in_office_is_seen_but_stays():
    found = privacy.find("合肥市城市管理局局长王建国主持会议。")
    assert [(each.text, each.is_private) for each in found] == [("王建国", False)]


def test_in_a_decision_the_officers_who_signed_are_not_reported():
    text = "行政处罚决定书\n当事人：赵小红。执法人员王建国、李红梅出示了证件。"
    assert [each.text for each in privacy.find(text)] == ["赵小红"]


def test_the_cases_own_parties_are_found_wherever_they_stand():
    text = "经查，该房屋由 欧阳 拙 出租。"
    assert named(text, privacy.Context(parties=["欧阳拙"])) == ["欧阳 拙"]


def test_a_person_of_the_register_is_not_masked():
    text = "王建国走访了社区。"
    assert named(text)
    assert named(text, privacy.Context(officials=["王建国"])) == []


def test_a_name_read_with_certainty_is_recognised_where_it_comes_again():
    text = "市民章子墨告诉记者，路灯坏了。昨天，章子墨又来了。"
    assert len(people.find(text.replace("，", ","))) == 2


def test_a_mask_keeps_the_surname_alone():
    assert [names.masked(each) for each in ("张三", "李小明", "欧阳修远")] == ["张某", "李某某", "欧阳某某"]


@pytest.mark.parametrize(("name", "least"), [("news.txt", 0.9), ("people.txt", 0.85)])
def test_the_written_news_is_read_better_than_the_promise(name, least):
    right = got = wanted = covered = 0
    for sentence in readers.written(made.DATA / name):
        found = {(each.start, each.end) for each in privacy.find(sentence.text) if each.kind == "person_name"}
        seen = {place for start, end in found for place in range(start, end)}
        right += len(found & sentence.names)
        got += len(found)
        wanted += len(sentence.names)
        covered += sum(seen.issuperset(range(*each)) for each in sentence.names)
    assert 2 * right / (got + wanted) >= least
    assert covered / wanted >= least
