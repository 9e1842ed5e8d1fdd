"""The people and documents that tests act with: plain functions, each saying what it makes.

A `Cast` is a small bureau in which every role is held by somebody else. `make_document` takes one
document as far as asked, through the same operations that the desk calls, never around them.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sunshine.core.matters.models import Matter
from sunshine.core.people import operations as people
from sunshine.core.people import rules as roles
from sunshine.core.people.models import Department, Person
from sunshine.core.publishing.models import DirectoryItem, Record
from sunshine.core.publishing.operations import directory, files
from sunshine.core.publishing.queries import bundles
from sunshine.core.publishing.rules import Attribute, ReviewKind
from sunshine.kernel.period import SHANGHAI
from sunshine.kernel.procedure import Role
from sunshine.work.documents import operations as documents
from sunshine.work.documents.models import Document

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
"""When the stories begin, unless they say otherwise."""
FORMED_ON = date(2026, 3, 2)
PASSWORD = "sunshine-for-everyone"

_usernames = (f"person{number}" for number in itertools.count(1))

STAGES = ("drafting", "at_office", "in_review", "at_leader", "approved", "published")
"""How far `make_document` can go, in this order."""

REVIEWS = (
    (ReviewKind.PROOFREADING, "proofreader"),
    (ReviewKind.PRIVACY, "privacy"),
    (ReviewKind.CONFIDENTIALITY, "confidentiality"),
    (ReviewKind.LEGALITY, "legal"),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """A small bureau: one department, the office, and somebody for each role."""

    department: Department
    office: Department
    drafter: Person
    head: Person
    clerk: Person
    office_head: Person
    keeper: Person
    proofreader: Person
    privacy: Person
    confidentiality: Person
    legal: Person
    leader: Person
    administrator: Person
    item: DirectoryItem


def make_person(
    *,
    department: Department,
    name: str,
    holds: tuple[Role, ...],
    title: str = "",
    since: date = date(2008, 5, 1),
) -> Person:
    """Make a person with an account, in a post of their own that carries the given roles."""
    username = next(_usernames)
    person = Person.objects.create_user(username, name=name, password=PASSWORD)
    post = people.create_post(department=department, title=title or f"{name}岗 {username}", roles=holds)
    people.appoint(post=post, person=person, since=since)
    return person


def make_item(code: str = "norms", *, at: datetime = MONDAY, **fields: Any) -> DirectoryItem:
    """Make an item of the directory."""
    given = {
        "column": "statutory",
        "subject": "规范性文件",
        "basis": "FOI 2019 art. 20",
        "audience": "社会公众",
        "channels": ["政府网站"],
        **fields,
    }
    return directory.list_item(actor=None, at=at, code=code, **given)


def make_cast(*, at: datetime = MONDAY) -> Cast:
    """Make the small bureau."""
    office = people.found_department(code="office", name="办公室", is_office=True)
    department = people.found_department(code="parking", name="停车管理处", position=1)

    def person(name: str, where: Department, *holds: Role) -> Person:
        return make_person(department=where, name=name, holds=holds)

    return Cast(
        department=department,
        office=office,
        drafter=person("起草甲", department, roles.DRAFTER),
        head=person("处长乙", department, roles.DEPARTMENT_HEAD),
        clerk=person("公开员丙", office, roles.OFFICE_CLERK),
        office_head=person("主任丁", office, roles.OFFICE_HEAD),
        keeper=person("目录员戊", office, roles.DIRECTORY_KEEPER),
        proofreader=person("校对己", office, roles.PROOFREADER),
        privacy=person("隐私审查庚", office, roles.PRIVACY_REVIEWER),
        confidentiality=person("保密审查辛", office, roles.CONFIDENTIALITY_REVIEWER),
        legal=person("法审壬", office, roles.LEGAL_REVIEWER),
        leader=person("局长癸", office, roles.LEADER),
        administrator=person("管理员子", office, roles.ADMINISTRATOR),
        item=make_item(at=at),
    )


def make_document(
    cast: Cast,
    *,
    upto: str = "drafting",
    kind: str = "notice",
    title: str = "关于规范路内停车泊位管理的通知",
    body: str = "<p>自本月起，路内停车泊位统一编号，收费标准另行公布。</p>",
    attribute: Attribute = Attribute.PROACTIVE,
    interpretation: str = "",
    publish_at: datetime | None = None,
    at: datetime = MONDAY,
    fields: Mapping[str, Any] | None = None,
    attachments: Mapping[str, bytes] | None = None,
) -> Document:
    """Take a document of the cast's department as far as a stage (see `STAGES`); acts a minute apart."""
    ticks = (at + timedelta(minutes=minute) for minute in itertools.count())
    written = {"formed_on": at.date().isoformat(), "body": body, **(fields or {})}
    if interpretation:
        written["plan"] = [{"outline": "解读要点", "form": "text", "ways": "网站", "time": "与文件同步"}]
    document = documents.open_document(
        kind=kind,
        title=title,
        department=cast.department,
        officer=cast.drafter,
        at=next(ticks),
        fields=written,
    )
    matter_id = document.matter_id
    if interpretation:
        documents.add_interpretation(
            matter_id,
            title=f"《{title}》解读",
            fields={"body": interpretation, "form": "text", "formed_on": written["formed_on"]},
            actor=cast.drafter,
            at=next(ticks),
        )
    for name, data in (attachments or {}).items():
        documents.attach(matter_id, part=0, name=name, data=data, actor=cast.drafter, at=next(ticks))
    files.scan_waiting(at=next(ticks))
    steps = STAGES.index(upto)
    if steps:
        ground = "process" if attribute is Attribute.NOT_PUBLIC else ""
        documents.set_attribute(
            matter_id,
            attribute=attribute.value,
            ground=ground,
            ground_until=date(2099, 1, 1) if ground else None,
            item=cast.item,
            publish_at=publish_at,
            actor=cast.drafter,
            at=next(ticks),
        )
    for step in (_submit, _accept, _review_all, _sign_off, _publish)[:steps]:
        step(cast, matter_id, ticks)
    return Document.objects.select_related("matter").get(pk=matter_id)


