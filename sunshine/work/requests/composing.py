"""Letters of one request: the values of their places, from what was received, found and decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries as matters
from sunshine.core.matters import sealing
from sunshine.kernel import calendar, period
from sunshine.work.requests import rules
from sunshine.work.requests.models import Answer, Applicant, Request
from sunshine.work.requests.rules import checks, letters, outcomes, periods, remedies

NOT_YET = "〔待编号〕"
"""Stands for the number of a letter until it is approved, when it gets one."""

STANDS = "恢复计算的答复期限届满"
"""Stands for the last day of a period that is extended while its clock stands."""


def reply(answer: Answer, *, on: date) -> letters.Letter:
    """Return the letter of an answer as it stands, dated on a day."""
    request = answer.request
    values = {
        **frame(request, on=on),
        **_details(answer),
        "finding": answer.finding.strip().rstrip("。") + "。" if answer.finding.strip() else "",
        "number": answer.letter_number or NOT_YET,
    }
    return letters.write_reply(answer.outcome, request.matter.procedure_version, on, values)


def notices(request: Request, *, due_on: date | None) -> dict[str, letters.Letter]:
    """Return the notices that the course of a request calls for so far: kind -> letter.

    Each is dated on the day of what it tells; its number is that of the register.
    """
    found = {}
    if request.received_on is not None:
        values = {"due_on": letters.written(due_on)}
        found["receipt"] = _notice(request, "receipt", values, on=request.received_on)
    asked = request.words.filter(kind="asked").last()
    if request.asked_on is not None and asked is not None:
        values = {"what": asked.text.rstrip("。"), "until": _end(periods.COMPLETION, request.asked_on)}
        kind = "complete_late" if _is_late(request, request.asked_on) else "complete"
        found["complete"] = _notice(request, kind, values, on=request.asked_on, article="art. 30")
    demanded = request.words.filter(kind="demanded").last()
    if request.reasons_until is not None and demanded is not None:
        values = {"reason": demanded.text.rstrip("。"), "until": letters.written(request.reasons_until)}
        on = period.day_of(demanded.at)
        found["reasons"] = _notice(request, "reasons", values, on=on, article="art. 35")
    found |= _asking(request) | _deferral(request)
    fee = request.fees.last()
    if fee is not None:
        scale = next(each.term for each in rules.SCALES if each.code == fee.scale)
        values = {"scale": scale, "quantity": str(fee.quantity), "amount": str(fee.amount)}
        values["payment"] = how_to_pay()
        found["fee"] = _notice(request, "fee", values, on=fee.notified_on, article="art. 42")
    return found | _dropping(request)


WHOM = {
    "third_party": "第三方",
    "co_maker": "共同制作该信息的行政机关",
    "other_body": "其他有关机关",
}


def _asking(request: Request) -> dict[str, letters.Letter]:
    """Return the notices that others are asked, which takes no time off the period (FOI-PAUSE)."""
    version, found = request.matter.procedure_version, {}
    asked = request.consultations.values_list("sort", "sent_on")
    told = dict.fromkeys(each for each in asked if version == "2019" or each[0] == "third_party")
    for number, (sort, sent_on) in enumerate(told, 1):
        values = {"sent_on": letters.written(sent_on), "whom": WHOM[sort]}
        letter = _notice(request, "asking", values, on=sent_on, article=periods.text(version).pause)
        found["asking" if number == 1 else f"asking_{number}"] = letter
    return found


def _deferral(request: Request) -> dict[str, letters.Letter]:
    """Return the notice that the reply comes on a later day (FOI-FREQ)."""
    put_off = _last(request, "defer")
    if put_off is None or request.deferred_until is None:
        return {}
    reason = str(put_off.facts.get("reason", "")).rstrip("。")
    values = {"reason": reason, "until": letters.written(request.deferred_until)}
    return {"defer": _notice(request, "defer", values, on=period.day_of(put_off.at), article="art. 35")}


DROPPED = {"lapse": outcomes.LAPSED, "drop_unpaid": outcomes.UNPAID}


def _dropping(request: Request) -> dict[str, letters.Letter]:
    """Return the notice that the request is handled no further, with its remedy.

    FOI-COMPLETE-TIME, FEE-PAY-20WD. An excuse admitted later does not unsay it.
    """
    dropped = _last(request, *DROPPED)
    if dropped is None:
        return {}
    kind = dropped.kind.rpartition(".")[2]
    fees = request.fees.values_list("notified_on", flat=True)
    asked_on = request.asked_on if kind == "lapse" else fees.last()
    on = period.day_of(dropped.at)
    outcome = outcomes.outcome_named(DROPPED[kind])
    basis = outcome.bases.get(request.matter.procedure_version, "") if outcome else ""
    closing = (remedies.remedy(DROPPED[kind], on).sentence,)
    values = {"sent_on": letters.written(asked_on)}
    return {kind: _notice(request, kind, values, on=on, basis=basis, closing=closing)}


def _last(request: Request, *acts: str) -> Entry | None:
    """Return the newest entry of some acts of the request's procedure."""
    kinds = [f"{request.matter.kind}.{act}" for act in acts]
    return ledger.timeline(request.matter.reference).filter(kind__in=kinds).last()


