"""Looking messages through: shown, hidden with a reason, brought back; never deleted, never unseen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters import sealing
from sunshine.core.people.models import Person
from sunshine.core.publishing import incoming
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.participation.models import Submission, SubmissionFile
from sunshine.work.participation.operations import sending
from sunshine.work.participation.operations.acting import act
from sunshine.work.participation.queries import inside
from sunshine.work.participation.rules import calls as rules
from sunshine.work.participation.rules import terms


def release(
    matter_id: int, *, numbers: Sequence[int], actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Let messages that were looked at be shown; who looks at them has confirmed that they are no flood."""
    with act(matter_id, "release", actor=actor, at=at, seen=seen, numbers=list(numbers)) as acting:
        rows = _among(matter_id, numbers, terms.HELD.code)
        acting.facts["count"] = rows.update(state=terms.SHOWN.code)


def hide(
    matter_id: int,
    *,
    numbers: Sequence[int],
    hiding: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Hide messages for a reason of the list; everybody sees how many and why, and it can be undone."""
    if terms.named(hiding, terms.HIDING) is None:
        raise errors.RuleBroken(Reason(gettext_noop("Choose why"), rules.MODERATION, field="hiding"))
    facts = {"numbers": list(numbers), "hiding": hiding}
    with act(matter_id, "hide", actor=actor, at=at, seen=seen, **facts) as acting:
        rows = _among(matter_id, numbers, terms.HELD.code, terms.SHOWN.code)
        acting.facts["count"] = rows.update(state=terms.HIDDEN.code, hiding=hiding)
        acting.public = {"count": acting.facts["count"], "why": hiding}


def restore(
    matter_id: int, *, numbers: Sequence[int], actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Bring hidden messages back; they are shown and answered like any other."""
    with act(matter_id, "restore", actor=actor, at=at, seen=seen, numbers=list(numbers)) as acting:
        rows = _among(matter_id, numbers, terms.HIDDEN.code)
        acting.facts["count"] = rows.update(state=terms.SHOWN.code, hiding="")
        acting.public = {"count": acting.facts["count"]}


def confirm(
    matter_id: int, *, numbers: Sequence[int], actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Confirm messages whose authors came to the counter or called; from now on they count."""
    with act(matter_id, "confirm", actor=actor, at=at, seen=seen, numbers=list(numbers)) as acting:
        rows = Submission.objects.filter(call_id=matter_id, number__in=list(numbers), confirmed_at=None)
        acting.facts["count"] = rows.update(confirmed_at=at)


def _among(matter_id: int, numbers: Sequence[int], *states: str) -> QuerySet[Submission]:
    """Return the messages that are meant, none of which is in another state already."""
    rows = Submission.objects.filter(call_id=matter_id, number__in=list(numbers), state__in=states)
    if rows.count() != len(set(numbers)):
        raise errors.StaleStage(
            Reason(gettext_noop("Somebody has dealt with some of these meanwhile. Look again, then decide"))
        )
    return rows


def view_sender(submission: Submission, *, actor: Person, at: datetime) -> dict[str, str]:
    """Open the seal of who sent something, and enter in the ledger that it was opened.

    :raises NotAllowed: the person has nothing to do with this call
    """
    with transaction.atomic():
        _look(submission, actor, at, {})
        return sealing.unseal_values(submission.sealed, place=sending.place_of(submission))


def open_file(file: SubmissionFile, *, actor: Person, at: datetime) -> tuple[str, bytes]:
    """Open a file that came with an opinion, and enter that it was opened: (name, bytes).

    :raises NotAllowed: the person has nothing to do with this call
    """
    with transaction.atomic():
        _look(file.submission, actor, at, {"file": file.pk})
        return name_of(file), incoming.read(file.path)


def _look(submission: Submission, actor: Person, at: datetime, facts: dict[str, object]) -> None:
    matter = submission.call.matter
    if not inside.may_read(matter, actor, at=at):
        raise errors.NotAllowed()
    told = {"number": submission.number, **facts}
    ledger.record(f"{rules.KIND}.identity_viewed", matter.reference, actor=actor, at=at, facts=told)


def name_of(file: SubmissionFile) -> str:
    """Return the name of a file that came with an opinion."""
    return sealing.unseal(bytes(file.sealed_name), place=f"name:{file.path}").decode()