def go_on(cast: Cast, matter_id: int, *, at: datetime) -> None:
    """Take a draft that has its attribute through office, reviews and signature to publication."""
    ticks = (at + timedelta(minutes=minute) for minute in itertools.count())
    for step in (_submit, _accept, _review_all, _sign_off, _publish):
        step(cast, matter_id, ticks)


def make_record(cast: Cast, **story: Any) -> Record:
    """Publish a document and return its record (of a bundle, the document's own)."""
    document = make_document(cast, upto="published", **story)
    return Record.objects.get(matter_reference=document.matter.reference, main=None)


def digest_of(matter_id: int) -> str:
    """Return the digest that stands submitted."""
    submission = bundles.standing_submission(Matter.objects.get(pk=matter_id))
    assert submission is not None
    return submission.digest


def _submit(cast: Cast, matter_id: int, ticks: Any) -> None:
    documents.submit(matter_id, actor=cast.drafter, at=next(ticks))


def _accept(cast: Cast, matter_id: int, ticks: Any) -> None:
    documents.accept(matter_id, actor=cast.clerk, at=next(ticks))


def _review_all(cast: Cast, matter_id: int, ticks: Any) -> None:
    submission = bundles.standing_submission(Matter.objects.get(pk=matter_id))
    assert submission is not None
    for kind, who in REVIEWS:
        if kind not in submission.requirements["reviews"]:
            continue
        documents.review(
            matter_id,
            kind=kind,
            digest=submission.digest,
            passed=True,
            decisions=[
                {"key": finding["key"], "decision": "keep", "reason": "office contact"}
                for finding in submission.findings
                if finding["check"] == kind
            ],
            actor=getattr(cast, who),
            at=next(ticks),
        )
    documents.pass_on(matter_id, actor=cast.clerk, at=next(ticks))


def _sign_off(cast: Cast, matter_id: int, ticks: Any) -> None:
    documents.sign_off(matter_id, digest=digest_of(matter_id), actor=cast.leader, at=next(ticks))


def _publish(cast: Cast, matter_id: int, ticks: Any) -> None:
    documents.publish(matter_id, actor=cast.office_head, at=next(ticks))
