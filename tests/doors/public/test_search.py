"""The search page and its suggestions, as a stranger asks them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import LazySettings
from django.test import Client

from sunshine.core.ledger import operations as ledger
from sunshine.core.publishing.models import Record
from sunshine.core.publishing.operations import mending
from sunshine.lenses.search import store
from tests import cast as plays
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=3)


@pytest.fixture(autouse=True)
def own_index(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    """Let each test have an index of its own."""
    settings.SEARCH_INDEX = tmp_path / "search"
    yield
    store._readers.pop(settings.SEARCH_INDEX, None)


@pytest.fixture
def bureau(db: None) -> plays.Cast:
    return plays.make_cast()


def publish(bureau: plays.Cast, *titles: str, **story: Any) -> None:
    """Publish documents and let the search hear of them."""
    for title in titles:
        plays.make_record(bureau, title=title, **story)
    ledger.deliver(at=LATER + timedelta(days=1))


def page(client: Client, **asked: str) -> str:
    """Return the search page."""
    response = client.get("/search/", asked)
    assert response.status_code == 200
    return response.content.decode()


def suggested(client: Client, begun: str, language: str = "") -> list[str]:
    """Return the titles that are suggested."""
    answer = client.get(f"{language}/search/suggest/?q={quote(begun)}")
    assert answer.headers["Cache-Control"] == "no-store"
    first, titles = answer.json()
    assert first == begun
    return list(titles)


def test_the_page_shows_what_was_found_and_marks_the_words(client: Client, bureau: plays.Cast):
    publish(bureau, "关于停车泊位收费的通知", body="<p>泊位编号另行公布。</p>")
    shown = page(client, q="泊位编号")
    assert "关于停车泊位收费的通知" in shown
    assert "<mark>泊位编号</mark>" in shown


@pytest.mark.parametrize("records", [3, 30])
def test_the_page_asks_the_database_the_same_few_questions_however_much_is_found(
    client: Client, bureau: plays.Cast, django_assert_num_queries: Any, records: int
):
    publish(bureau, *(f"停车通知{number}" for number in range(records)))
    with django_assert_num_queries(1):
        page(client, q="停车")
    with django_assert_num_queries(1):
        suggested(client, "停车")


@pytest.mark.parametrize("asked", ["tingchebowei", "ting che bo wei", "停车薄位", "婷车泊位"])
def test_pinyin_and_slips_lead_to_what_was_meant(client: Client, bureau: plays.Cast, asked: str):
    publish(bureau, "关于规范停车泊位的通知", body="<p>另行公布。</p>")
    shown = page(client, q=asked)
    assert "q=%E5%81%9C%E8%BD%A6%E6%B3%8A%E4%BD%8D" in shown
    assert "停车泊位</a>" in shown


def test_what_is_written_well_is_not_put_in_question(client: Client, bureau: plays.Cast):
    publish(bureau, "关于规范停车泊位的通知", "关于停车收费的通知")
    for asked in ("停车泊位", "停车收费", "停车位置", "xyzzy"):
        assert "finding__meant" not in page(client, q=asked), asked


def test_titles_are_suggested_from_the_middle_of_a_word_on(client: Client, bureau: plays.Cast):
    publish(bureau, "关于停车泊位的通知", "关于公厕的通知")
    for begun in ("停", "停车", "停車", "停车b", "tingche", "泊位的"):
        assert suggested(client, begun) == ["关于停车泊位的通知"], begun
    assert suggested(client, "停車", "/zh-hant") == ["關於停車泊位的通知"]
    assert suggested(client, "") == suggested(client, "，") == []


def test_nothing_is_suggested_that_the_public_may_not_read(client: Client, bureau: plays.Cast):
    publish(bureau, "关于停车泊位的通知")
    plays.make_document(bureau, upto="approved", title="关于停车收费的秘密方案")
    record = plays.make_record(bureau, title="关于停车楼的通知")
    ledger.deliver(at=LATER + timedelta(days=1))
    assert len(suggested(client, "停车")) == 2
    given = {"ground": "inaccurate", "reason": "有误", "decided_by": "局长"}
    mending.withdraw(record.pk, **given, actor=bureau.leader, at=LATER)
    assert suggested(client, "停车") == ["关于停车泊位的通知"]
    assert "停车楼" not in page(client, q="听车楼")


def test_a_record_names_its_relatives_and_not_strangers(client: Client, bureau: plays.Cast):
    publish(bureau, "关于停车泊位编号的通知", "关于停车泊位收费的公告", "二〇二六年度部门预算")
    first = Record.objects.get(title="关于停车泊位编号的通知")
    shown = client.get(f"/r/{first.reference}/").content.decode()
    related = shown.partition('id="related"')[2].partition("</section>")[0]
    assert "关于停车泊位收费的公告" in related
    assert "预算" not in related
    assert "编号" not in related


def test_the_search_page_works_while_there_is_no_index(client: Client):
    assert page(client, q="停车")
    assert suggested(client, "停车") == []
