"""The page of a request, a remedy or a correction: acts, clocks, what is asked, what was done, the story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.doors.desk import downloads, listed, shell, words
from sunshine.doors.desk import matter as pages
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.requests import composing, contesting, paper, queries, rules, third_parties
from sunshine.work.requests import operations as requests
from sunshine.work.requests.models import Answer, Consultation, Correction, Remedy, Request, SealedFile
from sunshine.work.requests.rules import correction_table, overruling
from sunshine.work.requests.rules.terms import Term

Rows = Sequence[tuple[str, object]]
SHOWN_WHEN_OPEN = frozenset({"complete_late", "tell_third_party", "respect_refusal", "body_received"})
"""Acts that few requests ever need: elsewhere their reasons for being shut would help nobody."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked, for the officer who handles the case."""

    number: int | None
    who: str
    about: str
    sent_on: date
    received_on: date | None
    answered_on: date | None
    answer: str
    ground: str
    told_on: date | None
    is_respected: bool
    letters: Sequence[tuple[int, str, str]]


def readable(request: HttpRequest, reference: str) -> Matter:
    """Return a matter of this room that this officer may read.

    :raises NotFound: there is none, or this officer may not know that there is
    """
    matter = queries.matter(reference)
    if not queries.may_read(matter, shell.staff(request), at=timezone.now()):
        raise errors.NotFound(Reason(gettext_noop("There is no such request")))
    return matter


def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one matter with everything an officer needs to take the next step."""
    matter = readable(request, reference)
    return _page(request, matter)


@require_POST
def who(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the seal of who asks, on demand; the ledger has it that one looked."""
    matter = readable(request, reference)
    found = requests.view_identity(matter.pk, actor=shell.staff(request), at=timezone.now())
    labels = {
        "name": _("Name"),
        "organisation": _("Organisation"),
        "representative": _("Representative"),
        "document": _("Document"),
        "document_number": _("Number of the document"),
        "phone": _("Telephone"),
        "email": _("E-mail"),
        "address": _("Address"),
        "postcode": _("Postcode"),
    }
    rows = [(label, found[name]) for name, label in labels.items() if found.get(name)]
    return _page(request, matter, identity=rows)


def file(request: HttpRequest, reference: str, file_id: int) -> HttpResponse:
    """Answer the bytes of a sealed file of this matter, or that came with the whole of which it is a part.

    The ledger has it that one looked.
    """
    matter = readable(request, reference)
    known = [*matter.sealed_files.all(), *queries.files_of(matter)]
    found = next((each for each in known if each.pk == file_id), None)
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such file")))
    name, data = requests.open_file(found, actor=shell.staff(request), at=timezone.now(), handling=matter)
    return downloads.download(name, data, found.media_type)


