"""What publishing asks, in plain Python: attributes, the directory's columns, and the gate's checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sunshine.core.people import rules as people
from sunshine.core.publishing import preparing, scanning
from sunshine.kernel.procedure import Role
from sunshine.kernel.verdict import HOLDS, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop


class Attribute(StrEnum):
    """Whether a document will be public, fixed at drafting (ATTR-3)."""

    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    NOT_PUBLIC = "not_public"


@dataclass(frozen=True, slots=True)
class Column:
    """A standard part of the national column 政府信息公开 (PRO-PLATFORM); the term is exact."""

    slug: str
    term: str


GUIDE = Column("guide", "政府信息公开指南")
SYSTEM = Column("system", "政府信息公开制度")
STATUTORY = Column("statutory", "法定主动公开内容")
REPORTS = Column("reports", "政府信息公开年报")
ON_REQUEST = Column("on-request", "依申请公开")
COLUMNS = (GUIDE, SYSTEM, STATUTORY, REPORTS, ON_REQUEST)


class ReviewKind(StrEnum):
    """Who looked at a bundle before it may pass the gate."""

    PROOFREADING = "proofreading"
    PRIVACY = "privacy"
    CONFIDENTIALITY = "confidentiality"
    LEGALITY = "legality"
    SIGN_OFF = "sign_off"


REVIEWERS: Mapping[ReviewKind, Role] = {
    ReviewKind.PROOFREADING: people.PROOFREADER,
    ReviewKind.PRIVACY: people.PRIVACY_REVIEWER,
    ReviewKind.CONFIDENTIALITY: people.CONFIDENTIALITY_REVIEWER,
    ReviewKind.LEGALITY: people.LEGAL_REVIEWER,
    ReviewKind.SIGN_OFF: people.LEADER,
}


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file as the gate sees it; `scan` is a `models.files.Scan`, `is_late`: read after the checks ran."""

    name: str
    sha256: str
    size: int
    scan: str
    is_read: bool
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One draft of the bundle as the gate sees it."""

    part: int
    kind: str
    fields: Mapping[str, object]
    attribute: str
    ground: str
    item: str
    item_closed_on: date | None = None
    files: tuple[AttachedFile, ...] = ()


CUT = "cut"
"""The check of a finding that says: more errors were found in one text than anyone could decide."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the automatic checks found; `key` names it within one submission."""

    key: str
    check: str
    severity: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a reviewer said: of which digest, and what was decided about each finding."""

    kind: str
    passed: bool
    by: int
    digest: str
    decided: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Everything the gate looks at.

    `current_digest` is computed from the drafts and the stored bytes now, `frozen_digest` at
    submission; `problem` says why the current one could not be computed. `conditions` are those that stand.
    """

    members: tuple[Member, ...]
    frozen_digest: str = ""
    current_digest: str = ""
    problem: str = ""
    needs_interpretation: bool = False
    required_reviews: tuple[str, ...] = ()
    reviews: tuple[Reviewed, ...] = ()
    findings: tuple[Finding, ...] = ()
    authors: frozenset[int] = frozenset()
    publish_at: datetime | None = None
    conditions: Mapping[str, bool] = field(default_factory=dict)

    @property
    def document(self) -> Member | None:
        return next((member for member in self.members if member.part == 0), None)

    @property
    def interpretations(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.part > 0)

    def newest_review(self, kind: str) -> Reviewed | None:
        """Return the newest review of a kind that is bound to the frozen digest."""
        bound = [
            review for review in self.reviews if review.kind == kind and review.digest == self.frozen_digest
        ]
        return bound[-1] if bound else None


@dataclass(frozen=True, slots=True)
class GateCheck:
    """One line of the gate: what it asks, who can answer, which rule wants it."""

    code: str
    label: str
    who: Role
    basis: str
    check: Callable[[Candidate], Verdict]


@dataclass(frozen=True, slots=True)
class GateLine:
    """A check with its answer."""

    check: GateCheck
    verdict: Verdict = field(default=HOLDS)


ATTR = "ATTR-3: 国办发〔2016〕80号 一(一)"
SYNC = "INT-3SYNC, INT-SAME: 国办发〔2016〕80号 二"
SECRECY = "SEC-REVIEW: FOI 2019 art. 17; 保密法 art. 35"
OWN_DIGEST = "SEC-REVIEW: own rule"


