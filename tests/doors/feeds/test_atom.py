"""What a feed reader sees: valid Atom, names that stay, and what was taken back."""

from __future__ import annotations

from datetime import timedelta

import feedparser
import pytest
from django.test import Client
from lxml import etree

from sunshine.core.publishing.operations import mending
from tests import cast as plays
from tests.cast import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.urls("sunshine.doors.feeds.urls")]

ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
ALL = "/feeds/all.atom"


@pytest.fixture
def public() -> Client:
    return Client()


def tree_of(response) -> etree._Element:
    return etree.fromstring(response.content)


def withdraw(record) -> None:
    mending.withdraw(
        record.pk,
        ground="inaccurate",
        reason="附件数字有误",
        decided_by="局长",
        actor=None,
        at=MONDAY + timedelta(days=1),
    )


def test_what_is_published_stands_in_the_feed_with_its_summary_and_address(public):
    record = plays.make_record(plays.make_cast())
    feed = feedparser.parse(public.get(ALL).content)
    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.title == record.title
    assert entry.link.endswith(f"/r/{record.reference}/")
    assert entry.summary.startswith("自本月起")
    assert entry.author == "停车管理处"
    assert entry.tags[0].label == "通知"


def test_every_feed_and_entry_says_what_atom_demands(public):
    plays.make_record(plays.make_cast())
    for path in (ALL, "/feeds/statutory.atom", "/feeds/item/norms.atom"):
        tree = tree_of(public.get(path))
        for holder in [tree, *tree.findall("a:entry", ATOM)]:
            for name in ("id", "title", "updated", "author"):
                assert len(holder.findall(f"a:{name}", ATOM)) == 1, (path, name)
        assert len(tree.findall("a:entry", ATOM)) == 1
        assert tree.find("a:link[@rel='self']", ATOM).get("href").endswith(path)


def test_an_entry_keeps_its_name_when_the_site_moves(public, settings):
    plays.make_record(plays.make_cast())
    before = feedparser.parse(public.get(ALL).content).entries[0]
    settings.SITE_URL = "https://new.example.gov.cn"
    after = feedparser.parse(public.get(ALL).content).entries[0]
    assert after.link.startswith("https://new.example.gov.cn/r/")
    assert before.id == after.id


def test_an_attachment_is_an_enclosure_with_its_length(public):
    plays.make_record(plays.make_cast(), attachments={"费用 表.txt": "每小时 5 元".encode()})
    entry = feedparser.parse(public.get(ALL).content).entries[0]
    (enclosure,) = entry.enclosures
    assert enclosure.length == str(len("每小时 5 元".encode()))
    assert "/v1/files/1/" in enclosure.href
    assert " " not in enclosure.href


def test_a_withdrawn_record_leaves_a_tombstone_and_no_entry(public):
    record = plays.make_record(plays.make_cast())
    name = tree_of(public.get(ALL)).find("a:entry/a:id", ATOM).text
    withdraw(record)
    tree = tree_of(public.get(ALL))
    assert tree.findall("a:entry", ATOM) == []
    stone = tree.find("at:deleted-entry", ATOM)
    assert stone.get("ref") == name
    assert stone.find("at:comment", ATOM).text == "附件数字有误"
    assert stone.find("at:by/a:name", ATOM).text == "局长"
    assert record.title not in public.get(ALL).text


def test_a_feed_never_tells_of_a_draft(public):
    plays.make_document(plays.make_cast(), upto="approved", title="尚未公开的草案")
    assert "尚未公开的草案" not in public.get(ALL).text


def test_a_reader_who_has_everything_is_told_so(public):
    cast = plays.make_cast()
    record = plays.make_record(cast)
    first = public.get(ALL)
    assert public.get(ALL, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert public.get(ALL, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    withdraw(record)
    assert public.get(ALL, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_long_feed_goes_on_page_by_page_without_a_gap(public, monkeypatch):
    cast = plays.make_cast()
    titles = [plays.make_record(cast, title=f"第{number}号通知").title for number in "一二三"]
    monkeypatch.setattr("sunshine.doors.feeds.atom.ON_A_PAGE", 2)
    first = tree_of(public.get(ALL))
    following = first.find("a:link[@rel='next']", ATOM).get("href").partition("testserver")[2]
    second = tree_of(public.get(following or first.find("a:link[@rel='next']", ATOM).get("href")))
    told = [title.text for page in (first, second) for title in page.findall("a:entry/a:title", ATOM)]
    assert told == titles[::-1]
    assert second.find("a:link[@rel='next']", ATOM) is None


def test_a_control_character_in_a_title_does_not_break_the_feed(public):
    plays.make_record(plays.make_cast(), title="通知\u000b与<公告>&\u0001附件")
    feed = feedparser.parse(public.get(ALL).content)
    assert not feed.bozo
    assert feed.entries[0].title_detail.value in {"通知与<公告>&附件", "通知与&lt;公告&gt;&amp;附件"}


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/nothing.atom",
        "/feeds/item/none.atom",
        "/feeds/all.atom?after=1999-1",
    ],
)
def test_a_feed_that_is_not_there_is_not_found(public, path):
    assert public.get(path).status_code == 404


def test_the_number_of_questions_does_not_grow_with_the_feed(public, django_assert_max_num_queries):
    cast = plays.make_cast()
    for number in range(3):
        plays.make_record(cast, title=f"通知{number}", attachments={"a.txt": str(number).encode()})
    with django_assert_max_num_queries(9):
        assert public.get(ALL).text.count("<entry>") == 3
