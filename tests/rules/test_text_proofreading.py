"""What is wrong in a text: each promise of the proofreader with one case that it finds and one it leaves."""

from __future__ import annotations

import tarfile
from datetime import date
from pathlib import Path

import pytest

from sunshine.text import proofread, slips

SHARED = Path(__file__).parents[3] / "shared"
SEED = SHARED / "seed" / "report-2018.txt"


def found(text: str, known: slips.Knowledge = slips.NOTHING_KNOWN) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in proofread.check(text, known)]


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("我局己经按装了设备。", "confused_word", "己经"),
        ("人员培训按照规定，做为重点。", "confused_word", "做为"),
        ("各单位要加强监都，落实各项措失。", "confused_word", "监都"),
        ("各单位要加强监都，落实各项措失。", "confused_word", "措失"),
        ("停車管理办法", "script", "車"),
        ("请用滑鼠点选网路上的资讯。", "conversion", "网路"),
        ("关系凳寒危甩的公开", "garbage", "凳寒危甩"),
        ("本局“阳光公开工作", "pair", "“"),
        ("依法公开）工作", "pair", "）"),
        ("于2019年2月30日施行", "date", "2019年2月30日"),
        ("5月32日前办结", "date", "5月32日"),
        ("2019年5月15日（星期四）", "weekday", "四"),
        ("全年共办理提案64件，其中主办件30件，会办件32件。", "sum", "64件"),
        ("及时公开公开清单", "doubled_word", "公开公开"),
        ("采用微博、微博作为平台", "doubled_word", "微博"),
        ("各项工作，，全面推进", "doubled_sign", "，，"),
        ("服务全国第一", "absolute", "全国第一"),
        ("根据《中华人民共和国合同法》第五条", "citation", "中华人民共和国合同法"),
        ("接入GNSS平台", "abbreviation", "GNSS"),
        ("由市发改委牵头", "abbreviation", "发改委"),
        ("\ue000", "broken_characters", "\ue000"),
        ("公\u200b开", "hidden_character", "\u200b"),
        ("机密★一年", "secrecy_mark", "机密★一年"),
    ],
)
def test_each_kind_of_slip_is_found_where_it_stands(text, kind, where):
    assert (kind, where) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "全年共办理提案64件，其中主办件32件，会办件32件。",
        "2019年5月15日（星期三）起施行，2020年2月29日止。",
        "保险标的的价值由双方约定。",
        "写作实失，读作实施，实失有误。",
        "作家石诗措失踪。",
        "档案馆负责档案的收集和整理。",
        "北斗卫星导航系统（GNSS）已经接入。",
        "1）受理；2）审查；3）决定。",
        "根据《中华人民共和国民法典》第一百条",
    ],
)
def test_what_is_right_is_left_alone(text):
    assert found(text) == []


def test_numbering_that_skips_says_what_should_stand_there():
    slip = next(each for each in proofread.check("一、总则\n二、职责\n四、附则") if each.kind == "numbering")
    assert (slip.text, slip.suggestion) == ("四", "三")


def test_a_column_that_does_not_add_up_is_found_in_its_sum_row():
    table = "项目\t数量\n停车\t10\n环卫\t20\n合计\t31"
    assert found(table) == [("sum", "31")]
    assert found(table.replace("31", "30")) == []


def test_two_figures_for_one_thing_are_noticed():
    text = "全市停车泊位总数达到5000个。到年底，全市停车泊位总数达到6000个。"
    assert ("inconsistent_figure", "6000个") in found(text)


def test_a_passage_that_stands_twice_is_one_finding_though_a_few_characters_differ():
    passage = (
        "一是做好政策解读工作，按照谁起草谁解读的原则，起草单位负责做好解读，牵头单位负责组织，其他单位配合，"
        "着重说明背景依据、目标任务、主要内容、涉及范围和执行标准，使政策内涵透明。\n"
        "二是坚持同步组织、同步审签、同步部署，报批时应当将方案和材料一并报负责人审签，材料不齐全的，办公室予以退回，"
        "公布前做好预期引导，公布时在网站同步发布，执行中密切跟踪舆情。"
    )
    doubled = passage + "\n其他\n" + passage.replace("原则", "原寒危则", 1)
    blocks = [each for each in proofread.check(doubled) if each.kind == "doubled_block"]
    assert len(blocks) == 1
    assert blocks[0].start == len(passage) + 4


