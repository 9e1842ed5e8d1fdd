"""Sessions, and what was assigned to the bureau in them: one by one, or the whole yearly list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters import operations as matters
from sunshine.core.people.models import Department, Person
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import sheets
from sunshine.work.proposals import rules
from sunshine.work.proposals.models import Opinion, Proposal, Session
from sunshine.work.proposals.operations.acting import act
from sunshine.work.proposals.rules import lists, terms

LETTER = "J"


def open_session(
    *,
    code: str,
    name: str,
    body: str,
    level: str,
    year: int,
    classes: str,
    naming: str,
    actor: Person,
    at: datetime,
) -> Session:
    """Enter a session with the reply classes it uses and the rule by which its deputies are named.

    :raises RuleBroken: a choice that is on none of the lists, or a code or name that stands already
    """
    known: tuple[tuple[str, bool], ...] = (
        ("code", bool(code.strip()) and not Session.objects.filter(code=code).exists()),
        ("name", bool(name.strip()) and not Session.objects.filter(name=name.strip()).exists()),
        ("body", rules.named(body, rules.BODIES) is not None),
        ("level", rules.named(level, rules.LEVELS) is not None),
        ("naming", rules.named(naming, rules.NAMINGS) is not None),
        ("classes", rules.set_named(classes) is not None),
    )
    wrong = [field for field, is_known in known if not is_known]
    if wrong:
        text = gettext_noop("This is missing, not on the list, or stands already.")
        raise errors.RuleBroken(
            *(Reason(text, basis="PRP-CLASS: local rule", field=field) for field in wrong)
        )
    with transaction.atomic():
        session = Session.objects.create(
            code=code, name=name.strip(), body=body, level=level, year=year, classes=classes, naming=naming
        )
        ledger.record(
            "session.opened", f"session-{session.pk}", actor=actor, at=at, facts={"title": session.name}
        )
    return session


def enter(
    session: Session, given: lists.Entry, *, office: Department, actor: Person, at: datetime
) -> Proposal:
    """Enter one suggestion or proposal of a session and take it in.

    :raises RuleBroken: what the list's own rules refuse, or a number that stands in the session already
    """
    slips = lists.check(given, body=session.body, today=period.day_of(at))
    if Proposal.objects.filter(session=session, number=given.number).exists():
        slips.append(
            lists.Slip("number", gettext_noop("This number stands in the session already."), "PRP-LEAD")
        )
    if slips:
        raise errors.RuleBroken(
            *(Reason(each.text, each.rule, each.column, "", each.params) for each in slips)
        )
    kind = rules.OPINION if given.role == terms.JOINT.code else _kind(session)
    with transaction.atomic():
        matter = matters.open_matter(
            kind=kind, letter=LETTER, title=given.title, department=office, officer=None, at=at
        )
        proposal = Proposal.objects.create(
            matter=matter,
            session=session,
            **{name: getattr(given, name) for name in _COPIED} | {"sort": given.sort or _usual_sort(session)},
        )
        if kind == rules.OPINION:
            Opinion.objects.create(matter=matter, proposal=proposal, asked_on=given.assigned_on)
        with act(matter.pk, "take_in", actor=actor, at=at, assigned_on=given.assigned_on) as acting:
            acting.public = _public(proposal)
    return proposal


_COPIED = (
    *("number", "sort", "role", "proposer", "proposer_sort", "lead_body", "joint_bodies", "text"),
    "assigned_on",
)


def _usual_sort(session: Session) -> str:
    is_congress = session.body == terms.CONGRESS.code
    return terms.SUGGESTION.code if is_congress else terms.PROPOSAL.code


def _kind(session: Session) -> str:
    return rules.SUGGESTION if session.body == terms.CONGRESS.code else rules.PROPOSAL


def _public(proposal: Proposal) -> dict[str, Any]:
    """Return what everybody may know of what was assigned: which one, to what part, when; not its title."""
    return {
        "session": proposal.session.code,
        "year": proposal.session.year,
        "number": proposal.number,
        "sort": proposal.sort,
        "role": proposal.role,
        "assigned_on": proposal.assigned_on.isoformat(),
    }


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many were entered, how many stood already; columns that were left out."""

    entered: int
    standing: int
    left_out: tuple[str, ...]


class ListRefused(errors.RuleBroken):
    """A list that is not taken in; `slips` name row, column and rule of each mistake."""

    def __init__(self, *slips: sheets.Slip) -> None:
        super().__init__(*(Reason(each.text, each.rule, "file", "", each.params) for each in slips))
        self.slips = slips


def import_list(
    session: Session, data: bytes, *, office: Department, actor: Person, at: datetime, page: str = ""
) -> Imported:
    """Take a yearly list in, all of it or nothing; what stands already stays as it is.

    Taken in again, whole or after a crash, the same list enters only what is missing.

    :param page: the key of the page that was sent (see `matters.once`)
    :raises ListRefused: with a slip for every mistake; nothing was entered
    :raises SentBefore: this page was sent before
    """
    try:
        sheet = lists.read(data)
    except lists.Unreadable as refusal:
        raise ListRefused(refusal.slip) from refusal
    slips: list[sheets.Slip] = list(sheet.slips)
    for row in sheet.rows:
        slips += [
            slip.at_row(row.line)
            for slip in lists.check(row.entry, body=session.body, today=period.day_of(at))
        ]
    standing = {each.number: each for each in session.proposals.select_related("matter")}
    slips += [slip for row in sheet.rows for slip in _differs(row, standing)]
    if slips:
        raise ListRefused(*sorted(slips, key=lambda slip: slip.row))
    fresh = [row.entry for row in sheet.rows if row.entry.number not in standing]
    with matters.once(page, at=at):
        for entry in fresh:
            enter(session, entry, office=office, actor=actor, at=at)
        facts = {"title": session.name, "entered": len(fresh), "standing": len(sheet.rows) - len(fresh)}
        ledger.record("session.imported", f"session-{session.pk}", actor=actor, at=at, facts=facts)
    return Imported(len(fresh), len(sheet.rows) - len(fresh), sheet.left_out)


def _differs(row: lists.Row, standing: Mapping[str, Proposal]) -> list[lists.Slip]:
    """Return a slip where a row says something else than what stands under its number."""
    known = standing.get(row.entry.number)
    if known is None:
        return []
    pairs = {
        "title": (row.entry.title, known.matter.title),
        "role": (row.entry.role, known.role),
        "assigned_on": (row.entry.assigned_on, known.assigned_on),
    }
    text = gettext_noop("Number %(number)s stands already and says something else: “%(stands)s”.")
    return [
        lists.Slip(column, text, "PRP-LEAD", {"number": known.number, "stands": str(stands)}, row=row.line)
        for column, (given, stands) in pairs.items()
        if given != stands
    ]
