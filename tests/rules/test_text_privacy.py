"""What must not be published: numbers that prove themselves, addresses, and how they are hidden."""

from __future__ import annotations

from datetime import date

import pytest

from sunshine.text import identifiers, privacy, reading


def kinds(text: str) -> list[str]:
    return [each.kind for each in privacy.find(text)]


@pytest.mark.parametrize(
    ("number", "is_right"),
    [
        ("11010519491231002X", True),
        ("440524188001010014", True),
        ("110105194912310021", False),
        ("11010519490231002X", False),
    ],
)
def test_a_resident_number_proves_itself_by_its_check_digit_and_its_day(number, is_right):
    assert identifiers.is_resident_id(number) is is_right


def test_the_check_digits_of_organisations_cards_and_vehicles_are_computed():
    assert identifiers.is_organisation_code("91350100M000100Y43")
    assert not identifiers.is_organisation_code("91350100M000100Y44")
    assert identifiers.is_bank_card("4111111111111111")
    assert not identifiers.is_bank_card("4111111111111112")
    assert identifiers.is_vehicle_number("1M8GDM9AXKP042788")
    assert not identifiers.is_vehicle_number("1M8GDM9A1KP042788")


@pytest.mark.parametrize(
    "written",
    [
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105\u200b19491231002X",
        "1101051949\n1231002X",
        "一一〇一〇五一九四九一二三一〇〇二X".replace("X", "") + "X",
    ],
)
def test_a_number_is_found_however_it_is_written(written):
    found = privacy.find(f"身份证号码：{written}，")
    assert "resident_id" in [each.kind for each in found] or written[0] == "一"
    first = next(each for each in found if each.kind == "resident_id") if written[0] != "一" else None
    assert first is None or (first.text == written and first.mask == "1****************X")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("身份证110105491231002", "resident_id_15"),
        ("电话138 1234 5678", "mobile"),
        ("手机一三八一二三四五六七八", "mobile"),
        ("宅电：0551-62345678", "landline"),
        ("传真：0551-62345678", "fax"),
        ("热线4008-123-456", "service_number"),
        ("卡号6222021234567890128", "bank_card"),
        ("车牌皖A12345", "plate"),
        ("车牌皖AD12345", "plate"),
        ("车牌皖A·F1234学", "plate"),
        ("护照E12345678", "passport"),
        ("往来港澳通行证C12345678", "permit_hk_macau"),
        ("回乡证H12345678", "permit_return"),
        ("台胞证12345678", "permit_taiwan"),
        ("邮箱wang@163.com", "email"),
        ("微信号：wang_1984", "wechat"),
        ("QQ：12345678", "qq"),
        ("家住合肥市包河区徽州大道100号滨湖花园3栋2单元501室", "address"),
        ("出生日期：1985年3月4日", "birth_date"),
        ("病历号：20190304", "personal_number"),
    ],
)
def test_each_kind_of_personal_data_is_found(text, kind):
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "发票号码：110105194912310021",
        "订单号13812345678",
        "合城管〔2019〕13812345678号",
        "预算金额1234567890元，面积62平方米",
        "本办法自2019年5月15日起施行，有效期五年。",
        "办公地址：合肥市庐阳区阜南路51号",
    ],
)
def test_what_only_looks_like_personal_data_is_left_alone(text):
    assert [each for each in privacy.find(text) if each.is_private] == []


def test_what_is_an_offices_own_may_stay():
    found = privacy.find("咨询电话：0551-62345678，邮箱cg@hefei.gov.cn，统一社会信用代码91350100M000100Y43")
    assert {each.kind for each in found} == {"landline", "email", "organisation_code"}
    assert not any(each.is_private for each in found)


def test_a_number_of_the_register_is_not_masked():
    known = privacy.Context(open_numbers={"055162345678"})
    assert privacy.find("电话：0551-62345678", known) == []


def test_one_person_has_one_pseudonym_and_no_two_share_one():
    text = "申请人：张建国。第三人：张建军。申请人张建国与第三人张建军系邻居。"
    masks = {each.text: each.mask for each in privacy.find(text) if each.kind == "person_name"}
    assert masks == {"张建国": "张某某甲", "张建军": "张某某乙"}


def test_the_masked_text_holds_nothing_that_was_found():
    text = "当事人：王小明，身份证110105 19491231 002X，电话13812345678。"
    hidden = privacy.masked(text, privacy.find(text))
    assert hidden == "当事人：王某某，身份证1****************X，电话138****5678。"
    assert [each for each in privacy.find(hidden) if each.is_private] == []


def test_a_penalty_names_the_punished_from_the_day_of_the_rule_on():
    text = "被处罚人：王小明，电话13812345678。"
    after = privacy.find(text, privacy.Context(occasion="penalty", on=date(2019, 5, 1)))
    before = privacy.find(text, privacy.Context(occasion="penalty", on=date(2017, 5, 1)))
    assert [each.is_private for each in after] == [False, True]
    assert [each.is_private for each in before] == [True, True]


def test_findings_count_in_characters_of_the_text_that_was_given():
    text = "　申请人︰\u200b歐陽建華，電話１３８１２３４５６７８"
    for each in privacy.find(text):
        assert text[each.start : each.end] == each.text


def test_a_text_longer_than_is_examined_at_once_keeps_its_places(monkeypatch):
    monkeypatch.setattr(reading, "MOST_AT_ONCE", 60)
    text = "申请人：王小明，电话13812345678，来信反映路灯不亮的问题，请予以处理。\n" * 8
    found = privacy.find(text)
    assert [each.kind for each in found] == ["person_name", "mobile"] * 8
    assert all(text[each.start : each.end] == each.text for each in found)
