"""Says in the reader's language what the rules of requests, their clocks and their entries say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.design import parts
from sunshine.kernel import clock, explanation
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.requests import rules
from sunshine.work.requests.models import Request
from sunshine.work.requests.rules import letters

CLOCKS = {
    "reply": gettext_noop("The answer"),
    "tell": gettext_noop("Saying what the request lacks"),
    "completion": gettext_noop("Your time to complete"),
    "consent": gettext_noop("The third party’s answer"),
    "bodies": gettext_noop("The answer of other bodies"),
    "pay": gettext_noop("Your time to pay"),
    "correction": gettext_noop("The decision"),
    "answer": gettext_noop("The answer"),
    "notify": gettext_noop("Telling you of receipt and procedure"),
    "consultation": gettext_noop("The answer to a consultation"),
    "danger": gettext_noop("Securing a danger"),
    "accept": gettext_noop("A department accepts it"),
}
TOLD_APPLICANTS = (
    *("complete", "ask_too_late", "complete_late", "give_reasons", "withdraw", "rate", "issue_code"),
    *("take_in_correction", "settle"),
)
"""Acts that the applicant may know of and everybody else need not."""


@dataclass(frozen=True, slots=True)
class ClockSaid:
    """A clock with its reading in words."""

    label: str
    reading: clock.Reading
    sentence: str
    arithmetic: str


def say(text: str, params: Mapping[str, object] | None = None) -> str:
    """Translate a marked text and fill its places; dates are written the reader's way."""
    if not text:
        return ""
    return _(text) % {name: _value(value) for name, value in params.items()} if params else _(text)


def _value(value: object) -> object:
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    return _(value) if isinstance(value, str) and value else value


def reason(given: Reason) -> str:
    """Say one reason of a refusal with the rule that asks."""
    said, basis = say(given.text, given.params), law(given.basis)
    return f"{said} ({basis})" if basis else said


def law(basis: str) -> str:
    """Say an article as the reader's language cites it; nothing for a rule of the house."""
    article = basis.rpartition(": ")[2]
    if article in ("", "own rule"):
        return ""
    return article if get_language() == "en" else letters.law_in_chinese(article)


def too_many_files(most: int) -> Reason:
    """Return why more files are not taken."""
    return Reason(gettext_noop("At most %(most)d files."), field="attachments", params={"most": most})


def why_received(request: Request) -> str:
    """Say why the day of receipt is the day it is, with the article."""
    way = rules.way_named(request.way)
    if way is None or request.received_on is None:
        return ""
    version = request.matter.procedure_version
    basis = "FOI 2019 art. 31" if version == "2019" else "国办公开办函〔2015〕207号"
    return f"{_(way.label)}: {_(rules.receipt_reason(way, version))} ({law(basis)})"


def clocks(matter: Matter, now: datetime) -> list[ClockSaid]:
    """Return the clocks of a matter in words, the answer's first."""
    return [
        ClockSaid(
            _(CLOCKS.get(name, name)),
            reading,
            message(explanation.sentence(reading)),
            message(explanation.arithmetic(reading)),
        )
        for name, reading in matters.readings(matter, now=now).items()
    ]


def message(phrases: explanation.Message) -> str:
    """Say a message of phrases as one line."""
    return _(explanation.SEPARATOR).join(say(phrase.text, phrase.params) for phrase in phrases)


def stage(matter: Matter) -> str:
    """Say where a request stands."""
    return _(matters.procedure_of(matter).stage(matter.stage).label)


def outcome(code: str) -> str:
    """Say a class of answer."""
    found = rules.outcome_named(code)
    return _(found.label) if found else ""


def kind(code: str) -> str:
    """Say who asks: the kind, never the person."""
    return next((_(term.label) for term in rules.APPLICANT_KINDS if term.code == code), "")


def story(matter: Matter, entries: Iterable[Entry]) -> list[parts.Moment]:
    """Tell the acts that the applicant may know of, newest first; no officer is named."""
    told = ((entry, sentence(matter, entry)) for entry in entries)
    return [parts.Moment(at=entry.at, sentence=said) for entry, said in told if said][::-1]


def sentence(matter: Matter, entry: Entry) -> str:
    """Say one act in a sentence that names nobody; empty for what is the office's own affair."""
    name = entry.kind.partition(".")[2]
    act = next((act for act in matters.procedure_of(matter).acts if act.name == name), None)
    if act is None or not (act.public or name in TOLD_APPLICANTS):
        return ""
    return say(act.wording, {"actor": _("The bureau")})