def _attribute(candidate: Candidate) -> Verdict:
    public = {member.attribute for member in candidate.members} == {Attribute.PROACTIVE}
    return (
        HOLDS
        if public
        else fails(
            gettext_noop("Only what is marked for proactive disclosure is published"), field="attribute"
        )
    )


def _item(candidate: Candidate) -> Verdict:
    if any(not member.item for member in candidate.members):
        return fails(gettext_noop("Choose its item of the directory"), field="item")
    if any(member.item_closed_on for member in candidate.members):
        return fails(gettext_noop("Its item of the directory is closed; choose another"), field="item")
    return HOLDS


METADATA = (
    ("title", gettext_noop("The title is missing")),
    ("department", gettext_noop("The issuing department is missing")),
    ("formed_on", gettext_noop("The date of forming is missing")),
)


def _metadata(candidate: Candidate) -> Verdict:
    return all_of(
        fails(message, field=name)
        for member in candidate.members
        for name, message in METADATA
        if not member.fields.get(name)
    )


def _content(candidate: Candidate) -> Verdict:
    empty = [member for member in candidate.members if not member.fields.get("body") and not member.files]
    return fails(gettext_noop("There is neither a text nor an attachment"), field="body") if empty else HOLDS


def _interpretation(candidate: Candidate) -> Verdict:
    document = candidate.document
    if not candidate.needs_interpretation or document is None:
        return HOLDS
    return all_of(
        (
            HOLDS
            if document.fields.get("plan")
            else fails(gettext_noop("The interpretation plan is missing"), field="plan"),
            HOLDS
            if candidate.interpretations
            else fails(gettext_noop("The interpretation material is missing")),
        )
    )


def _frozen(candidate: Candidate) -> Verdict:
    if not candidate.frozen_digest:
        return fails(gettext_noop("The document has not been submitted"))
    if candidate.problem:
        return fails(gettext_noop("The content cannot be read back: %(problem)s"), problem=candidate.problem)
    if candidate.current_digest != candidate.frozen_digest:
        return fails(gettext_noop("The content differs from what was submitted and reviewed"))
    return HOLDS


def _prepared(candidate: Candidate) -> Verdict:
    standing = candidate.conditions
    members = (preparing.is_prepared(each.kind, each.fields, standing) for each in candidate.members)
    return all_of([preparing.still_counts(standing), *members])


_VIRUS = gettext_noop("%(name)s: the virus check says “%(scan)s”")


def _virus(candidate: Candidate) -> Verdict:
    return all_of(
        fails(_VIRUS, name=file.name, scan=scanning.WORDS[file.scan])
        for member in candidate.members
        for file in member.files
        if file.scan != "clean"
    )


def _secrecy_marks(candidate: Candidate) -> Verdict:
    marked = [finding for finding in candidate.findings if finding.check == "secrecy"]
    return all_of(
        fails(
            gettext_noop("A secrecy mark stands in the text: “%(text)s”. This system holds no state secrets"),
            text=finding.text,
        )
        for finding in marked
    )


def _checked_whole(candidate: Candidate) -> Verdict:
    """No reviewer can decide findings that are not listed, or that nobody looked for."""
    cut = [fails(finding.reason, field="body") for finding in candidate.findings if finding.check == CUT]
    late = [file.name for member in candidate.members for file in member.files if file.is_late]
    text = gettext_noop("%(name)s was read only after the checks: submit again")
    return all_of([*cut, *(fails(text, name=name) for name in late)])


def _reviewed(kind: ReviewKind) -> Callable[[Candidate], Verdict]:
    def check(candidate: Candidate) -> Verdict:
        if kind not in candidate.required_reviews:
            return HOLDS
        review = candidate.newest_review(kind)
        if review is None:
            return fails(gettext_noop("Not reviewed yet"))
        if not review.passed:
            return fails(gettext_noop("The reviewer objected"))
        if review.by in candidate.authors:
            return fails(gettext_noop("The reviewer is one of the authors"))
        return _decided(candidate, kind, review)

    return check


