"""What people ask the model bureau: each verb of the text is one call of the requests' operations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sunshine.core.people import rules as roles
from sunshine.core.people.models import Person
from sunshine.kernel import period
from sunshine.kernel.procedure import APPLICANT
from sunshine.project.demo import enclosures, sources
from sunshine.project.demo.bureau import Bureau
from sunshine.project.demo.days import Days, Diary
from sunshine.text import identifiers
from sunshine.work.requests import operations as requests
from sunshine.work.requests import queries
from sunshine.work.requests.models import Request
from sunshine.work.requests.rules import terms
from sunshine.work.requests.rules.filing import Filing

ID_CHECKS, CODE_CHECKS = "0123456789X", "0123456789ABCDEFGHJKLMNPQRTUWXY"
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asking:
    """A request's life: who asks what of which department, and what happens on which day.

    `acts` are pairs of working days ago and what is done, those that lie ahead left out.
    """

    applicant: Told
    way: str
    department: str
    wanted: str
    help: str
    acts: Sequence[tuple[int, Told]]

    @property
    def begun(self) -> int:
        return self.acts[0][0]

    def acts_told(self, bureau: Bureau, diary: Diary) -> Iterator[datetime]:
        """Yield the moment of each act, then do it when asked to go on."""
        return acts(self, bureau, diary)


@dataclass(slots=True)
class Telling:
    """A request while it is told; `matter_id` is known once it is filed, `remedy_id` once it is contested."""

    asking: Asking
    bureau: Bureau
    matter_id: int = 0
    remedy_id: int = 0

    def person(self, role: str, at: datetime) -> Person:
        """Return who acts in a role for the department that is asked."""
        return self.bureau.in_role(role, self.asking.department, at)


def read(days: Days) -> list[Asking]:
    """Return every request of the text of which something has happened by now."""
    table = sources.read_table("requests.toml", days)
    people = {each["code"]: _identity(number, each) for number, each in enumerate(table["applicants"], 1)}
    found = (_asking(told, people[told["who"]], days) for told in table["requests"])
    return [each for each in found if each.acts]


def _asking(told: Told, applicant: Told, days: Days) -> Asking:
    acts = [(days.ago(act["on"]), act) for act in told["acts"] if not days.lies_ahead(act["on"])]
    return Asking(applicant, told["way"], told["department"], told["wanted"], told.get("help", ""), acts)


def _identity(number: int, told: Told) -> Told:
    """Return who asks, with numbers that have the form of true ones and are nobody's."""
    own = {"name": told["name"], "phone": f"1380000{number:04}", "email": f"asks{number}@example.com"}
    if "organisation" in told:
        stem = f"91340000MA000{number:04}"
        last = next(each for each in CODE_CHECKS if identifiers.is_organisation_code(stem + each))
        proof = {"document": "organisation_code", "document_number": stem + last}
        return {**own, **proof, "organisation": told["organisation"], "kind": told["kind"]}
    stem = f"34010018500101{number:03}"
    last = next(each for each in ID_CHECKS if identifiers.is_resident_id(stem + each))
    return {**own, "document": "resident_id", "document_number": stem + last, "kind": told["kind"]}


def acts(asking: Asking, bureau: Bureau, diary: Diary) -> Iterator[datetime]:
    """Yield the moment of each act, then do it when asked to go on."""
    telling = Telling(asking, bureau)
    for days_ago, told in asking.acts:
        yield (at := diary.moment(days_ago))
        given = {name: value for name, value in told.items() if name not in ("on", "do")}
        VERBS[told["do"]](telling, at, **given)


def _file(telling: Telling, at: datetime) -> None:
    """File it on the site, or let the office enter what came otherwise."""
    asking = telling.asking
    identity = {name: value for name, value in asking.applicant.items() if name != "kind"}
    filing = Filing(
        way=asking.way,
        applicant_kind=asking.applicant["kind"],
        wanted=asking.wanted,
        identity=identity,
        help=asking.help,
    )
    office = telling.bureau.departments["office"]
    if asking.way == terms.WEB.code:
        request, _code = requests.file_online(filing, office=office, at=at)
    else:
        clerk = telling.person(roles.OFFICE_CLERK.name, at)
        request, _code = requests.register(filing, office=office, arrived_at=at, actor=clerk, at=at)
    telling.matter_id = request.matter_id


def _by(role: str, operation: Callable[..., object], day: str = "") -> Callable[..., None]:
    """Return the verb of a role; `day` names the fact that is the day of the act itself."""

    def verb(telling: Telling, at: datetime, **facts: Any) -> None:
        given = {day: period.day_of(at)} if day else {}
        operation(telling.matter_id, **given, **facts, actor=telling.person(role, at), at=at)

    return verb


def _by_the_applicant(operation: Callable[..., object], day: str = "") -> Callable[..., None]:
    def verb(telling: Telling, at: datetime, **facts: Any) -> None:
        given = {day: period.day_of(at)} if day else {}
        operation(telling.matter_id, **given, **facts, actor=APPLICANT, at=at)

    return verb


