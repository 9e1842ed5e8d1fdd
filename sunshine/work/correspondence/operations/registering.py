"""From the moment a letter arrives, by whichever way, to the registered case with its one number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters import codes, sealing
from sunshine.core.matters import operations as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Department, Person
from sunshine.core.publishing import incoming
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import privacy
from sunshine.work.correspondence.models import Case, Reporter, SentFile, Service
from sunshine.work.correspondence.operations.acting import Actor, act, case_of
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import stages, terms
from sunshine.work.correspondence.rules.posting import WHO_FIELDS, Letter, letter_is_sound

TITLE = 60
LETTERS = {stages.CASE: "X", stages.PETITION: "XF"}
OF_A_PHONE = "reporter:PHONE"
"""So spelt, the mark of bare figures is the one of earlier releases. Their marks of numbers written with
dashes or +86 stay as they are: to renew them every reporter's seal would be opened, for nobody's reason."""
BEGINNINGS = {terms.CONSULTATION.code: "register_consultation"}


def enter(
    letter: Letter,
    *,
    office: Department,
    arrived_at: datetime,
    actor: Person | None,
    at: datetime,
    kind: str = stages.CASE,
    accused: Department | None = None,
    files: Sequence[incoming.Checked] | None = None,
) -> tuple[Case, str]:
    """Enter a letter as a case with its one number; return it and the reporter's code.

    :param files: the letter's files, where they were checked before a transaction began
    :raises RuleBroken: nothing is said, a place is none, a service was none that day, a file is refused, or
        it arrived after today
    """
    errors.RuleBroken.unless(letter_is_sound(letter))
    if arrived_at > at:
        raise errors.RuleBroken(Reason(gettext_noop("It cannot arrive later than now"), field="arrived_at"))
    service = cases.service(letter.service, on=period.day_of(arrived_at)) if letter.service else None
    if letter.service and service is None:
        raise errors.RuleBroken(Reason(gettext_noop("There is no such service"), field="service"))
    if files is None:
        files = checked(letter)
    came: dict[str, Any] = {"office": office, "arrived_at": arrived_at, "actor": actor, "at": at}
    with transaction.atomic():
        case = open_case(letter, service, **came, kind=kind, accused=accused)
        _reporter, code = add(case, letter, came_at=arrived_at)
        for file in files:
            keep(case, file, at=at)
    return case, code


def checked(letter: Letter) -> list[incoming.Checked]:
    """Return a letter's files as they may be kept; reading them may take long: let no transaction wait."""
    return [incoming.checked(name, data) for name, data in letter.files]


def open_case(
    letter: Letter,
    service: Service | None,
    *,
    office: Department,
    arrived_at: datetime,
    actor: Person | None,
    at: datetime,
    kind: str = stages.CASE,
    accused: Department | None = None,
) -> Case:
    """Open the case of a letter that was found sound when it arrived; nobody is added as its reporter yet."""
    matter = matters.open_matter(
        kind=kind,
        letter=LETTERS[kind],
        title=title_of(letter.text, service),
        department=office,
        officer=actor,
        at=at,
    )
    return Case.objects.create(
        matter=matter,
        channel=letter.channel,
        sort=letter.sort or (service.sort if service else ""),
        service=service,
        text=letter.text.strip(),
        asked=dict(letter.asked),
        address=letter.address.strip()[:300],
        lat=letter.lat,
        lon=letter.lon,
        arrived_at=arrived_at,
        received_on=period.day_of(arrived_at),
        accused=accused,
    )


def title_of(text: str, service: Service | None = None) -> str:
    """Return what the desk calls a case: its first words, with whatever is personal masked."""
    words = " ".join(text.split())
    words = privacy.masked(words, privacy.find(words))
    words = words[:TITLE] + ("…" if len(words) > TITLE else "")
    return f"{service.name}：{words}" if service else words


def add(case: Case, letter: Letter, *, came_at: datetime) -> tuple[Reporter, str]:
    """Add who reported a case, sealed; return the row and the code that the reporter alone gets."""
    code = codes.new_code()
    return add_under(sealing.mark(codes.bare(code), purpose="reporter"), case, letter, came_at=came_at), code


def add_under(code_mark: str, case: Case, letter: Letter, *, came_at: datetime) -> Reporter:
    """Add who reported a case and has a code already, known by its mark."""
    return Reporter.objects.create(
        case=case,
        first=case,
        sealed=sealing.seal_values(given(letter.who), place=f"reporter:{code_mark}"),
        mark=mark_of(letter.who),
        code_mark=code_mark,
        channel=letter.channel,
        came_at=came_at,
        text=letter.text.strip(),
        may_be_shown=letter.may_be_shown,
    )


def given(who: Mapping[str, str]) -> dict[str, str]:
    """Return what is known of a sender, without what is empty; "0" is not empty."""
    told = {name: str(who.get(name, "") or "").strip() for name in WHO_FIELDS}
    return {name: value for name, value in told.items() if value}


