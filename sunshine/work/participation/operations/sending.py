"""What citizens do in a call: save and come back, send, confirm by telephone."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters import codes, sealing
from sunshine.core.matters import operations as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.core.publishing import incoming
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.participation import texting
from sunshine.work.participation.models import (
    CommentCall,
    Opinion,
    SavedOpinion,
    Submission,
    SubmissionFile,
)
from sunshine.work.participation.operations.acting import act
from sunshine.work.participation.queries import calls
from sunshine.work.participation.rules import calls as rules
from sunshine.work.participation.rules import terms

MOST_FILES, MOST_TRIES = 5, 5

Files = Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody sends: texts by paragraph, who it is (or nobody), files, when it was begun.

    `is_much` says that from the same place much came lately: it is kept like any other and counts
    once it is confirmed by telephone, at the counter, or by whoever looks it through.
    """

    pieces: Sequence[tuple[int, str]]
    sender: Mapping[str, str]
    begun_at: datetime
    files: Files = ()
    is_much: bool = False


def send(call: CommentCall, said: Said, *, at: datetime, page: str = "") -> tuple[Submission, str]:
    """Take in what a citizen says; return it and the code by which the author follows it.

    :param page: the key of the page that was sent (see `matters.once`)
    :raises RuleBroken: the call is over, nothing is said, a text is too long, or a file is refused
    :raises SentBefore: this page was sent before
    """
    errors.RuleBroken.unless(rules.is_sound(said.pieces, calls.paragraph_count(call)))
    checked = _checked(said.files)
    phone = "".join(said.sender.get("phone", "").split())
    if call.identity == terms.BY_PHONE.code and not phone:
        raise errors.RuleBroken(
            Reason(gettext_noop("This call asks for a telephone number, confirmed by a code."), field="phone")
        )
    with matters.once(page, at=at) as keep:
        locked = Matter.objects.select_for_update().get(pk=call.matter_id)
        if locked.stage != rules.OPEN.name:
            raise errors.RuleBroken(Reason(gettext_noop("This call is closed."), basis=rules.COMMENTS))
        standing = CommentCall.objects.select_related("matter").get(pk=call.pk)
        errors.RuleBroken.unless(rules.may_still_come(standing.until, begun_at=said.begun_at, at=at))
        submission, code = _enter(standing, said, way=terms.WEB.code, at=at)
        _keep(submission, checked)
        _record(submission, at=at)
        keep(code)
    return submission, code


