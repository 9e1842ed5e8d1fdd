"""What stays closed, and what several people have asked for: read for the yearly review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sunshine.core.ledger.models import Entry
from sunshine.core.publishing.models import Draft
from sunshine.core.publishing.rules import Attribute
from sunshine.text.similarity import Clusters
from sunshine.work.documents import rules as documents
from sunshine.work.requests import queries as requests
from sunshine.work.reviews import queries as reviews
from sunshine.work.reviews.operations import Often
from sunshine.work.reviews.rules import OFTEN, Candidate, part_of

AT_ONCE = 500
CLASSIFYING = tuple(
    f"{documents.KIND}.{act}" for act in ("set_attribute", "lower_attribute_propose", "lower_attribute")
)
TITLE = 200
ALIKE = 0.5
"""Share of pairs of characters from which two subjects are the same; subjects are short."""


def kept() -> list[Candidate]:
    """Return everything that is not public: filed documents, and parts that answers to requests withhold."""
    return [*_documents(), *_parts()]


def _parts() -> list[Candidate]:
    """Return the withheld parts of answers but those that a review has decided to open, with who withheld."""
    parts = {part_of(each.reference, each.answer, each.number): each for each in requests.withheld()}
    opened = reviews.opened(list(parts))
    return [
        Candidate(
            reference=name,
            title=f"{each.subject or each.reference}（{each.place}）"[:TITLE],
            department_id=each.department_id,
            ground=each.ground,
            until=None,
            classified_by=each.decided_by,
        )
        for name, each in parts.items()
        if name not in opened
    ]


def _documents() -> list[Candidate]:
    """Return the documents that are filed and not public, each with who closed it."""
    rows = Draft.objects.filter(
        part=0,
        attribute=Attribute.NOT_PUBLIC.value,
        matter__kind=documents.KIND,
        matter__stage=documents.FILED.name,
    )
    names = ("matter__reference", "matter__title", "matter__department_id", "ground", "ground_until")
    found = list(rows.order_by("matter_id").values_list(*names))
    closed_by = _closed_by([row[0] for row in found])
    return [
        Candidate(reference, title, department_id, ground, until, closed_by.get(reference, ()))
        for reference, title, department_id, ground, until in found
    ]


def _closed_by(references: list[str]) -> Mapping[str, tuple[int, ...]]:
    """Return who set or lowered the attribute of some documents."""
    found: dict[str, set[int]] = defaultdict(set)
    for first in range(0, len(references), AT_ONCE):
        asked = references[first : first + AT_ONCE]
        entries = Entry.objects.filter(subject__in=asked, kind__in=CLASSIFYING, actor__isnull=False)
        for subject, actor in entries.values_list("subject", "actor_id"):
            found[subject].add(actor)
    return {subject: tuple(sorted(actors)) for subject, actors in found.items()}


def often_asked(*, since: date) -> list[Often]:
    """Return the subjects that at least three different people have asked for and got since a day."""
    return clustered(requests.given_since(since))


def clustered(given: Iterable[requests.Given]) -> list[Often]:
    """Return what was given to several people, from requests whose subjects say nearly the same."""
    listed = list(given)
    numbers = Clusters(threshold=ALIKE).add(each.subject for each in listed)
    groups: dict[int, list[requests.Given]] = defaultdict(list)
    for number, each in zip(numbers, listed, strict=True):
        groups[number].append(each)
    return [
        Often(
            subject=group[-1].subject,
            department_id=group[-1].department_id,
            people=len({each.applicant for each in group}),
            references=tuple(each.reference for each in group),
        )
        for group in groups.values()
        if len({each.applicant for each in group}) >= OFTEN
    ]
