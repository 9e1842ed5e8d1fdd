"""What people write to the model bureau: each verb of the text is one call of the operations of letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sunshine.core.people import rules as roles
from sunshine.core.people.models import Person
from sunshine.kernel import period
from sunshine.kernel.procedure import APPLICANT
from sunshine.project.demo import sources
from sunshine.project.demo.bureau import Bureau
from sunshine.project.demo.days import Days, Diary
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Case, Post
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules.posting import Letter

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Writing:
    """A letter's life: its name in the text, what it says, what happens to it on which day."""

    name: str
    letter: Told
    acts: Sequence[tuple[int, Told]]
    services: Sequence[Told] = ()

    @property
    def begun(self) -> int:
        return self.acts[0][0]

    def acts_told(self, bureau: Bureau, diary: Diary) -> Iterator[datetime]:
        """Yield the moment of each act, then do it when asked to go on."""
        telling = Telling(self, bureau)
        for days_ago, told in self.acts:
            yield (at := diary.moment(days_ago))
            given = {name: value for name, value in told.items() if name not in ("on", "do")}
            VERBS[told["do"]](telling, at, **given)


_named: dict[str, int] = {}
"""The letters of this play by their names in the text, for those that are joined."""


@dataclass(slots=True)
class Telling:
    """A letter while it is told; `matter_id` is known once it is a case."""

    writing: Writing
    bureau: Bureau
    matter_id: int = 0
    department: str = "office"
    post: Post | None = None

    def person(self, role: str, at: datetime) -> Person:
        """Return who acts in a role where the case lies."""
        return self.bureau.in_role(role, self.department, at)


def read(days: Days) -> list[Writing]:
    """Return every letter of the text; the services that can be reported are listed by the first."""
    table = sources.read_table("letters.toml", days)
    services = table["services"]
    found = []
    for place, told in enumerate(table["letters"]):
        acts = [(days.ago(act["on"]), act) for act in told["acts"]]
        found.append(Writing(told["name"], told, acts, services if place == 0 else ()))
    return found


def _letter(telling: Telling) -> Letter:
    told = telling.writing.letter
    names = ("channel", "text", "sort", "service", "address", "may_be_shown", "lat", "lon")
    return Letter(who=told.get("who", {}), **{name: told[name] for name in names if name in told})


def _list_services(telling: Telling, at: datetime) -> None:
    for place, told in enumerate(telling.writing.services):
        given = {**told, "department": telling.bureau.departments[told["department"]]}
        letters.list_service(
            **given, position=place, actor=telling.person(roles.OFFICE_CLERK.name, at), at=at
        )


def _enter(telling: Telling, at: datetime, *, how: str = "register_case") -> None:
    office, clerk = telling.bureau.departments["office"], telling.person(roles.OFFICE_CLERK.name, at)
    case, _code = letters.enter(
        _letter(telling),
        office=office,
        arrived_at=at,
        actor=clerk,
        at=at,
        kind="petition" if how == "petition" else "citizen_case",
    )
    telling.matter_id = _named[telling.writing.name] = case.pk
    if how == "petition":
        kind, day = telling.writing.letter["petition_kind"], period.day_of(at)
        letters.register_petition(case.pk, petition_kind=kind, received_on=day, actor=clerk, at=at)
    elif how:
        operation: Callable[..., None] = getattr(letters, how)
        operation(case.pk, sort=telling.writing.letter["sort"], actor=clerk, at=at)


def _post(telling: Telling, at: datetime) -> None:
    taken = letters.post(
        _letter(telling), office=telling.bureau.departments["office"], network="192.0.2.1", at=at
    )
    telling.post = taken.post


def _release(telling: Telling, at: datetime) -> None:
    assert telling.post is not None  # noqa: S101  # the text posts before it releases
    given: dict[str, Any] = {"office": telling.bureau.departments["office"], "at": at}
    [case] = letters.release([telling.post.pk], actor=telling.person(roles.OFFICE_CLERK.name, at), **given)
    telling.matter_id = _named[telling.writing.name] = case.pk


def _call(telling: Telling, at: datetime, *, phones: Sequence[str]) -> None:
    """Let more people report the same by telephone."""
    reference = Case.objects.get(pk=telling.matter_id).matter.reference
    clerk = telling.person(roles.OFFICE_CLERK.name, at)
    for phone in phones:
        told = telling.writing.letter
        letter = Letter(channel="hotline_12345", text=told["text"], sort=told["sort"], who={"phone": phone})
        letters.add_reporter(reference, letter, came_at=at, actor=clerk, at=at)


