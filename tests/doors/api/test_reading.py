"""What a program reads: records by page, versions, proofs, the directory; never a draft."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger.models import Leaf
from sunshine.core.publishing.operations import mending
from sunshine.kernel import merkle, note
from tests import cast as plays
from tests.cast import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.doors.api.urls")]

HERE = "/api/v1"


@pytest.fixture
def program() -> Client:
    return Client()


def withdraw(record) -> None:
    mending.withdraw(
        record.pk,
        ground="inaccurate",
        reason="附件数字有误",
        decided_by="局长",
        actor=None,
        at=MONDAY + timedelta(days=1),
    )


def listed(program, **asked) -> list[str]:
    return [each["title"] for each in program.get(f"{HERE}/records", asked).json()["records"]]


def test_a_list_names_each_record_with_its_addresses_and_validity(program):
    record = plays.make_record(plays.make_cast())
    (line,) = program.get(f"{HERE}/records").json()["records"]
    assert line["reference"] == record.reference
    assert line["url"].endswith(f"/r/{record.reference}/")
    assert (line["kind"], line["kind_term"]) == ("notice", "通知")
    assert (line["validity"], line["validity_term"]) == ("valid", "有效")
    assert (line["item"], line["column"], line["in_time"]) == ("norms", "statutory", True)


def test_a_list_goes_on_from_the_last_record_though_more_is_published_meanwhile(program):
    cast = plays.make_cast()
    for number in range(3):
        plays.make_record(cast, title=f"通知{number}")
    first = program.get(f"{HERE}/records", {"limit": 2}).json()
    plays.make_record(cast, title="通知3", at=MONDAY + timedelta(days=1))
    second = program.get(first["next"]).json()
    assert [each["title"] for each in first["records"] + second["records"]] == ["通知2", "通知1", "通知0"]
    assert second["next"] is None


def test_a_withdrawn_record_still_says_where_the_list_goes_on(program):
    cast = plays.make_cast()
    records = [plays.make_record(cast, title=f"通知{number}") for number in range(3)]
    following = program.get(f"{HERE}/records", {"limit": 1}).json()["next"]
    withdraw(records[2])
    assert [each["title"] for each in program.get(following).json()["records"]] == ["通知1"]


def test_filters_narrow_the_list(program):
    cast = plays.make_cast()
    plays.make_record(cast, title="旧通知", fields={"formed_on": "2024-02-01"})
    plays.make_record(cast, title="公告", kind="announcement", at=MONDAY + timedelta(days=3))
    assert listed(program, kind="announcement") == ["公告"]
    assert listed(program, kind=["announcement", "notice"]) == ["公告", "旧通知"]
    assert listed(program, year=2024) == ["旧通知"]
    assert listed(program, until="2026-03-02") == ["旧通知"]
    assert listed(program, since="2026-03-03") == ["公告"]
    assert listed(program, item="norms", column="statutory") == ["公告", "旧通知"]
    assert listed(program, column="guide") == []
    assert listed(program, department="停车管理处") == ["公告", "旧通知"]
    assert listed(program, department="停车") == []


def test_validity_is_judged_on_the_day_asked_for(program):
    days = {"effective_from": "2026-04-01", "valid_until": "2026-12-31"}
    plays.make_record(plays.make_cast(), title="暂行通知", fields=days)
    for on, state in (("2026-03-31", "not_yet"), ("2026-12-31", "valid"), ("2027-01-01", "lapsed")):
        assert listed(program, validity=state, on=on) == ["暂行通知"]
        others = {"not_yet", "valid", "lapsed", "repealed"} - {state}
        assert [listed(program, validity=other, on=on) for other in others] == [[], [], []]
        line = program.get(f"{HERE}/records", {"on": on}).json()["records"][0]
        assert line["validity"] == state


def test_a_normative_document_without_a_last_day_lapses_after_five_years(program):
    plays.make_record(
        plays.make_cast(),
        kind="normative_document",
        title="办法",
        interpretation="<p>为什么这样规定。</p>",
        fields={"effective_from": "2020-02-29"},
    )
    for on, state in (("2025-02-27", "valid"), ("2025-02-28", "lapsed")):
        assert "办法" in listed(program, validity=state, on=on)
        line = program.get(f"{HERE}/records", {"on": on, "kind": "normative_document"}).json()["records"][0]
        assert line["validity"] == state


def test_a_whole_record_has_its_text_files_and_place_in_the_log(program):
    record = plays.make_record(plays.make_cast(), attachments={"费用表.txt": b"5"})
    told = program.get(f"{HERE}/records/{record.reference}").json()
    assert told["body"].startswith("<p>自本月起")
    assert told["attribute_term"] == "主动公开"
    assert told["files"][0]["name"] == "费用表.txt"
    assert told["digest"] == record.versions.get().digest
    assert told["sealed_url"].endswith(f"/r/{record.reference}/v1.json")


def test_an_interpretation_and_its_document_point_to_each_other(program):
    record = plays.make_record(plays.make_cast(), kind="normative_document", interpretation="<p>为什么。</p>")
    told = program.get(f"{HERE}/records/{record.reference}").json()
    (reference,) = told["interpretations"]
    assert program.get(f"{HERE}/records/{reference}").json()["interprets"] == record.reference


def test_versions_are_listed_with_their_digests(program):
    record = plays.make_record(plays.make_cast())
    (version,) = program.get(f"{HERE}/records/{record.reference}/versions").json()["versions"]
    assert (version["number"], version["digest"]) == (1, record.versions.get().digest)


@pytest.mark.parametrize("below", ["records/{}", "records/{}/versions", "log/proof/{}"])
def test_a_withdrawn_record_answers_gone_with_the_reason_and_nothing_of_its_content(program, below):
    record = plays.make_record(plays.make_cast())
    withdraw(record)
    answer = program.get(f"{HERE}/{below.format(record.reference)}")
    assert answer.status_code == 410
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (told["reason"], told["decided_by"], told["ground"]) == ("附件数字有误", "局长", "inaccurate")
    assert record.title not in answer.text


def test_no_address_tells_of_a_draft(program):
    cast = plays.make_cast()
    plays.make_record(cast)
    plays.make_document(cast, upto="approved", title="尚未公开的草案")
    told = program.get(f"{HERE}/openapi.json").json()["paths"]
    paths = [path for path in told if "{" not in path and not path.endswith("/clock")]
    assert len(paths) >= 5
    for path in [*paths, f"{HERE}/records/2026-00002"]:
        assert "尚未公开的草案" not in program.get(path).text


def test_a_proof_verifies_with_the_key_that_the_log_names(program):
    record = plays.make_record(plays.make_cast())
    proof = program.get(f"{HERE}/log/proof/{record.reference}").json()
    info = program.get(f"{HERE}/log").json()
    leaf = merkle.leaf_hash(bytes(Leaf.objects.get(index=proof["index"]).data))
    told = note.verify_tlog_proof(proof["file"], leaf, note.Verifier.parse(info["key"]))
    assert told.size == info["size"] == ledger.size()


def test_the_directory_says_how_its_promise_is_kept(program):
    cast = plays.make_cast()
    plays.make_item("budget")
    plays.make_record(cast)
    told = program.get(f"{HERE}/directory").json()
    assert (told["items"], told["covered"], told["due"], told["in_time"]) == (2, 1, 1, 1)
    columns = program.get(f"{HERE}/columns").json()["columns"]
    assert next(column["term"] for column in columns) == "政府信息公开指南"
    assert {column["slug"]: column["records"] for column in columns}["statutory"] == 1


def test_health_counts_what_is_public(program):
    plays.make_record(plays.make_cast())
    told = program.get(f"{HERE}/health").json()
    assert (told["records"], told["in_time"]) == (1, 1)
    assert told["log_size"] == ledger.size()


def test_who_holds_the_newest_answer_is_told_so_until_something_changes(program):
    record = plays.make_record(plays.make_cast())
    address = f"{HERE}/records/{record.reference}"
    etag = program.get(address)["ETag"]
    assert program.get(address, headers={"if-none-match": etag}).status_code == 304
    withdraw(record)
    assert program.get(address, headers={"if-none-match": etag}).status_code == 410


def test_a_list_asks_the_same_number_of_questions_however_long(program, django_assert_num_queries):
    cast = plays.make_cast()
    for number in range(3):
        plays.make_record(cast, title=f"通知{number}")
    with django_assert_num_queries(3):
        assert len(program.get(f"{HERE}/records").json()["records"]) == 3