def clock_as_json(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Answer the whole reading of one clock, day by day, with the rules it rests on."""
    return pages.clock_told(readable(request, reference), name)


def acts_for(matter: Matter, person: Person, now: datetime) -> list[pages.ActShown]:
    """Return the acts of the stage for this person, the likely next one first."""
    return pages.acts_shown(matter, queries.acts_open(matter, person, at=now))


def _page(request: HttpRequest, matter: Matter, *, identity: Rows = ()) -> HttpResponse:
    now, person = timezone.now(), shell.staff(request)
    acts = acts_for(matter, person, now)
    about = {rules.KIND: _of_request, "remedy": _of_remedy, "correction": _of_correction}[matter.kind]
    return shell.page(
        request,
        "desk/request.html",
        title=matter.title,
        place="worklist",
        matter=matter,
        stage=_(matters.procedure_of(matter).stage(matter.stage).label),
        acts=[act for act in acts if act.is_open],
        shut=[act for act in acts if not act.is_open and act.name not in SHOWN_WHEN_OPEN],
        next_by=pages.next_by(matter, acts, now),
        clocks=pages.clocks(matter, now),
        moments=words.timeline(ledger.timeline(matter.reference)),
        identity=identity,
        has_applicant=matter.kind != "remedy",
        gives_codes=any(act.name == "issue_code" for act in acts),
        **about(matter),
    )


def _of_request(matter: Matter) -> dict[str, Any]:
    request = Request.objects.get(matter=matter)
    answer = queries.newest_answer(request)
    return {
        "rows": _rows(request),
        "wanted": request.wanted,
        "files": [(found.pk, found.media_type, found.size) for found in queries.files_of(matter)],
        "asked": _all_asked(request),
        "searches": request.searches.select_related("by"),
        "fees": request.fees.all(),
        "said": request.words.select_related("by"),
        "answer": answer,
        "answer_rows": _answer_rows(answer, matter.procedure_version) if answer else [],
        "enclosures": [
            (row.original_id, row.given_id, row.name, _readers(row.proof), row.answer)
            for row in request.enclosures.select_related("answer")
        ],
        "papers": [(file.pk, requests.name_of(file)) for file in _papers(answer)],
        "notices": [(kind, each.title) for kind, each in composing.course(request).items() if each.is_whole],
        "same_applicant": list(queries.same_applicant(request)[:10]),
        "parts": [part.matter.reference for part in request.parts.select_related("matter")],
        "remedies": [
            (each.matter.reference, listed.said(each.sort, rules.SORTS))
            for each in request.remedies.select_related("matter")
        ],
        "may_be_contested": contesting.contested(request, on=shell.today()) is not None,
    }


def _papers(answer: Answer | None) -> list[SealedFile]:
    return [file for file in (answer.letter_pdf, answer.letter_docx) if file] if answer else []


def notice(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Answer a notice as PDF/A; it names the applicant, so the ledger has it that one looked."""
    matter = readable(request, reference)
    letter = composing.course(queries.request(reference)).get(kind)
    if letter is None or not letter.is_whole:
        raise errors.NotFound(Reason(gettext_noop("There is no such letter")))
    requests.view_identity(matter.pk, actor=shell.staff(request), at=timezone.now())
    return downloads.download(f"{letter.title}.pdf", paper.pdf(letter), paper.PDF)


def _rows(request: Request) -> Rows:
    way = rules.way_named(request.way)
    version = request.matter.procedure_version
    received = (
        f"{request.received_on}: {_(rules.receipt_reason(way, version))}"
        if way and request.received_on
        else ""
    )
    help_wanted = listed.said(request.help, rules.HELP)
    rows = [
        (_("Way"), listed.said(request.way, [Term(each.code, each.label, each.term) for each in rules.WAYS])),
        (_("Arrived"), words.moment(request.arrived_at)),
        (_("Received on"), received),
        (_("Who asks"), listed.said(request.applicant_kind, rules.APPLICANT_KINDS)),
        (_("Features"), request.features),
        (_("Form wanted"), listed.said(request.form_wanted, rules.FORMS_WANTED)),
        (_("How to get it"), listed.said(request.delivery, rules.DELIVERIES)),
        (_("Help"), help_wanted),
        (_("Suggests publication"), _("yes") if request.suggests_publication else ""),
        (
            _("In this month"),
            _("request %(number)d of this applicant") % {"number": queries.number_in_month(request)},
        ),
        (_("Outcome"), outcome(request.outcome)),
        (_("Split from"), request.origin.matter.reference if request.origin else ""),
        (_("Merged into"), request.merged_into.matter.reference if request.merged_into else ""),
        (_("Rating"), request.rating or ""),
    ]
    return [(label, value) for label, value in rows if value]


def outcome(code: str) -> str:
    """Say a class of answer with its own term."""
    found = rules.outcome_named(code)
    return listed.both(found) if found else ""


def _all_asked(request: Request) -> list[Asked]:
    numbers = third_parties.numbers(request.pk)
    rows = request.consultations.select_related("request__matter")
    return [_asked(row, numbers.get(row.pk)) for row in rows]


def _asked(row: Consultation, number: int | None) -> Asked:
    answers = {
        "consents": _("Consents"),
        "refuses": _("Refuses, with a reasonable ground"),
        "refuses_without_ground": _("Refuses without a ground"),
        "undeliverable": _("Undeliverable"),
        "silent": _("Did not answer"),
    }
    said = answers.get(row.answer, _("waiting"))
    days = (row.sent_on, row.received_on, row.answered_on)
    sent = [(row.pk, sort, letter.title) for sort, letter in third_parties.letters_to(row).items()]
    who, decided = requests.party_of(row), (row.told_on, row.decided == overruling.RESPECTED)
    return Asked(number, who, row.about, *days, said, row.ground, *decided, sent)


def _answer_rows(answer: Any, version: str) -> Rows:
    found = rules.outcome_named(answer.outcome)
    rows = [
        (_("Class"), outcome(answer.outcome)),
        (_("Ground"), words.cited(found.bases.get(version, "")) if found else ""),
        (_("Found"), answer.finding),
        (_("Subject for the public register"), answer.public_subject),
        *((_(DETAILS.get(name, name)), _detail(value)) for name, value in answer.details.items()),
        (_("Drafted by"), answer.drafted_by),
        (_("Approved by"), answer.approved_by or ""),
        (_("Went out on"), answer.served_on or ""),
        (_("Digest of the letter"), answer.letter_digest),
    ]
    return [(label, value) for label, value in rows if value]


READERS = {
    "text": gettext_noop("as text"),
    "markup": gettext_noop("as markup"),
    "ocr": gettext_noop("by the recognition of characters"),
    "ocr_in_part": gettext_noop("by the recognition of characters, on some pages"),
}


def _readers(proof: Mapping[str, Any]) -> list[str]:
    """Say how a redacted copy was read again, and where it has to be; a library's own name stays."""
    said = [_(READERS.get(each, each)) for each in proof.get("readers", ())]
    if pages := ", ".join(map(str, proof.get("unseen", ()))):
        said.append(_("look yourself at the pictures of pages %(pages)s") % {"pages": pages})
    return said


DETAILS = {
    "handover": gettext_noop("How it is given"),
    "where": gettext_noop("Where to find it"),
    "withheld": gettext_noop("What is withheld"),
    "classification": gettext_noop("Classification"),
    "law": gettext_noop("Law and article"),
    "which": gettext_noop("Which of them"),
    "harm": gettext_noop("Harm"),
    "balance": gettext_noop("Weighing"),
    "right_body": gettext_noop("The right body and how to reach it"),
    "channel": gettext_noop("The right channel"),
    "earlier": gettext_noop("The earlier answer"),
    "note": gettext_noop("Note"),
}


def _detail(value: object) -> str:
    if isinstance(value, list):
        said = (f"{part['place']}（{outcome(part['ground'])}）{part.get('why', '')}" for part in value)
        return "；".join(said)
    return str(value)


def _of_remedy(matter: Matter) -> dict[str, Any]:
    remedy = Remedy.objects.select_related("request__matter", "after__matter").get(matter=matter)
    rows = [
        (_("Against"), _against(remedy)),
        (_("Sort"), listed.said(remedy.sort, rules.SORTS)),
        (_("Earlier remedy"), remedy.after.matter.reference if remedy.after else ""),
        (_("Filed on"), remedy.filed_on),
        (_("Note"), remedy.note),
        (_("Result"), listed.said(remedy.result, rules.RESULTS)),
        (_("Decided on"), remedy.decided_on or ""),
    ]
    links = [(remedy.request.matter.reference, _("The request"))]
    return {"rows": [(label, value) for label, value in rows if value], "remedies": links}


def _against(remedy: Remedy) -> str:
    found = contesting.contested(remedy.request, on=remedy.filed_on)
    if found is None:  # entered when fewer days were asked
        return outcome(remedy.request.outcome)
    return outcome(found.outcome) or _("No reply in time")


def _of_correction(matter: Matter) -> dict[str, Any]:
    correction = Correction.objects.get(matter=matter)
    rows = [
        (_("Received on"), correction.received_on or ""),
        (_("Decision"), listed.said(correction.decision, correction_table.DECISIONS)),
        (_("Reason"), correction.reason),
    ]
    return {"rows": [(label, value) for label, value in rows if value], "wanted": correction.wanted}