def _assign(telling: Telling, at: datetime) -> None:
    requests.assign(
        telling.matter_id,
        department=telling.bureau.departments[telling.asking.department],
        officer=telling.person(roles.DRAFTER.name, at),
        actor=telling.person(roles.OFFICE_CLERK.name, at),
        at=at,
    )


def _lapse(telling: Telling, at: datetime) -> None:
    requests.lapse(telling.matter_id, actor=None, at=at)


def _take_back(telling: Telling, at: datetime) -> None:
    requests.withdraw(telling.matter_id, note="本人网上撤回", actor=APPLICANT, at=at)


def _third_party_got_it(telling: Telling, at: datetime) -> None:
    requests.third_party_received(
        telling.matter_id,
        consultation=_consultation(telling),
        received_on=period.day_of(at),
        actor=telling.person(roles.DRAFTER.name, at),
        at=at,
    )


def _third_party_says(telling: Telling, at: datetime, *, answer: str, ground: str) -> None:
    requests.third_party_answered(
        telling.matter_id,
        consultation=_consultation(telling),
        answer=answer,
        answered_on=period.day_of(at),
        ground=ground,
        actor=telling.person(roles.DRAFTER.name, at),
        at=at,
    )


def _consultation(telling: Telling) -> int:
    asked = list(queries.consulted(Request.objects.get(pk=telling.matter_id)))
    return int(asked[-1]["id"])


def _demand_reasons(telling: Telling, at: datetime, *, reason: str, days: int) -> None:
    until: date = period.day_of(at) + timedelta(days=days)
    clerk = telling.person(roles.OFFICE_CLERK.name, at)
    requests.demand_reasons(telling.matter_id, reason=reason, until=until, actor=clerk, at=at)


def _enclose(telling: Telling, at: datetime, *, file: Told, masks: Sequence[str]) -> None:
    requests.enclose(
        telling.matter_id,
        name=file["name"],
        data=enclosures.make(file),
        masks=masks,
        actor=telling.person(roles.DRAFTER.name, at),
        at=at,
    )


def _draft(
    telling: Telling, at: datetime, *, outcome: str, finding: str, subject: str, details: Told
) -> None:
    requests.draft_reply(
        telling.matter_id,
        outcome=outcome,
        finding=finding,
        public_subject=subject,
        details=details,
        actor=telling.person(roles.DRAFTER.name, at),
        at=at,
    )


def _rate(telling: Telling, at: datetime, *, rating: int, words: str) -> None:
    requests.rate(telling.matter_id, rating=rating, words=words, at=at)


def _contest(telling: Telling, at: datetime, *, track: str) -> None:
    remedy = requests.open_remedy(
        Request.objects.select_related("matter__department").get(pk=telling.matter_id),
        track=track,
        filed_on=period.day_of(at),
        received_on=period.day_of(at),
        actor=telling.person(roles.LEGAL_REVIEWER.name, at),
        at=at,
    )
    telling.remedy_id = remedy.pk


def _defend(telling: Telling, at: datetime) -> None:
    legal = telling.person(roles.LEGAL_REVIEWER.name, at)
    requests.defend(telling.remedy_id, sent_on=period.day_of(at), actor=legal, at=at)


def _decide(telling: Telling, at: datetime, *, result: str) -> None:
    legal = telling.person(roles.LEGAL_REVIEWER.name, at)
    requests.decide(telling.remedy_id, result=result, decided_on=period.day_of(at), actor=legal, at=at)


CLERK, HEAD, DRAFTER = roles.OFFICE_CLERK.name, roles.OFFICE_HEAD.name, roles.DRAFTER.name

VERBS: Mapping[str, Callable[..., None]] = {
    "file": _file,
    "reached": _by(CLERK, requests.try_to_reach),
    "confirm": _by(CLERK, requests.receive, "received_on"),
    "assign": _assign,
    "ask_to_complete": _by(CLERK, requests.ask_to_complete, "notified_on"),
    "lapse": _lapse,
    "take_back": _take_back,
    "search": _by(DRAFTER, requests.search),
    "consult": _by(DRAFTER, requests.consult_third_party, "sent_on"),
    "third_party_got_it": _third_party_got_it,
    "third_party_says": _third_party_says,
    "end_asking": _by(DRAFTER, requests.conclude_consultation),
    "propose_extension": _by(DRAFTER, requests.propose_extension),
    "extend": _by(HEAD, requests.extend),
    "demand_reasons": _demand_reasons,
    "explain": _by_the_applicant(requests.give_reasons),
    "charge": _by(HEAD, requests.charge_fee, "notified_on"),
    "notice_arrived": _by(CLERK, requests.fee_notice_received, "received_on"),
    "pay": _by(CLERK, requests.record_payment, "paid_on"),
    "enclose": _enclose,
    "draft": _draft,
    "approve": _by(HEAD, requests.approve),
    "reply": _by(CLERK, requests.reply, "served_on"),
    "rate": _rate,
    "contest": _contest,
    "defend": _defend,
    "decide": _decide,
    "anew": _by(HEAD, requests.answer_anew, "ordered_on"),
}
"""The verbs that the text may use."""
