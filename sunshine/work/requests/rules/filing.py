"""What a request must say to be one, and which of it has a form that can be checked (FOI 2019 art. 29)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sunshine.kernel import period
from sunshine.kernel.verdict import HOLDS, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.text import identifiers
from sunshine.work.requests.rules import terms

OWN = "own rule"
MOST_WORDS = 4000
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}[- ]?[2-9]\d{6,7}(-\d{1,5})?")
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
PASSPORT = re.compile(r"[A-Z][A-Z0-9]\d{7}|[A-Z]\d{8}")
PERMIT = re.compile(r"[A-Z]\d{8,10}|\d{8}|8[123]0000\d{11}[\dX]")


@dataclass(frozen=True, slots=True)
class Filing:
    """A request as the applicant gives it. `identity` is sealed the moment it enters the house."""

    way: str
    applicant_kind: str
    wanted: str
    identity: Mapping[str, str]
    features: str = ""
    form_wanted: str = "electronic"
    delivery: str = "site"
    help: str = ""
    suggests_publication: bool = False
    files: tuple[tuple[str, bytes], ...] = field(default=())


IDENTITY_FIELDS = (
    "name",
    "document",
    "document_number",
    "organisation",
    "representative",
    "phone",
    "email",
    "address",
    "postcode",
)


def filing_is_sound(filing: Filing, on: date) -> Verdict:
    """Return whether a request can be registered; each reason names the field that mends it."""
    basis = "FOI 2008 art. 20" if on <= terms.FIRST_TEXT_ENDS else "FOI 2019 art. 29"
    given = filing.identity
    is_person = filing.applicant_kind == terms.NATURAL_PERSON.code
    verdicts = [
        _known(filing.way, terms.WAYS, "way"),
        _known(filing.applicant_kind, terms.APPLICANT_KINDS, "applicant_kind"),
        _known(filing.form_wanted, terms.FORMS_WANTED, "form_wanted"),
        _known(filing.delivery, terms.DELIVERIES, "delivery"),
        HOLDS if is_person else _said(given.get("organisation"), "organisation", _("Give its name."), basis),
        _said(filing.wanted, "wanted", _("Say which information you need."), basis),
        identity_is_sound(given, on, delivery=filing.delivery),
    ]
    if len(filing.wanted) > MOST_WORDS:
        verdicts.append(fails(_("This is too long; attach a file instead."), basis=OWN, field="wanted"))
    return all_of(verdicts)


def arrival_is_sound(arrived_at: datetime, at: datetime) -> Verdict:
    """Return whether a request can have arrived then: under a text of the regulation, and not after now."""
    if arrived_at > at:
        return fails(_("It cannot arrive later than now"), basis=OWN, field="arrived_at")
    return not_before_the_law(period.day_of(arrived_at), terms.FIRST_TEXT, "arrived_at")


def not_before_the_law(given: date, since: date, name: str) -> Verdict:
    """Return whether a day is none before the law that it would start the time of."""
    if given >= since:
        return HOLDS
    return fails(_("This cannot have been before %(day)s."), basis=OWN, field=name, day=since)


def identity_is_sound(given: Mapping[str, str], on: date, *, delivery: str = "") -> Verdict:
    """Return whether it is said and proved who asks, and how the answer reaches them."""
    basis = "FOI 2008 art. 20" if on <= terms.FIRST_TEXT_ENDS else "FOI 2019 art. 29"
    verdict = _said(given.get("name"), "name", _("Give the name."), basis) & _contact(given, delivery, basis)
    # FOI-ID: proof of identity is asked since 2019 only.
    if on >= terms.SECOND_TEXT:
        verdict &= document_is_sound(given.get("document", ""), given.get("document_number", ""))
    return verdict


def correction_is_sound(wanted: str, identity: Mapping[str, str], *, received_on: date, on: date) -> Verdict:
    """FOI-CORRECT: only who can prove to be the one whose data it is may have it corrected."""
    basis = "FOI-CORRECT: FOI 2019 art. 41"
    said = _said(wanted, "wanted", _("Say what is to be corrected."), basis)
    since = not_before_the_law(received_on, terms.SECOND_TEXT, "received_on")
    return said & identity_is_sound(identity, on) & since


def _known(code: str, among: tuple[terms.Term | terms.Way, ...], name: str) -> Verdict:
    if any(each.code == code for each in among):
        return HOLDS
    return fails(_("Choose one of the list."), basis="FOI 2019 art. 29", field=name)


def _said(value: str | None, name: str, words: str, basis: str) -> Verdict:
    return HOLDS if value and value.strip() else fails(words, basis=basis, field=name)


def _contact(identity: Mapping[str, str], delivery: str, basis: str) -> Verdict:
    """Return whether the applicant can be reached, and by the way the answer is wanted."""
    given = {name: identity.get(name, "").strip() for name in ("phone", "email", "address")}
    verdict = HOLDS
    if not any(given.values()):
        verdict &= fails(
            _("Give a way to reach you: telephone, e-mail or address."), basis=basis, field="phone"
        )
    if given["phone"] and not (MOBILE.fullmatch(given["phone"]) or LANDLINE.fullmatch(given["phone"])):
        verdict &= fails(_("This is no telephone number of China."), basis=basis, field="phone")
    if given["email"] and not EMAIL.fullmatch(given["email"]):
        verdict &= fails(_("This is no e-mail address."), basis=basis, field="email")
    wanted = {"email": "email", "post": "address"}.get(delivery, "")
    if wanted and not given[wanted]:
        verdict &= fails(_("The way you chose for the answer needs this."), basis=basis, field=wanted)
    return verdict


def document_is_sound(document: str, number: str) -> Verdict:
    """Return whether a proof of identity has the form of one: check digits, dates, regions, letters."""
    basis, text = "FOI-ID: FOI 2019 art. 29", number.strip().upper()
    if not any(each.code == document for each in terms.IDENTITY_DOCUMENTS):
        return fails(_("Choose the document that proves your identity."), basis=basis, field="document")
    if _FORMS[document](text):
        return HOLDS
    return fails(
        _("The number does not fit its document; please look at it digit by digit."),
        basis=basis,
        field="document_number",
    )


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda number: bool(pattern.fullmatch(number))


_FORMS: Mapping[str, Callable[[str], bool]] = {
    "resident_id": identifiers.is_resident_id,
    "organisation_code": identifiers.is_organisation_code,
    "passport": _matches(PASSPORT),
    "permit": _matches(PERMIT),
    "other": lambda number: len(number) >= 4,
}
