"""What happens to the demo's documents: each verb of the texts is one call of the documents' operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.conf import settings

from sunshine.core.matters.models import Matter
from sunshine.core.people import rules as roles
from sunshine.core.people.models import Person
from sunshine.core.publishing import rules as publishing
from sunshine.core.publishing.models import Submission
from sunshine.core.publishing.operations import files
from sunshine.core.publishing.queries import bundles, drafts
from sunshine.core.publishing.rules import ReviewKind
from sunshine.lenses.reporting import drafting as reporting
from sunshine.lenses.reporting.rules.prose import Words
from sunshine.project.demo import enclosures
from sunshine.project.demo.bureau import Bureau
from sunshine.project.demo.days import Days
from sunshine.project.demo.sources import Part, Story
from sunshine.work.documents import operations as documents
from sunshine.work.documents.rules import terms
from sunshine.work.facts import operations as facts
from sunshine.work.facts.rules import Stated


@dataclass(slots=True)
class Telling:
    """A story while it is told; `matter_id` is known from its first act on."""

    story: Story
    bureau: Bureau
    days: Days
    matter_id: int = 0

    def person(self, role: str, at: datetime, by: str = "") -> Person:
        """Return who acts: whom the text names, else whoever holds the role."""
        return self.bureau.people[by] if by else self.bureau.holder(role, self.story, at)

    def drafter(self, at: datetime) -> Person:
        """Return who writes the document."""
        return self.person(roles.DRAFTER.name, at)

    @property
    def matter(self) -> Matter:
        """The matter as it stands now."""
        return Matter.objects.get(pk=self.matter_id)

    @property
    def submission(self) -> Submission:
        """What stands submitted now."""
        standing = bundles.standing_submission(self.matter)
        if standing is None:
            raise LookupError(f"{self.story.name}: nothing stands submitted")
        return standing


Step = Callable[[Telling, datetime], None]


def begin(telling: Telling, at: datetime) -> None:
    """Open the document with all its texts and files."""
    story, author = telling.story, telling.drafter(at)
    if story.kind == terms.ANNUAL_REPORT.code:
        _begin_report(telling, author, at)
        return
    document = documents.open_document(
        kind=story.kind,
        title=story.title,
        department=telling.bureau.departments[story.department],
        officer=author,
        at=at,
        fields=_document_fields(telling),
    )
    telling.matter_id = document.matter_id
    _attach(telling, 0, story.text, author, at)
    for part in story.interpretations:
        add_interpretation(telling, at, part=part)


def _begin_report(telling: Telling, author: Person, at: datetime) -> None:
    """Let the report of a year write itself from what has happened in the demo so far."""
    head = telling.story.text.head
    for told in head.get("facts", ()):
        given = {**told, "listed": tuple(told.get("listed", ()))}
        facts.record(Stated(year=head["year"], **given), actor=author, at=at)
    matter = reporting.begin(
        head["year"],
        stated=head["stated"],
        words=Words(**head["words"]),
        department=telling.bureau.departments[telling.story.department],
        officer=author,
        at=at,
    )
    telling.matter_id = matter.pk
    files.scan_waiting(at=at)


def add_interpretation(telling: Telling, at: datetime, *, part: Part | None = None, text: str = "") -> None:
    """Add an interpretation material, written from the beginning or asked for by the office."""
    part = part or telling.story.revisions[text]
    author = telling.drafter(at)
    draft = documents.add_interpretation(
        telling.matter_id, title=part.head["title"], fields=part.fields, actor=author, at=at
    )
    _attach(telling, draft.part, part, author, at)


def _document_fields(telling: Telling) -> dict[str, Any]:
    fields = telling.story.text.fields
    if "number" not in fields:
        return fields
    year = str(fields.get("formed_on", telling.days.today.isoformat()))[:4]
    issuer = {"department": settings.BUREAU.name}
    return issuer | fields | {"number": f"{settings.BUREAU.letter}〔{year}〕{fields['number']}号"}


def _attach(telling: Telling, part: int, text: Part, author: Person, at: datetime) -> None:
    for told in text.head.get("files", ()):
        data = enclosures.make(told)
        documents.attach(telling.matter_id, part=part, name=told["name"], data=data, actor=author, at=at)
        files.scan_waiting(at=at)


def attribute(telling: Telling, at: datetime) -> None:
    """Fix the attribute, the item of the directory and, where the text names one, the time of publication."""
    head = telling.story.text.head
    given: Mapping[str, Any] = head.get("attribute", {"attribute": publishing.Attribute.PROACTIVE.value})
    documents.set_attribute(
        telling.matter_id,
        **given,
        item=telling.bureau.items[head["item"]] if "item" in head else None,
        publish_at=head.get("publish_at"),
        actor=telling.drafter(at),
        at=at,
    )


def write(telling: Telling, at: datetime, *, text: str, part: int = 0) -> None:
    """Let the drafter write one of the story's other texts over what stands."""
    draft = drafts.draft(telling.matter, part)
    documents.write(
        telling.matter_id,
        part=part,
        fields=telling.story.revisions[text].fields,
        revision=draft.revision,
        actor=telling.drafter(at),
        at=at,
    )


def submit(telling: Telling, at: datetime) -> None:
    """Send the bundle to the office."""
    documents.submit(telling.matter_id, actor=telling.drafter(at), at=at)


def accept(telling: Telling, at: datetime) -> None:
    """Let it go to the reviewers."""
    documents.accept(telling.matter_id, actor=telling.person(roles.OFFICE_CLERK.name, at), at=at)


