"""Letters to those who are asked; to a third party also why its refusal was passed over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings

from sunshine.work.requests.models import Consultation
from sunshine.work.requests.operations import asking
from sunshine.work.requests.rules import letters, outcomes, periods, remedies

THIRD_PARTY, ASKS, TELLS = "third_party", "ask", "tell"
CO_MAKERS = "FOI 2019 art. 34"


def numbers(request_id: int) -> Mapping[int, int]:
    """Return the number under which the rules speak of each third party of a request: row -> number."""
    rows = Consultation.objects.filter(request_id=request_id, sort=THIRD_PARTY).order_by("id")
    return {row: number for number, row in enumerate(rows.values_list("pk", flat=True), 1)}


def letters_to(consultation: Consultation) -> Mapping[str, letters.Letter]:
    """Return the letters that one who is asked gets so far, by their sort."""
    if consultation.sort != THIRD_PARTY:
        return {ASKS: _asks_a_body(consultation)}
    found = {ASKS: _asks(consultation)}
    return (
        found
        if consultation.told_on is None
        else {**found, TELLS: _tells(consultation, consultation.told_on)}
    )


def _asks(consultation: Consultation) -> letters.Letter:
    is_old = consultation.request.matter.procedure_version == "2008"
    template = letters.NOTICES["consult_2008" if is_old else "consult"]
    return letters.write(template, _values(consultation, consultation.sent_on))


def _asks_a_body(consultation: Consultation) -> letters.Letter:
    """Return the letter to a co-maker of the information (FOI-JOINT), or to a body that helps."""
    values = _values(consultation, consultation.sent_on)
    values["basis"] = letters.law_in_chinese(CO_MAKERS)
    return letters.write(letters.NOTICES[consultation.sort], values)


def _tells(consultation: Consultation, told_on: date) -> letters.Letter:
    values = {
        **_values(consultation, told_on),
        "answered_on": letters.written(consultation.answered_on),
        "ground": consultation.ground.rstrip("。"),
        "disclosed": consultation.disclosed.rstrip("。"),
        "reason": consultation.told_why.rstrip("。"),
    }
    remedy = remedies.remedy(outcomes.DISCLOSED, told_on).sentence.replace("本答复", "本决定")
    return letters.write(letters.NOTICES["overruled"], values, closing=(remedy,))


def _values(consultation: Consultation, on: date) -> dict[str, str]:
    """Return what both say; nothing of who asked for the information."""
    matter, bureau = consultation.request.matter, settings.BUREAU
    return {
        "addressee": asking.party_of(consultation),
        "about": consultation.about.rstrip("。"),
        "basis": letters.law_in_chinese(periods.text(matter.procedure_version).third_party),
        "number": f"编号：{matter.reference}",
        "bureau": bureau.name,
        "government": bureau.government,
        "dated": letters.written(on),
    }
