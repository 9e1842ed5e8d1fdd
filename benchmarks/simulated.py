"""A simulated bureau: years of information requests with everything that figures count, the same for a seed.

`plan` invents the requests, with a mix like that of real yearly reports; `write` enters them. Writing goes
round the procedure, for setting twenty thousand letters would take hours: rows in bulk, and the ledger's
own `record_all` a day at a time, so that log, tiles and checkpoints are made as always. What each public
entry says is what the operations enter; `tests/rooms/test_simulated.py` compares the two. The reports of
the years are drafted, reviewed and published through the operations, each on its day in January.

`python -m benchmarks.simulated COUNT YEARS` fills the installation named by SUNSHINE_HOME.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sunshine.kernel.period import SHANGHAI
from sunshine.work.requests import rules

if TYPE_CHECKING:
    from tests.cast import Cast

SEED = 20190515
LAST_YEAR = 2025
GROWTH = 0.12
"""By how much of the first year each year brings more requests."""

KINDS = {
    "natural_person": 70, "business": 18, "legal_service": 6,
    "research": 2, "public_benefit": 2, "other_organisation": 2,
}  # fmt: skip
WAYS = {
    "web": 55, "registered_post": 20, "counter": 12, "email": 6, "ordinary_post": 4, "fax": 2, "oral": 1,
}  # fmt: skip
OUTCOMES = {
    "disclosed": 380, "already_public": 100, "partial": 90, "not_held": 100, "not_ours": 70, "withdrawn": 45,
    "third_party": 35, "process": 30, "internal_affairs": 30, "petition": 30, "lapsed": 25, "to_be_made": 20,
    "repeated": 20, "enforcement_file": 15, "special_inquiry": 12, "merged": 10, "still_unclear": 10,
    "other": 8, "publication": 5, "forbidden_by_law": 4, "unpaid": 4, "abnormal": 3, "confirm_again": 3,
    "state_secret": 2, "endangers": 2,
}  # fmt: skip
ACTS = {"withdrawn": "withdraw", "lapsed": "lapse", "merged": "merge", "unpaid": "drop_unpaid"}
STAGES = {"withdrawn": "withdrawn_by_applicant", "lapsed": "lapsed", "merged": "merged", "unpaid": "unpaid"}
RESULTS = {"upheld": 65, "corrected": 15, "other": 20}


@dataclass(slots=True)
class Remedy:
    """A reconsideration or lawsuit to come."""

    reference: str
    sort: str
    filed_on: date
    decided_on: date | None
    result: str
    after: Remedy | None = None


@dataclass(slots=True)
class Planned:
    """A request to come, with its whole life."""

    reference: str
    kind: str
    way: str
    received_on: date
    version: str
    closed_on: date | None
    outcome: str
    fee: tuple[int, date, date | None] | None = None
    remedies: list[Remedy] = field(default_factory=list)


def plan(count: int, years: int, *, seed: int = SEED) -> list[Planned]:
    """Return so many requests, spread over the years up to the last one, in the order of their receipt."""
    chance = random.Random(seed)
    named = list(range(LAST_YEAR - years + 1, LAST_YEAR + 1))
    weights = [1 + GROWTH * place for place in range(years)]
    chosen = chance.choices(named, weights, k=count)
    days = sorted(date(year, 1, 1) + timedelta(days=chance.randrange(365)) for year in chosen)
    numbers: dict[str, int] = defaultdict(int)

    def number(letter: str, day: date) -> str:
        numbers[f"{letter}{day.year}"] += 1
        return f"{letter}{day.year}-{numbers[f'{letter}{day.year}']:05d}"

    return [_planned(number, day, chance) for day in days]


def _planned(number: Callable[[str, date], str], received_on: date, chance: random.Random) -> Planned:
    version = "2008" if received_on < date(2019, 5, 15) else "2019"
    known = {each.code for each in rules.OUTCOMES if version in each.bases}
    outcome = _one({code: weight for code, weight in OUTCOMES.items() if code in known}, chance)
    length = chance.choices(
        (chance.randint(0, 9), chance.randint(10, 28), chance.randint(29, 56), chance.randint(60, 420)),
        (25, 60, 12, 3),
    )[0]
    made = Planned(
        number("S", received_on),
        _one(KINDS, chance),
        _one(WAYS, chance),
        received_on,
        version,
        received_on + timedelta(days=length),
        outcome,
    )
    if outcome == "unpaid" or (version == "2019" and length > 9 and chance.random() < 0.003):
        paid = None if outcome == "unpaid" else received_on + timedelta(days=8)
        made.fee = (100 * chance.randint(1, 40), received_on + timedelta(days=min(length, 5)), paid)
    if outcome not in ACTS and chance.random() < 0.03:
        made.remedies = list(_remedies(number, made, chance))
    return made


def _remedies(number: Callable[[str, date], str], made: Planned, chance: random.Random) -> Iterator[Remedy]:
    assert made.closed_on is not None
    filed_on = made.closed_on + timedelta(days=chance.randint(5, 55))
    if chance.random() < 0.15:
        yield _remedy(number, "lawsuit", filed_on, chance)
        return
    first = _remedy(number, "reconsideration", filed_on, chance)
    yield first
    if first.decided_on is not None and chance.random() < 0.25:
        then = _remedy(number, "lawsuit", first.decided_on + timedelta(days=chance.randint(3, 14)), chance)
        then.after = first
        yield then


def _remedy(number: Callable[[str, date], str], sort: str, filed_on: date, chance: random.Random) -> Remedy:
    decided_on = filed_on + timedelta(days=chance.randint(30, 200))
    return Remedy(number("F", filed_on), sort, filed_on, decided_on, _one(RESULTS, chance))


def _one(weights: dict[str, int], chance: random.Random) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


Told = tuple[str, str, dict[str, Any] | None]
"""Kind, subject and public facts of an entry; None where it is not public."""


def happenings(made: Planned) -> Iterator[tuple[date, Told]]:
    """Yield what the ledger is told of a request, each with its day."""
    kind, reference = f"{rules.KIND}.", made.reference
    receipt = {"received_on": made.received_on.isoformat(), "way": made.way, "applicant": made.kind}
    yield made.received_on, (f"{kind}opened", reference, None)
    yield made.received_on, (f"{kind}receive", reference, receipt)
    if made.outcome not in ACTS:
        yield made.received_on, (f"{kind}assign", reference, None)
    if made.fee is not None:
        amount, notified_on, paid_on = made.fee
        asked = {"amount": amount, "notified_on": notified_on.isoformat()}
        yield notified_on, (f"{kind}charge_fee", reference, asked)
        if paid_on is not None:
            yield paid_on, (f"{kind}record_payment", reference, {"paid_on": paid_on.isoformat()})
    if made.closed_on is not None:
        row = rules.row_of(made.outcome, made.closed_on)
        closing: dict[str, Any] = {
            "outcome": made.outcome,
            "row": row,
            "closed_on": made.closed_on.isoformat(),
        }
        if made.outcome not in ACTS:
            closing["service"] = "electronic"
            yield made.closed_on, (f"{kind}draft_reply", reference, None)
            yield made.closed_on, (f"{kind}approve", reference, None)
        yield made.closed_on, (f"{kind}{ACTS.get(made.outcome, 'reply')}", reference, closing)
    for remedy in made.remedies:
        yield from _of_remedy(made, remedy)


def _of_remedy(made: Planned, remedy: Remedy) -> Iterator[tuple[date, Told]]:
    taken = {
        "request": made.reference,
        "sort": remedy.sort,
        "after_reconsideration": remedy.after is not None,
        "filed_on": remedy.filed_on.isoformat(),
    }
    track = "ordinary" if remedy.sort == "reconsideration" else "court"
    yield remedy.filed_on, (f"remedy.take_in_{track}", remedy.reference, taken)
    if remedy.decided_on is not None:
        decided = {"result": remedy.result, "decided_on": remedy.decided_on.isoformat()}
        yield remedy.decided_on, ("remedy.decide_remedy", remedy.reference, decided)


def write(planned: list[Planned], bureau: Cast, *, report: Callable[[int], None] | None = None) -> None:
    """Enter the requests: rows at once, entries day by day, the report of each year on 11 January."""
    end = date(LAST_YEAR + 1, 1, 10)
    _write_rows([_until(each, end) for each in planned], bureau)
    days: dict[date, list[Told]] = defaultdict(list)
    for made in planned:
        for day, told in happenings(made):
            if day <= end:
                days[day].append(told)
    years = iter(sorted({each.received_on.year for each in planned}))
    following = next(years, None)
    for day in sorted(days):
        while report and following is not None and day > date(following + 1, 1, 10):
            report(following)
            following = next(years, None)
        _write_day(day, days[day])
    while report and following is not None:
        report(following)
        following = next(years, None)


def _until(made: Planned, end: date) -> Planned:
    """Return a request as it stands on the last day: what would come later has not happened."""
    if made.closed_on is not None and made.closed_on > end:
        made.closed_on = None
        made.remedies = []
    made.remedies = [each for each in made.remedies if each.filed_on <= end]
    for remedy in made.remedies:
        if remedy.decided_on is not None and remedy.decided_on > end:
            remedy.decided_on, remedy.result = None, ""
    if made.fee is not None and made.fee[1] > end:
        made.fee = None
    elif made.fee is not None and made.fee[2] is not None and made.fee[2] > end:
        made.fee = (made.fee[0], made.fee[1], None)
    return made


def _write_rows(planned: list[Planned], bureau: Cast) -> None:
    from django.db import transaction

    from sunshine.core.matters.models import Matter
    from sunshine.work.requests import models

    def at(day: date) -> datetime:
        return datetime.combine(day, time(9), SHANGHAI)

    def matter(
        reference: str, kind: str, version: str, stage: str, begun: date, ended: date | None
    ) -> Matter:
        return Matter(
            reference=reference,
            kind=kind,
            procedure_version=version,
            stage=stage,
            title="停车收费标准",
            department=bureau.department,
            officer=bureau.drafter,
            opened_at=at(begun),
            closed_at=at(ended) if ended else None,
        )

    with transaction.atomic():
        matters = Matter.objects.bulk_create(
            [
                matter(
                    each.reference,
                    rules.KIND,
                    each.version,
                    STAGES.get(each.outcome, "answered") if each.closed_on else "handling",
                    each.received_on,
                    each.closed_on,
                )
                for each in planned
            ],
            batch_size=1000,
        )
        pairs = list(zip(matters, planned, strict=True))
        models.Request.objects.bulk_create([_request(row, each) for row, each in pairs], batch_size=1000)
        models.Fee.objects.bulk_create(
            models.Fee(
                request_id=row.pk,
                scale="items",
                quantity=1,
                amount=each.fee[0],
                notified_on=each.fee[1],
                paid_on=each.fee[2],
            )
            for row, each in pairs
            if each.fee is not None
        )
        for row, each in pairs:
            kept: dict[str, Any] = {}
            for remedy in each.remedies:
                stage = "remedy_decided" if remedy.decided_on else "remedy_defended"
                own = matter(remedy.reference, "remedy", "2008", stage, remedy.filed_on, remedy.decided_on)
                own.save()
                kept[remedy.reference] = models.Remedy.objects.create(
                    matter=own,
                    request_id=row.pk,
                    sort=remedy.sort,
                    after=kept[remedy.after.reference] if remedy.after else None,
                    filed_on=remedy.filed_on,
                    decided_on=remedy.decided_on,
                    result=remedy.result,
                )


def _request(row: Any, made: Planned) -> Any:
    from sunshine.work.requests.models import Request

    is_closed = made.closed_on is not None
    return Request(
        matter=row,
        way=made.way,
        applicant_kind=made.kind,
        arrived_at=row.opened_at,
        received_on=made.received_on,
        wanted="停车收费标准及批准文件",
        form_wanted="electronic",
        delivery="site",
        outcome=made.outcome if is_closed else "",
        row=rules.row_of(made.outcome, made.closed_on) if made.closed_on else "",
        closed_on=made.closed_on,
        public_subject="停车收费标准" if is_closed else "",
    )


def _write_day(day: date, told: list[Told]) -> None:
    from django.db import transaction

    from sunshine.core.ledger import operations as ledger

    entries = [ledger.Happening(kind, subject, {}, public) for kind, subject, public in told]
    with transaction.atomic():
        ledger.record_all(entries, actor=None, at=datetime.combine(day, time(17), SHANGHAI))


def publish_report(bureau: Cast, year: int) -> None:
    """Draft the report of a year and take it through the gate."""
    from sunshine.core.publishing.operations import files
    from sunshine.lenses.reporting import drafting, queries
    from sunshine.lenses.reporting.rules import forms, narrative
    from sunshine.lenses.reporting.rules.prose import Words
    from tests import cast

    at = datetime.combine(date(year + 1, 1, 11), time(9), SHANGHAI)
    form, words = (
        forms.form_of(year),
        {"problems": "公开内容的检索还不够方便。", "improvements": "完善检索，及时更新目录。"},
    )
    if form.is_narrative:
        now = queries.report(year)
        drafted = narrative.drafted(year, now.values, now.facts)
        words = {name: drafted.get(name) or "按规定开展。" for name in form.words}
    matter = drafting.begin(
        year,
        stated={cell.name: "0" for cell in form.stated},
        words=Words(**words),
        department=bureau.department,
        officer=bureau.drafter,
        at=at,
    )
    files.scan_waiting(at=at)
    cast.go_on(bureau, matter.pk, at=at + timedelta(hours=1))


def fill(count: int, years: int) -> None:
    """Set up the installation named in the environment and let its years pass."""
    from sunshine.project.commands import ready

    ready.django_ready()
    from sunshine.project.commands import setup
    from tests import cast

    setup.setup()
    bureau = cast.make_cast(at=datetime(LAST_YEAR - years, 12, 1, tzinfo=SHANGHAI))
    cast.make_item("reports", column="reports", subject="政府信息公开年报")
    write(plan(count, years), bureau, report=lambda year: publish_report(bureau, year))


if __name__ == "__main__":
    fill(int(sys.argv[1]), int(sys.argv[2]))