def mark_of(who: Mapping[str, str]) -> str:
    """Return the mark by which the same sender is known again; empty where there is no way to reach them."""
    told = given(who)
    if phone := told.get("phone"):
        return sealing.phone_mark(phone, purpose=OF_A_PHONE)
    for name in ("email", "account", "device"):
        if told.get(name):
            return sealing.mark(f"{name}:{told[name].lower()}", purpose="reporter")
    return ""


def keep(case: Case, file: incoming.Checked, *, at: datetime) -> SentFile:
    """Seal a checked file with its name; the path says nothing of either."""
    path = incoming.keep(file.data)
    return SentFile.objects.create(
        case=case,
        sealed_name=sealing.seal(file.name.encode(), place=f"name:{path}"),
        path=path,
        size=len(file.data),
        media_type=file.media_type,
        came_at=at,
    )


def register(
    matter_id: int,
    *,
    name: str,
    sort: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Register a case in one of its beginnings; from its arrival the answer counts."""
    with act(matter_id, name, actor=actor, at=at, seen=seen, sort=sort) as acting:
        case = case_of(acting)
        Case.objects.filter(pk=case.pk).update(sort=sort)
        acting.public = _public(case, sort)


def _public(case: Case, sort: str) -> dict[str, str]:
    told = {"channel": case.channel, "sort": sort, "received_on": period.day_of(case.arrived_at).isoformat()}
    return told | ({"service": case.service.code} if case.service else {})


def register_case(matter_id: int, *, sort: str, actor: Actor, at: datetime, seen: int | None = None) -> None:
    """Register a case in the ordinary term."""
    register(matter_id, name="register_case", sort=sort, actor=actor, at=at, seen=seen)


def register_consultation(
    matter_id: int, *, sort: str, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """Register a case as a question that is answered sooner."""
    register(matter_id, name="register_consultation", sort=sort, actor=actor, at=at, seen=seen)


def register_danger(
    matter_id: int, *, sort: str, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """Register a danger: somebody secures it within two hours, then it goes on like any case."""
    register(matter_id, name="register_danger", sort=sort, actor=actor, at=at, seen=seen)


def register_as_it_says(case: Case, *, actor: Actor, at: datetime) -> None:
    """Register a case in the sort that its sender chose; where none was chosen, a clerk decides."""
    if case.sort:
        name = BEGINNINGS.get(case.sort, "register_case")
        register(case.pk, name=name, sort=case.sort, actor=actor, at=at)


def secure(matter_id: int, *, note: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Enter that a danger is secured on the spot."""
    with act(matter_id, "secure", actor=actor, at=at, seen=seen, note=note):
        pass


def register_petition(
    matter_id: int,
    *,
    petition_kind: str,
    received_on: date,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Register a petition; within fifteen days the petitioner is told (XF-TELL)."""
    facts: dict[str, Any] = {"petition_kind": petition_kind, "received_on": received_on}
    with act(matter_id, "register_petition", actor=actor, at=at, seen=seen, **facts) as acting:
        Case.objects.filter(pk=acting.matter.pk).update(**facts)
        acting.public = {"petition_kind": petition_kind, "received_on": received_on.isoformat()}


def tell_acceptance(
    matter_id: int, *, note: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Tell the petitioner of receipt, way and procedure; the sixty days begin (XF-60D)."""
    with act(matter_id, "tell_acceptance", actor=actor, at=at, seen=seen, note=note):
        pass


def view_who(matter_id: int, *, actor: Person, at: datetime) -> list[tuple[Reporter, dict[str, str]]]:
    """Open the seals of who reported a case, for somebody who handles it; the ledger says that one looked.

    :raises NotAllowed: the person has nothing to do with this case
    """
    with transaction.atomic():
        matter = Matter.objects.get(pk=matter_id)
        if not cases.may_read(matter, actor, at=at):
            raise errors.NotAllowed()
        ledger.record(f"{matter.kind}.identity_viewed", matter.reference, actor=actor, at=at)
        rows = Reporter.objects.filter(case_id=matter_id)[:500]
        return [(row, sealing.unseal_values(row.sealed, place=f"reporter:{row.code_mark}")) for row in rows]


def open_file(file: SentFile, *, actor: Person, at: datetime) -> tuple[str, bytes]:
    """Open a sealed file for somebody who handles the case, and enter that it was opened: (name, bytes).

    Who handles the case that it was joined to opens it as well.

    :raises NotAllowed: the person has nothing to do with this case
    """
    with transaction.atomic():
        rows = Matter.objects.filter(pk__in=[file.case_id, file.case.joined_into_id])
        both = {row.pk: row for row in rows}
        may = cases.readable(both.values(), actor, at=at)
        if not may:
            raise errors.NotAllowed()
        matter = both[file.case_id if file.case_id in may else min(may)]
        facts = {"file": file.pk}
        ledger.record(f"{matter.kind}.identity_viewed", matter.reference, actor=actor, at=at, facts=facts)
        name = sealing.unseal(bytes(file.sealed_name), place=f"name:{file.path}").decode()
        return name, incoming.read(file.path)
