"""From the moment a request arrives, by whichever way, to the day from which it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters import codes, sealing
from sunshine.core.matters import operations as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Department, Person
from sunshine.core.publishing import incoming
from sunshine.kernel import errors, period
from sunshine.kernel.procedure import APPLICANT
from sunshine.text import privacy
from sunshine.work.requests import queries, rules
from sunshine.work.requests.models import Applicant, Request, SealedFile, Word
from sunshine.work.requests.operations import files
from sunshine.work.requests.operations.acting import Actor, act, request_of
from sunshine.work.requests.rules import periods
from sunshine.work.requests.rules.filing import Filing, arrival_is_sound, filing_is_sound

TITLE = 60


def register(
    filing: Filing, *, office: Department, arrived_at: datetime, actor: Person | None, at: datetime
) -> tuple[Request, str]:
    """Enter a request on the day it arrives, numbered without gaps; return it and the applicant's code.

    Where the way itself fixes the day of receipt, it is received at once; where both sides must confirm,
    it waits for `receive`.

    :raises RuleBroken: a field is missing or has not the form of what it should be, or a file is refused
    """
    way, arrived_on = rules.way_named(filing.way), period.day_of(arrived_at)
    law_of = periods.day_of_the_law(way, arrived_on, period.day_of(at))
    version = periods.text_on(law_of).version
    errors.RuleBroken.unless(arrival_is_sound(arrived_at, at))
    came = _sound_and_harmless(filing, law_of)
    with transaction.atomic():
        request, code = _enter(
            filing, came, version, office=office, arrived_at=arrived_at, actor=actor, at=at
        )
        if way is not None and not rules.needs_confirmation(way, version):
            receive(request.matter_id, received_on=arrived_on, actor=actor, at=at)
    request.refresh_from_db()
    return request, code


def file_online(filing: Filing, *, office: Department, at: datetime, page: str = "") -> tuple[Request, str]:
    """Enter what came by the site's form; its receipt page confirms for both sides (FOI-RCV-NET).

    :param page: the key of the page that was sent (see `matters.once`)
    :raises RuleBroken: as `register`
    :raises SentBefore: this page was sent before
    """
    today = period.day_of(at)
    came = _sound_and_harmless(filing, today)
    with matters.once(page, at=at) as keep:
        version = periods.text_on(today).version
        request, code = _enter(filing, came, version, office=office, arrived_at=at, actor=None, at=at)
        receive(request.matter_id, received_on=today, actor=APPLICANT, at=at)
        keep(code)
    request.refresh_from_db()
    return request, code


def _sound_and_harmless(filing: Filing, law_of: date) -> list[incoming.Checked]:
    """Return the files that came, checked; reading them may take long, so no transaction waits for it."""
    errors.RuleBroken.unless(filing_is_sound(filing, law_of))
    return [incoming.checked(name, data) for name, data in filing.files]


def _enter(
    filing: Filing,
    came: Sequence[incoming.Checked],
    version: str,
    *,
    office: Department,
    arrived_at: datetime,
    actor: Person | None,
    at: datetime,
) -> tuple[Request, str]:
    matter = matters.open_matter(
        kind=rules.KIND,
        letter="S",
        title=title_of(filing.wanted),
        department=office,
        officer=actor,
        at=at,
        version=version,
    )
    request = Request.objects.create(
        matter=matter,
        way=filing.way,
        applicant_kind=filing.applicant_kind,
        arrived_at=arrived_at,
        wanted=filing.wanted.strip(),
        features=filing.features.strip()[:500],
        form_wanted=filing.form_wanted,
        delivery=filing.delivery,
        help=filing.help,
        suggests_publication=filing.suggests_publication,
    )
    for file in came:
        files.take_in(matter, file, at=at)
    return request, seal_applicant(matter, filing.identity)


def title_of(wanted: str) -> str:
    """Return what the desk calls a request: its first words, with whatever is personal masked."""
    text = " ".join(wanted.split())
    text = privacy.masked(text, privacy.find(text))
    return text[:TITLE] + ("…" if len(text) > TITLE else "")


def seal_applicant(matter: Matter, identity: Mapping[str, str]) -> str:
    """Seal who asks, apart from the request; return the code that the applicant alone gets."""
    given = {name: value.strip() for name, value in identity.items() if value and value.strip()}
    proof = given.get("document_number") or f"{given.get('name', '')}{given.get('phone', '')}"
    code, code_mark = _new_code()
    Applicant.objects.create(
        matter=matter,
        sealed=sealing.seal_values(given, place=f"applicant:{matter.pk}"),
        mark=sealing.mark(proof, purpose="applicant"),
        code_mark=code_mark,
    )
    return code


def _new_code() -> tuple[str, str]:
    """Return a new code, and the mark by which alone it is known again."""
    code = codes.new_code()
    return code, sealing.mark(codes.bare(code), purpose="code")


def issue_code(matter_id: int, *, proof: str, actor: Person, at: datetime, seen: int | None = None) -> str:
    """Give the applicant a new code and return it, this once; the one of before opens nothing any more."""
    with act(matter_id, "issue_code", actor=actor, at=at, seen=seen, proof=proof) as acting:
        code, code_mark = _new_code()
        Applicant.objects.filter(matter=acting.matter).update(code_mark=code_mark)
    return code


def view_identity(matter_id: int, *, actor: Person, at: datetime) -> dict[str, str]:
    """Open the seal for somebody who handles the case, and enter in the ledger that it was opened.

    :raises NotAllowed: the person has nothing to do with this matter
    """
    with transaction.atomic():
        applicant = Applicant.objects.select_related("matter").get(matter_id=matter_id)
        if not queries.may_read(applicant.matter, actor, at=at):
            raise errors.NotAllowed()
        ledger.record(
            f"{applicant.matter.kind}.identity_viewed", applicant.matter.reference, actor=actor, at=at
        )
        return sealing.unseal_values(applicant.sealed, place=f"applicant:{matter_id}")


def open_file(
    file: SealedFile, *, actor: Person, at: datetime, handling: Matter | None = None
) -> tuple[str, bytes]:
    """Open a sealed file for somebody who handles the case, and enter that it was opened: (name, bytes).

    :param handling: the matter in which it is opened, where that is a part of the one that it came with
    :raises NotAllowed: the person has nothing to do with this matter, or the file not with it
    """
    where = handling or file.matter
    with transaction.atomic():
        belongs = file.matter_id == where.pk or file in queries.files_of(where)
        if not belongs or not queries.may_read(where, actor, at=at):
            raise errors.NotAllowed()
        kind, facts = f"{where.kind}.identity_viewed", {"file": file.pk}
        ledger.record(kind, where.reference, actor=actor, at=at, facts=facts)
        return files.name_of(file), files.read(file)


def try_to_reach(matter_id: int, *, note: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Record an attempt to reach the applicant, where the day of receipt waits for both sides."""
    with act(matter_id, "try_to_reach", actor=actor, at=at, seen=seen, note=note) as acting:
        Word.objects.create(request=request_of(acting), kind="attempt", text=note, at=at, by=actor)


def receive(
    matter_id: int, *, received_on: date, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """Fix the day of receipt; from it the reply counts (FOI 2019 art. 31)."""
    with act(matter_id, "receive", actor=actor, at=at, seen=seen, received_on=received_on) as acting:
        request = request_of(acting)
        Request.objects.filter(pk=request.pk).update(received_on=received_on)
        acting.public = {
            "received_on": received_on.isoformat(),
            "way": request.way,
            "applicant": request.applicant_kind,
        }