def enter(
    matter_id: int,
    *,
    way: str,
    text: str,
    sender: str = "",
    paragraph: int = terms.WHOLE,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> Submission:
    """Enter an opinion that came by letter, e-mail or word of mouth; it is confirmed by who enters it."""
    call = CommentCall.objects.select_related("matter").get(matter_id=matter_id)
    errors.RuleBroken.unless(rules.is_sound([(paragraph, text)], calls.paragraph_count(call)))
    with act(matter_id, "enter", actor=actor, at=at, seen=seen, way=way, text=text) as acting:
        said = Said([(paragraph, text)], {"name": sender}, at)
        submission, _code = _enter(call, said, way=way, at=at)
        Submission.objects.filter(pk=submission.pk).update(state=terms.SHOWN.code, confirmed_at=at)
        acting.facts["number"] = submission.number
    return submission


def _enter(call: CommentCall, said: Said, *, way: str, at: datetime) -> tuple[Submission, str]:
    code = codes.new_code()
    given = {name: value.strip() for name, value in said.sender.items() if value and value.strip()}
    mark = _mark(given, code)
    last = call.submissions.aggregate(last=Max("number"))["last"] or 0
    must_confirm = said.is_much or (call.identity == terms.BY_PHONE.code and way == terms.WEB.code)
    is_known = not said.is_much and _is_known(call, given, mark)
    submission = Submission.objects.create(
        call=call,
        number=last + 1,
        way=way,
        begun_at=said.begun_at,
        came_at=at,
        in_grace=at >= rules.closes_at(call.until),
        sealed=sealing.seal_values(given, place=f"opinion:{call.pk}:{last + 1}"),
        mark=mark,
        code_mark=sealing.mark(codes.bare(code), purpose="opinion"),
        confirmed_at=None if must_confirm else at,
        state=(terms.SHOWN if is_known else terms.HELD).code,
    )
    Opinion.objects.bulk_create(
        Opinion(submission=submission, paragraph=paragraph, text=text.strip())
        for paragraph, text in said.pieces
        if text.strip()
    )
    return submission, code


def _mark(given: Mapping[str, str], code: str) -> str:
    """Return what tells the same person again: the telephone, else the e-mail; without either, nobody."""
    if phone := given.get("phone"):
        return sealing.phone_mark(phone, purpose="speaker")
    if email := given.get("email"):
        return sealing.mark(email.lower(), purpose="speaker")
    return sealing.mark(codes.bare(code), purpose="speaker")


def _is_known(call: CommentCall, given: Mapping[str, str], mark: str) -> bool:
    """PART-MODERATE: whose first message was looked at and shown need not wait again.

    Only who confirmed a telephone is known again: anybody can type an e-mail address.
    """
    if call.identity != terms.BY_PHONE.code or not given.get("phone"):
        return False
    return Submission.objects.filter(mark=mark, state=terms.SHOWN.code, confirmed_at__isnull=False).exists()


def _checked(files: Files) -> list[incoming.Checked]:
    if len(files) > MOST_FILES:
        text = gettext_noop("At most %(most)d files.")
        raise errors.RuleBroken(Reason(text, field="attachments", params={"most": MOST_FILES}))
    return [incoming.checked(name, data) for name, data in files]


def _keep(submission: Submission, checked: Sequence[incoming.Checked]) -> None:
    for file in checked:
        path = incoming.keep(file.data)
        SubmissionFile.objects.create(
            submission=submission,
            sealed_name=sealing.seal(file.name.encode(), place=f"name:{path}"),
            path=path,
            size=len(file.data),
            media_type=file.media_type,
        )


def _record(submission: Submission, *, at: datetime) -> None:
    subject = f"{submission.call.matter.reference}/{submission.number}"
    facts = {"in_grace": submission.in_grace}
    ledger.record(f"{rules.KIND}.sent", subject, actor=None, at=at, facts=facts)


# --- saving and coming back -----------------------------------------------------------------------


def save(
    call: CommentCall, values: Mapping[str, str], *, begun_at: datetime, at: datetime, code: str = ""
) -> str:
    """Keep what was typed so far until the call is over; return the code with which to come back.

    With the code of an earlier time the same page is kept on; any other code gets a new one.
    """
    standing = SavedOpinion.objects.filter(code_mark=_saved_mark(code), call=call).first() if code else None
    kept = code if standing is not None else codes.new_code()
    mark = _saved_mark(kept)
    sealed = sealing.seal_values(values, place=f"saved:{mark}")
    if standing is not None:
        SavedOpinion.objects.filter(pk=mark).update(sealed=sealed)
    else:
        SavedOpinion.objects.create(code_mark=mark, call=call, sealed=sealed, begun_at=min(begun_at, at))
    return kept


def _saved_mark(code: str) -> str:
    return sealing.mark(codes.bare(code), purpose="saved opinion")


def restore(call: CommentCall, code: str) -> tuple[dict[str, str], datetime]:
    """Return what was saved under a code, and when it was begun; raise `NotFound` when there is nothing."""
    mark = _saved_mark(code)
    row = SavedOpinion.objects.filter(code_mark=mark, call=call).first()
    if row is None:
        raise errors.NotFound(Reason(gettext_noop("Nothing is saved under this code"), field="code"))
    return sealing.unseal_values(row.sealed, place=f"saved:{mark}"), row.begun_at


# --- confirming by telephone ----------------------------------------------------------------------


def send_phone_code(submission: Submission, *, text: str) -> None:
    """Send a six-digit code to the telephone that was given; `text` has a place %(code)s for it.

    :raises RuleBroken: no telephone was given, or the gateway cannot be reached
    """
    sender = sealing.unseal_values(submission.sealed, place=place_of(submission))
    phone, code = sender.get("phone", ""), f"{secrets.randbelow(1_000_000):06d}"
    Submission.objects.filter(pk=submission.pk).update(
        phone_code_mark=sealing.mark(code, purpose=f"phone {submission.pk}"), phone_tries=0
    )
    try:
        texting.send(phone, text % {"code": code})
    except texting.NotSent as error:
        raise errors.RuleBroken(
            Reason(gettext_noop("No code can be sent just now. Confirm at the counter or by calling us."))
        ) from error


def confirm_phone(submission: Submission, code: str, *, at: datetime) -> None:
    """Confirm what was sent with the code from the telephone.

    :raises RuleBroken: another code, too many tries, or the report on what was adopted is begun
    """
    with transaction.atomic():
        Matter.objects.select_for_update().get(pk=submission.call_id)  # no report begins meanwhile
        call = CommentCall.objects.get(pk=submission.call_id)
        row = Submission.objects.select_for_update().get(pk=submission.pk)
        fits = row.phone_code_mark == sealing.mark(code, purpose=f"phone {row.pk}")
        if row.confirmed_at is not None:
            return
        errors.RuleBroken.unless(rules.may_confirm(is_reported_on=bool(call.report_document)))
        if fits and row.phone_tries < MOST_TRIES:
            row.confirmed_at = at
        row.phone_tries += 1
        row.save(update_fields=["confirmed_at", "phone_tries"])
    if row.confirmed_at is None:
        text = gettext_noop("This is not the code that was sent to the telephone.")
        if row.phone_tries >= MOST_TRIES:
            text = gettext_noop("Too many tries; ask for a new code, or confirm at the counter.")
        raise errors.RuleBroken(Reason(text, field="code"))


def place_of(submission: Submission) -> str:
    """Return the place for which the sender of a submission was sealed."""
    return f"opinion:{submission.call_id}:{submission.number}"