def _give(operation: Callable[..., None], role: str) -> Callable[..., None]:
    """Return the verb that gives a case to a department."""

    def verb(telling: Telling, at: datetime, *, department: str, **facts: Any) -> None:
        actor = telling.person(role, at)
        where = telling.bureau.departments[department]
        operation(telling.matter_id, department=where, **facts, actor=actor, at=at)
        telling.department = department

    return verb


def _back(operation: Callable[..., None]) -> Callable[..., None]:
    def verb(telling: Telling, at: datetime, *, reason: str) -> None:
        drafter = telling.person(roles.DRAFTER.name, at)
        operation(telling.matter_id, reason=reason, actor=drafter, at=at)
        telling.department = "office"

    return verb


def _hand(telling: Telling, at: datetime) -> None:
    """Give a contested case to the head of the department, who did not draft the reply."""
    letters.hand_to_another(
        telling.matter_id,
        department=telling.bureau.departments[telling.department],
        officer=telling.person(roles.DEPARTMENT_HEAD.name, at),
        actor=telling.person(roles.OFFICE_CLERK.name, at),
        at=at,
    )


def _ask(telling: Telling, at: datetime, *, asked: str, question: str) -> None:
    where = telling.bureau.departments[asked]
    drafter = telling.person(roles.DRAFTER.name, at)
    letters.ask_department(telling.matter_id, asked=where, question=question, actor=drafter, at=at)


def _join(telling: Telling, at: datetime, *, other: str) -> None:
    target = Case.objects.select_related("matter").get(pk=_named[other])
    clerk = telling.person(roles.OFFICE_CLERK.name, at)
    letters.join(telling.matter_id, other=target.matter.reference, actor=clerk, at=at)


def _name(telling: Telling, at: datetime, *, source: str, number: str) -> None:
    reference = Case.objects.get(pk=telling.matter_id).matter.reference
    clerk = telling.person(roles.OFFICE_CLERK.name, at)
    letters.name_elsewhere(reference, source=source, number=number, actor=clerk, at=at)


def _rate(telling: Telling, at: datetime, *, rating: int, rating_words: str) -> None:
    reporter = cases.reporters(Case.objects.get(pk=telling.matter_id))[0]
    given: dict[str, Any] = {"rating": rating, "rating_words": rating_words}
    letters.rate(telling.matter_id, reporter=reporter.pk, actor=APPLICANT, at=at, **given)


def _by(role: str, operation: Callable[..., object], day: str = "") -> Callable[..., None]:
    """Return the verb of a role; `day` names the fact that is the day of the act itself."""

    def verb(telling: Telling, at: datetime, **facts: Any) -> None:
        given = {day: period.day_of(at)} if day else {}
        operation(telling.matter_id, **given, **facts, actor=telling.person(role, at), at=at)

    return verb


def _by_the_reporter(operation: Callable[..., object]) -> Callable[..., None]:
    def verb(telling: Telling, at: datetime, **facts: Any) -> None:
        operation(telling.matter_id, **facts, actor=APPLICANT, at=at)

    return verb


CLERK, OFFICE_HEAD = roles.OFFICE_CLERK.name, roles.OFFICE_HEAD.name
DRAFTER, HEAD = roles.DRAFTER.name, roles.DEPARTMENT_HEAD.name

VERBS: Mapping[str, Callable[..., None]] = {
    "list_services": _list_services,
    "enter": _enter,
    "post": _post,
    "release": _release,
    "call": _call,
    "name": _name,
    "secure": _by(CLERK, letters.secure),
    "accept_petition": _by(CLERK, letters.tell_acceptance),
    "pass_on": _by(CLERK, letters.pass_on),
    "offer": _give(letters.offer, CLERK),
    "accept": _by(DRAFTER, letters.accept_case),
    "give_back": _back(letters.give_back),
    "give_back_to_head": _back(letters.give_back_to_head),
    "ask": _ask,
    "note": _by(DRAFTER, letters.note_case),
    "supervise": _by(OFFICE_HEAD, letters.supervise),
    "urge": _by_the_reporter(letters.urge),
    "ask_longer": _by(DRAFTER, letters.ask_for_extension),
    "extend": _by(OFFICE_HEAD, letters.extend_case),
    "draft": _by(DRAFTER, letters.draft_case_reply),
    "draft_by_head": _by(HEAD, letters.draft_case_reply),
    "approve": _by(OFFICE_HEAD, letters.approve_case_reply),
    "send": _by(CLERK, letters.send_reply),
    "rate": _rate,
    "contest": _by_the_reporter(letters.contest),
    "hand": _hand,
    "keep": _by(DRAFTER, letters.keep_promise, "kept_on"),
    "join": _join,
    "take_apart": _by(CLERK, letters.take_apart),
    "turn": _by(CLERK, letters.turn_into_petition),
    "take_back": _by_the_reporter(letters.take_back),
}
"""The verbs that the text may use."""