def course(request: Request) -> dict[str, letters.Letter]:
    """Return every notice that the course of a request called for so far: kind -> letter.

    Each says what held on its own day: a clock that stood or was extended later changes none of them.
    """
    text = periods.FOI_2008 if request.matter.procedure_version == "2008" else periods.FOI_2019
    since = request.received_on
    due_on = since and period.last_day(text.reply.length, text.reply.unit, since, calendar.bundled())
    found = notices(request, due_on=due_on)
    extended = extension_of(request)
    if extended is not None:
        reading = matters.readings_after(request.matter, extended).get("reply")
        reason, on = str(extended.facts.get("reason", "")), period.day_of(extended.at)
        found["extend"] = extension(request, reason=reason, due_on=reading.due_on if reading else None, on=on)
    return found


def extension_of(request: Request) -> Entry | None:
    """Return the entry that the period was extended, if it was."""
    return _last(request, "extend")


def how_to_pay() -> str:
    """Return how a processing fee is paid: what the bureau says of it, else where to ask."""
    # 国办函〔2020〕109号 art. 6: the notice says basis, scale, amount and how to pay.
    bureau = settings.BUREAU
    asked = f"，联系方式：{bureau.contact}" if bureau.contact else ""
    return bureau.payment.rstrip("。") or f"与本机关政府信息公开工作机构联系办理{asked}"


def extension(request: Request, *, reason: str, due_on: date | None, on: date) -> letters.Letter:
    """Return the notice that the period was extended."""
    values = {"reason": reason.rstrip("。"), "due_on": letters.written(due_on) or STANDS}
    article = "art. 33 ¶2" if request.matter.procedure_version == "2019" else "art. 24"
    return _notice(request, "extend", values, on=on, article=article)


def _notice(
    request: Request,
    kind: str,
    values: Mapping[str, str],
    *,
    on: date,
    article: str = "",
    basis: str = "",
    closing: tuple[str, ...] = (),
) -> letters.Letter:
    """Return a notice; it cites an article of the request's text of the regulation, or another basis."""
    version = request.matter.procedure_version
    cited = "art. 21(4)" if version == "2008" and kind == "complete" else article
    basis = basis or (f"FOI {version} {cited}" if cited else "")
    given = {
        **frame(request, on=on),
        **values,
        "number": f"编号：{request.matter.reference}",
        "basis": letters.law_in_chinese(basis) if basis else "",
    }
    return letters.write(letters.NOTICES[kind], given, closing=closing)


def _is_late(request: Request, asked_on: date) -> bool:
    asked_at = period.start_of(asked_on)
    return request.matter.procedure_version == "2019" and checks.is_asked_late(request.received_on, asked_at)


def _end(length: period.Period, since: date) -> str:
    return letters.written(period.last_day(length.length, length.unit, since, calendar.bundled()))


def frame(request: Request, *, on: date) -> dict[str, str]:
    """Return what every letter of a request says: to whom, by whom, about which request."""
    bureau = settings.BUREAU
    way = rules.way_named(request.way)
    return {
        "addressee": _addressee(request),
        "reference": request.matter.reference,
        "received_on": letters.written(request.received_on),
        "way": way.term if way else "",
        "wanted": " ".join(request.wanted.split()).rstrip("。"),
        "bureau": bureau.name,
        "government": bureau.government,
        "dated": letters.written(on),
    }


def _addressee(request: Request) -> str:
    sealed = Applicant.objects.get(matter_id=request.matter_id).sealed
    found = sealing.unseal_values(sealed, place=f"applicant:{request.matter_id}")
    return found.get("organisation") or found.get("name", "")


def _details(answer: Answer) -> dict[str, str]:
    details = {name: str(value) for name, value in answer.details.items() if isinstance(value, str)}
    if "earlier" in details:
        details["earlier"] = _earlier(details["earlier"])
    parts = answer.details.get("withheld", [])
    version = answer.request.matter.procedure_version
    said = [f"{part['place']}（{_ground(part['ground'], version)}）{_because(part)}" for part in parts]
    return {**details, "withheld": "；".join(said)} if said else details


def _because(part: Mapping[str, str]) -> str:
    """Return why a part is withheld, as the letter goes on to say it."""
    why = " ".join(part.get("why", "").split()).rstrip("。；")
    return f"，理由：{why}" if why else ""


def _earlier(reference: str) -> str:
    """Return an earlier request as a letter names it: with the number of the letter that answered it."""
    served = Answer.objects.filter(request__matter__reference=reference, served_on__isnull=False)
    number = served.order_by("number").values_list("letter_number", flat=True).last()
    return f"申请编号：{reference}，{number}" if number else reference


def _ground(code: str, version: str) -> str:
    found = rules.outcome_named(code)
    return f"{found.term}，{letters.law_in_chinese(found.bases[version])}" if found else ""