def test_offices_and_names_are_compared_with_the_register():
    known = slips.Knowledge(people={"王建国": ("局长",), "李红梅": ("副局长",)})
    assert ("title", "副局长") in found("副局长王建国出席。", known)
    assert ("name", "王建围") in found("局长王建围出席。", known)
    assert found("局长王建国、副局长李红梅出席。", known) == []


def test_a_law_is_outdated_only_from_the_day_it_ended():
    text = "根据《中华人民共和国合同法》"
    assert found(text, slips.Knowledge(on=date(2020, 12, 31))) == []
    assert found(text, slips.Knowledge(on=date(2021, 1, 1))) == [("citation", "中华人民共和国合同法")]


def test_an_article_beyond_the_last_one_is_noticed():
    known = slips.Knowledge(articles={"停车场管理办法": 40})
    assert ("citation", "四十一") in found("《停车场管理办法》第四十一条", known)
    assert found("《停车场管理办法》第四十条", known) == []


def test_an_address_of_the_site_that_leads_nowhere_is_noticed():
    known = slips.Knowledge(addresses={"https://cg.example/a"}, hosts={"cg.example"})
    assert found("见https://cg.example/a。", known) == []
    assert found("见https://cg.example/b。", known) == [("link", "https://cg.example/b")]
    assert found("见https://other.example/b。", known) == []


def test_the_bureaus_own_words_hold_from_their_day():
    word = slips.ListedWord("wording", "牛皮癣", "非法小广告", "error", "本局用语表", date(2019, 1, 1))
    known = slips.Knowledge(words=[word], on=date(2018, 1, 1))
    assert found("清理牛皮癣", known) == []
    slip = proofread.check("清理牛皮癣", slips.Knowledge(words=[word]))[0]
    assert (slip.severity, slip.suggestion) == ("error", "非法小广告")


def test_what_stands_in_the_midst_of_a_word_is_no_name():
    assert [text for kind, text in found("对广泛关注、关府拳系国计民生的建议，已公开。") if kind == "garbage"]
    assert not [text for kind, text in found("申请人：张拂庚，现住本市。") if kind == "garbage"]


@pytest.mark.skipif(not SEED.exists(), reason="the report of 2018 is not laid beside the project")
def test_the_report_of_2018_shows_its_flaws_and_few_others():
    text = SEED.read_text("utf-8")
    slips_found = proofread.check(text)
    garbage = [each for each in slips_found if each.kind == "garbage"]
    assert len(garbage) == 7
    blocks = [each for each in slips_found if each.kind == "doubled_block"]
    assert len(blocks) == 1
    assert blocks[0].end - blocks[0].start > 3000
    meant = {each.suggestion for each in slips_found if each.kind == "conversion"}
    assert {"文件", "粉丝", "网络", "窗口", "自行车", "程序", "计划", "优化"} <= meant
    explained = {"garbage", "doubled_block", "conversion", "script", "pair", "doubled_word"}
    assert len([each for each in slips_found if each.kind not in explained]) < len(text) / 1000


@pytest.mark.skipif(
    not (SHARED / "data" / "laws.tar.xz").exists(), reason="the laws are not laid beside the project"
)
def test_clean_laws_raise_fewer_than_one_blocking_alarm_in_twenty_thousand_characters():
    size = alarms = 0
    with tarfile.open(SHARED / "data" / "laws.tar.xz") as archive:
        members = [each for each in archive if each.name.endswith(".md")][5::120]
        for member in members:
            opened = archive.extractfile(member)
            assert opened is not None
            text = opened.read().decode("utf-8").partition("<!-- INFO END -->")[2]
            size += len(text)
            alarms += sum(each.severity == "error" for each in proofread.check(text))
    assert size > 100_000
    assert alarms / size * 20_000 < 1