def review(
    telling: Telling, at: datetime, *, kind: str, passed: bool = True, remark: str = "", by: str = ""
) -> None:
    """Let a reviewer say what there is to say; findings that may stand are kept with their reason."""
    submission = telling.submission
    documents.review(
        telling.matter_id,
        kind=ReviewKind(kind),
        digest=submission.digest,
        passed=passed,
        remark=remark,
        decisions=[
            {"key": finding["key"], "decision": "keep", "reason": "单位公务联系信息，依法公开"}
            for finding in submission.findings
            if passed and finding["check"] == kind and finding["severity"] == "error"
        ],
        actor=telling.person(publishing.REVIEWERS[ReviewKind(kind)].name, at, by),
        at=at,
    )


def reviews(telling: Telling) -> Sequence[Step]:
    """Return a step for each review that the standing submission needs."""
    kinds = [kind for kind in telling.submission.requirements["reviews"] if kind != ReviewKind.SIGN_OFF]
    return [partial(review, kind=kind) for kind in kinds]


def pass_on(telling: Telling, at: datetime) -> None:
    """Lay it before the leader."""
    documents.pass_on(telling.matter_id, actor=telling.person(roles.OFFICE_CLERK.name, at), at=at)


def sign_off(telling: Telling, at: datetime) -> None:
    """Let the leader who answers for the department sign."""
    leader = telling.person(roles.LEADER.name, at)
    documents.sign_off(telling.matter_id, digest=telling.submission.digest, actor=leader, at=at)


def publish(telling: Telling, at: datetime) -> None:
    """Publish through the gate."""
    documents.publish(telling.matter_id, actor=telling.person(roles.OFFICE_HEAD.name, at), at=at)


def schedule(telling: Telling, at: datetime) -> None:
    """Let it wait for its time of publication."""
    documents.schedule(telling.matter_id, actor=telling.person(roles.OFFICE_CLERK.name, at), at=at)


def file(telling: Telling, at: datetime) -> None:
    """File what is not for proactive disclosure."""
    documents.file(telling.matter_id, actor=telling.person(roles.OFFICE_CLERK.name, at), at=at)


def return_it(telling: Telling, at: datetime, *, reason: str) -> None:
    """Send it back because its interpretation is missing."""
    clerk = telling.person(roles.OFFICE_CLERK.name, at)
    documents.return_without_interpretation(telling.matter_id, reason=reason, actor=clerk, at=at)


def send_back(telling: Telling, at: datetime, *, reason: str, role: str = "office_head") -> None:
    """Send it back for another reason."""
    documents.send_back(telling.matter_id, reason=reason, actor=telling.person(role, at), at=at)


def correct(telling: Telling, at: datetime, *, reason: str) -> None:
    """Open a published document for a new version."""
    documents.correct(telling.matter_id, reason=reason, actor=telling.drafter(at), at=at)


def abandon(telling: Telling, at: datetime, *, reason: str) -> None:
    """Give the draft up."""
    head = telling.person(roles.DEPARTMENT_HEAD.name, at)
    documents.abandon(telling.matter_id, reason=reason, actor=head, at=at)


def propose_withdrawal(telling: Telling, at: datetime, *, ground: str, reason: str) -> None:
    """Let the head of the department propose to withdraw it."""
    head = telling.person(roles.DEPARTMENT_HEAD.name, at)
    documents.propose_withdrawal(telling.matter_id, ground=ground, reason=reason, actor=head, at=at)


def withdraw(telling: Telling, at: datetime, *, ground: str, reason: str) -> None:
    """Let the head of the office withdraw it."""
    head = telling.person(roles.OFFICE_HEAD.name, at)
    documents.withdraw(telling.matter_id, ground=ground, reason=reason, actor=head, at=at)


def repeal(telling: Telling, at: datetime, *, from_day: date, reason: str) -> None:
    """Mark it as repealed from a day on."""
    head = telling.person(roles.OFFICE_HEAD.name, at)
    documents.repeal(telling.matter_id, on=from_day, reason=reason, actor=head, at=at)


def propose_lower(telling: Telling, at: datetime, *, attribute: str, ground: str, reason: str) -> None:
    """Propose a less open attribute; a second person decides."""
    head = telling.person(roles.DEPARTMENT_HEAD.name, at)
    documents.propose_lower_attribute(
        telling.matter_id, attribute=attribute, ground=ground, reason=reason, actor=head, at=at
    )


STEPS: Mapping[str, Callable[[Telling], Sequence[Step]]] = {
    "attribute": lambda _telling: [attribute],
    "submit": lambda _telling: [submit],
    "accept": lambda _telling: [accept],
    "review_all": reviews,
    "pass_on": lambda _telling: [pass_on],
    "sign_off": lambda _telling: [sign_off],
    "publish": lambda _telling: [publish],
}
"""The acts of the ordinary way, each as the steps it takes at this point of a story."""

VERBS: Mapping[str, Callable[..., None]] = {
    "abandon": abandon,
    "accept": accept,
    "add_interpretation": add_interpretation,
    "attribute": attribute,
    "correct": correct,
    "file": file,
    "propose_lower": propose_lower,
    "propose_withdrawal": propose_withdrawal,
    "publish": publish,
    "repeal": repeal,
    "return": return_it,
    "review": review,
    "schedule": schedule,
    "send_back": send_back,
    "submit": submit,
    "withdraw": withdraw,
    "write": write,
}
"""The verbs that a text may use for what happens beside the ordinary way."""