def _decided(candidate: Candidate, kind: ReviewKind, review: Reviewed) -> Verdict:
    open_findings = [
        finding
        for finding in candidate.findings
        if finding.check == kind and finding.severity == "error" and finding.key not in review.decided
    ]
    if not open_findings:
        return HOLDS
    return fails(gettext_noop("%(count)d findings are undecided"), count=len(open_findings))


def _review_line(kind: ReviewKind, label: str, basis: str) -> GateCheck:
    return GateCheck(kind.value, label, REVIEWERS[kind], basis, _reviewed(kind))


GATE: tuple[GateCheck, ...] = (
    GateCheck("attribute", gettext_noop("Marked for proactive disclosure"), people.DRAFTER, ATTR, _attribute),
    GateCheck(
        "item",
        gettext_noop("Has its place in the directory"),
        people.DRAFTER,
        "PRO-PLATFORM: FOI 2019 art. 24",
        _item,
    ),
    GateCheck("metadata", gettext_noop("Metadata complete"), people.DRAFTER, "LIB-META", _metadata),
    GateCheck("content", gettext_noop("Has a text or an attachment"), people.DRAFTER, "LIB-META", _content),
    GateCheck(
        "interpretation", gettext_noop("Interpretation goes with it"), people.DRAFTER, SYNC, _interpretation
    ),
    GateCheck(
        "decision", gettext_noop("Decided by its procedure"), people.DRAFTER, preparing.BASIS, _prepared
    ),
    GateCheck(
        "frozen", gettext_noop("Content is what was submitted"), people.OFFICE_CLERK, OWN_DIGEST, _frozen
    ),
    GateCheck(
        "virus", gettext_noop("Attachments are free of viruses"), people.OFFICE_CLERK, "WEB-SEC", _virus
    ),
    GateCheck(
        "secrecy",
        gettext_noop("Bears no secrecy mark"),
        people.CONFIDENTIALITY_REVIEWER,
        "SEC-LEVEL",
        _secrecy_marks,
    ),
    GateCheck(
        "checked",
        gettext_noop("The automatic checks list all that they found"),
        people.DRAFTER,
        "PII-GATE",
        _checked_whole,
    ),
    _review_line(ReviewKind.PROOFREADING, gettext_noop("Proofread"), "WEB-V1"),
    _review_line(ReviewKind.PRIVACY, gettext_noop("Personal data decided"), "PII-GATE"),
    _review_line(ReviewKind.CONFIDENTIALITY, gettext_noop("Confidentiality reviewed"), SECRECY),
    _review_line(ReviewKind.LEGALITY, gettext_noop("Legality reviewed"), "NORM-3ONE"),
    _review_line(ReviewKind.SIGN_OFF, gettext_noop("Signed off by a leader"), "INT-3SYNC"),
)

AUTOMATIC = ("attribute", "item", "metadata", "content", "frozen", "virus", "secrecy", "checked")
"""The checks that need no person; an import of what was public before runs these and the findings."""


def gate(candidate: Candidate) -> tuple[GateLine, ...]:
    """Ask every check of the gate, in the order in which people answer them."""
    return tuple(GateLine(check, check.check(candidate)) for check in GATE)


def passes(lines: tuple[GateLine, ...]) -> Verdict:
    """Return the gate's whole verdict; each reason names who can mend it and the rule."""
    return all_of(
        fails(
            reason.text,
            basis=line.check.basis,
            field=reason.field,
            mended_by=line.check.who.name,
            **reason.params,
        )
        for line in lines
        for reason in line.verdict.reasons
    )


ERASABLE = frozenset(
    ["title", "body", "summary", "number", "topic", "coverage", "plan", "staged", "attachments"]
)
"""Fields that may hold personal data (PII-ERASE); what says how a record became public is never erased."""


class Validity(StrEnum):
    """Whether a document is in force, computed by date and never typed (DOC-STATE)."""

    NOT_YET = "not_yet"
    VALID = "valid"
    LAPSED = "lapsed"
    REPEALED = "repealed"


def validity(
    *, effective_from: date | None, valid_until: date | None, repealed_on: date | None, on: date
) -> Validity:
    """Return the state of a document on a day; `valid_until` is its last day."""
    if repealed_on is not None and repealed_on <= on:
        return Validity.REPEALED
    if effective_from is not None and on < effective_from:
        return Validity.NOT_YET
    if valid_until is not None and valid_until < on:
        return Validity.LAPSED
    return Validity.VALID
