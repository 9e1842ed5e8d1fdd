"""The search finds what is public, at once and only that; it is behind or gone without harm."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sunshine.core.ledger import operations as ledger
from sunshine.core.ledger.models import Delivery
from sunshine.core.ledger.queries import GIVES_UP_AFTER
from sunshine.core.publishing.models import Record
from sunshine.core.publishing.operations import mending
from sunshine.lenses.search import matching, operations, queries, ranking, store
from sunshine.text import query
from tests import cast as plays
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=3)
TODAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def own_index(settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    """Let each test have an index of its own."""
    settings.SEARCH_INDEX = tmp_path / "search"
    yield settings.SEARCH_INDEX
    store._readers.pop(settings.SEARCH_INDEX, None)


@pytest.fixture
def bureau(db: None) -> plays.Cast:
    return plays.make_cast()


def tell() -> None:
    """Let the search hear what was recorded."""
    while ledger.deliver(at=LATER + timedelta(days=1)):
        pass


def found(words: str = "", **more: Any) -> list[str]:
    return [hit.title for hit in search(words, **more).hits]


def search(words: str = "", on: date = TODAY, **more: Any) -> queries.Result:
    return queries.search(queries.Question(words, **more), on=on)


def test_a_record_is_found_by_its_title_its_number_its_text_and_its_files(bureau: plays.Cast):
    plays.make_record(
        bureau,
        title="关于建筑垃圾运输时间的通告",
        body="<p>每日二十二时至次日六时可以通行绕城高速。</p>",
        fields={"number": "阳城管〔2026〕12号"},
        attachments={"路线图.txt": "经过翡翠路与繁华大道".encode()},
    )
    plays.make_record(bureau, title="关于公厕保洁的通知", body="<p>每日两次。</p>")
    tell()
    for words in ("建筑垃圾运输", "阳城管〔2026〕12号", "绕城高速", "翡翠路", "路线图"):
        assert found(words)[:1] == ["关于建筑垃圾运输时间的通告"], words


@pytest.mark.parametrize("words", ["建築垃圾", "建筑垃圾", " 建筑  垃圾 "])
def test_both_scripts_and_loose_writing_find_the_same(bureau: plays.Cast, words: str):
    plays.make_record(bureau, title="建筑垃圾运输ＰＭ２．５监测")
    tell()
    assert found(words) == found("pm2.5") == ["建筑垃圾运输ＰＭ２．５监测"]


def test_the_exact_title_and_the_exact_number_come_first(bureau: plays.Cast):
    plays.make_record(bureau, title="停车管理办法实施细则停车管理办法", body="<p>停车管理办法</p>" * 9)
    plays.make_record(
        bureau, title="停车管理办法", body="<p>略。</p>", fields={"number": "阳城管〔2026〕1号"}
    )
    plays.make_record(bureau, title="引用阳城管〔2026〕1号的通知", body="<p>阳城管〔2026〕1号</p>" * 9)
    tell()
    assert found("停车管理办法")[0] == "停车管理办法"
    assert found("阳城管[2026] 1号")[0] == "停车管理办法"


def test_a_question_finds_the_paper_that_answers_it_in_other_words(bureau: plays.Cast):
    plays.make_record(bureau, title="关于建筑垃圾运输的通告", body="<p>建筑垃圾运输车辆夜间进城。</p>")
    plays.make_record(bureau, title="关于公厕开放的通知", body="<p>公共厕所全天开放。</p>")
    tell()
    assert found("请问渣土什么时候能进城？")[0] == "关于建筑垃圾运输的通告"


def test_facets_count_what_was_found_and_narrow_it(bureau: plays.Cast):
    for number in range(3):
        plays.make_record(bureau, title=f"停车通知{number}", fields={"topic": "停车"})
    plays.make_record(bureau, title="停车公告", kind="announcement", fields={"topic": "市容"})
    tell()
    result = search("停车")
    assert result.total == 4
    assert dict(result.facets["kind"]) == {"notice": 3, "announcement": 1}
    assert dict(result.facets["topic"]) == {"停车": 3, "市容": 1}
    assert result.facets["year"] == [("2026", 4)]
    assert found("停车", kinds=("announcement",)) == found("停车", topic="市容") == ["停车公告"]
    assert search(kinds=("notice",), year=2026).total == 3
    assert search("停车", year=2025).total == 0


def test_the_days_of_publication_narrow_to_the_day(bureau: plays.Cast):
    plays.make_record(bureau, title="停车通知")
    tell()
    day = MONDAY.date()
    assert search("停车", since=day, until=day).total == 1
    assert search("停车", since=day + timedelta(days=1)).total == 0
    assert search("停车", until=day - timedelta(days=1)).total == 0


def test_validity_is_judged_on_the_day_of_the_question(bureau: plays.Cast):
    term = {"effective_from": "2026-04-01", "valid_until": "2027-03-31"}
    plays.make_record(bureau, title="停车规定", fields=term)
    tell()

    def state(on: date) -> list[tuple[str, int]]:
        return list(search("停车", on=on).facets["validity"])

    assert state(date(2026, 3, 31)) == [("not_yet", 1)]
    assert state(date(2026, 4, 1)) == state(date(2027, 3, 31)) == [("valid", 1)]
    assert state(date(2027, 4, 1)) == [("lapsed", 1)]
    assert search("停车", validity="valid", on=date(2026, 4, 1)).total == 1
    assert search("停车", validity="valid", on=date(2027, 4, 1)).total == 0
    record = Record.objects.get(title="停车规定")
    mending.repeal(record.pk, on=date(2026, 6, 1), reason="已有新规", actor=bureau.leader, at=LATER)
    tell()
    assert state(date(2026, 6, 1)) == [("repealed", 1)]
    assert search("停车", on=date(2026, 6, 1)).hits[0].validity == "repealed"


def test_of_two_that_answer_alike_the_one_in_force_comes_first_then_the_newer(bureau: plays.Cast):
    lapsed = {"effective_from": "2020-01-01", "valid_until": "2021-01-01"}
    plays.make_record(bureau, title="停车规定（一）", body="<p>停车</p>")
    plays.make_record(bureau, title="停车规定（二）", body="<p>停车</p>", at=MONDAY + timedelta(minutes=60))
    plays.make_record(
        bureau, title="停车规定（三）", body="<p>停车</p>", fields=lapsed, at=MONDAY + timedelta(minutes=120)
    )
    tell()
    assert found("停车规定") == ["停车规定（二）", "停车规定（一）", "停车规定（三）"]
    assert found("停车规定", sort="newest")[0] == "停车规定（三）"
    assert found("停车规定", sort="oldest")[0] == "停车规定（一）"


def test_a_snippet_shows_the_words_where_they_stand(bureau: plays.Cast):
    plays.make_record(bureau, title="通告", body=f"<p>{'无关的话。' * 80}</p><p>渣土车夜间通行。</p>")
    tell()
    hit = search("渣土车").hits[0]
    assert (True, "渣土车") in hit.snippet_segments
    assert sum(len(text) for _, text in hit.snippet_segments) < 130


def test_pages_of_hits_follow_each_other_without_gap_or_repetition(bureau: plays.Cast):
    operations.rebuild()
    pages = [
        store.Page(str(number), "", "notice", f"停车通知{number}", f"停车{'收费' * (number % 7)}")
        for number in range(130)
    ]
    store.add(queries.folder(), pages)
    searcher = store.reader(queries.folder()).searcher()
    asked = ranking.found(searcher, query.meanings("停车"), matching.Narrowing(), 20260303)
    seen = [
        each.page.reference
        for first in range(0, 130, 10)
        for each in ranking.ranked(
            searcher, asked, sort="relevance", first=first, last=first + 10, on=20260303
        )
    ]
    assert sorted(map(int, seen)) == list(range(130))


def test_what_was_withdrawn_is_gone_before_the_index_hears_of_it(bureau: plays.Cast):
    record = plays.make_record(bureau, title="停车收费公示")
    tell()
    assert found("停车收费") == ["停车收费公示"]
    given = {"ground": "inaccurate", "reason": "数字有误", "decided_by": "局长"}
    mending.withdraw(record.pk, **given, actor=bureau.leader, at=LATER)
    assert (found("停车收费"), search("停车收费").total) == ([], 0)
    tell()
    assert store.reader(queries.folder()).searcher().num_docs == 0


def test_what_somebody_else_cannot_hear_does_not_keep_the_index_from_being_mended(bureau: plays.Cast):
    plays.make_record(bureau, title="关于停车收费的通知")
    tell()
    plays.make_record(bureau, title="关于渣土运输的通知", at=LATER)
    assert operations.mend(at=LATER) == 0, "it has not heard of it yet"
    Delivery.objects.filter(handler=operations.HEARS).update(attempts=GIVES_UP_AFTER)
    assert operations.mend(at=LATER) == 2
    assert found("渣土运输") == ["关于渣土运输的通知"]


def test_what_was_erased_is_gone_before_the_index_hears_of_it(bureau: plays.Cast):
    record = plays.make_record(bureau, title="处罚公示", fields={"summary": "当事人甲某某的事"})
    tell()
    assert found("甲某某") == ["处罚公示"]
    mending.erase(
        record.reference,
        version=1,
        names=["summary"],
        ground="PIPL art. 47",
        proposed_by=bureau.privacy,
        decided_by=bureau.leader,
        at=LATER,
    )
    assert found("甲某某") == []
    tell()
    assert found("甲某某") == []
    assert found("处罚公示") == ["处罚公示"]


def test_drafts_and_what_waits_are_not_found(bureau: plays.Cast):
    for stage in plays.STAGES[:-1]:
        plays.make_document(bureau, upto=stage, title="尚未公开的停车方案")
    tell()
    operations.rebuild()
    assert search("停车方案").total == 0


@pytest.mark.parametrize("damage", ["folder", "meta", "form", "pointer"])
def test_a_damaged_index_finds_nothing_and_is_built_anew(bureau: plays.Cast, own_index: Path, damage: str):
    plays.make_record(bureau, title="停车通知")
    tell()
    generation = own_index / (own_index / "current").read_text()
    if damage == "folder":
        shutil.rmtree(own_index)
    elif damage == "meta":
        (generation / "meta.json").write_text("{")
    elif damage == "form":
        generation.rename(own_index / "form0-old")
        (own_index / "current").write_text("form0-old")
    else:
        (own_index / "current").write_bytes(b"\xff\xfe")
    store._readers.clear()
    assert search("停车").total == 0
    assert operations.mend(at=LATER) == 1
    assert found("停车") == ["停车通知"]
    assert operations.mend(at=LATER) == 0


def test_an_index_that_missed_something_is_mended(bureau: plays.Cast):
    plays.make_record(bureau, title="停车通知")
    tell()
    plays.make_record(bureau, title="公厕通知")
    assert operations.mend(at=LATER) == 0, "what waits to be delivered was not missed"
    Delivery.objects.all().delete()
    assert operations.mend(at=LATER) == 2
    assert found("公厕") == ["公厕通知"]


def test_hearing_of_a_record_again_changes_nothing(bureau: plays.Cast):
    record = plays.make_record(bureau, title="停车通知")
    tell()
    operations.index([record.reference, record.reference])
    operations.index([record.reference])
    assert store.reader(queries.folder()).searcher().num_docs == 1


def test_another_process_finds_what_was_just_published(bureau: plays.Cast, own_index: Path):
    operations.rebuild()
    ask = (
        "import sys, time; from pathlib import Path; from sunshine.lenses.search import store\n"
        "print(store.reader(Path(sys.argv[1])).searcher().num_docs, flush=True)\n"
        "sys.stdin.readline()\n"
        "print(store.reader(Path(sys.argv[1])).searcher().num_docs, flush=True)"
    )
    command = [sys.executable, "-c", ask, str(own_index)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "0\n"
        plays.make_record(bureau, title="停车通知")
        tell()
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == "1\n"


def test_from_publishing_to_finding_takes_less_than_a_second(bureau: plays.Cast):
    operations.rebuild()
    plays.make_record(bureau, title="停车通知")
    begun = time.perf_counter()
    tell()
    assert found("停车") == ["停车通知"]
    assert time.perf_counter() - begun < 1


def only_the_search_hears() -> None:
    """Leave out the kinds of work that hear of each record alone."""
    Delivery.objects.exclude(handler__startswith="sunshine.lenses.search.").delete()


def test_many_records_are_heard_of_in_one_go(bureau: plays.Cast):
    operations.rebuild()
    for number in range(3):
        plays.make_record(bureau, title=f"停车通知{number}")
    only_the_search_hears()
    with CaptureQueriesContext(connection) as together:
        tell()
    assert not Delivery.objects.exists()
    for number in range(12):
        plays.make_record(bureau, title=f"公厕通知{number}")
    only_the_search_hears()
    with CaptureQueriesContext(connection) as more:
        tell()
    assert len(more) == len(together)


def test_a_question_asks_the_database_once_however_much_there_is(bureau: plays.Cast):
    for number in range(14):
        plays.make_record(bureau, title=f"停车通知{number}")
    tell()
    with CaptureQueriesContext(connection) as asked:
        assert len(search("停车").hits) == 10
    assert len(asked) == 1
