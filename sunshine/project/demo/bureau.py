"""The model bureau itself: departments, posts and people, who stands in for whom, and the directory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from django.contrib.auth import hashers
from django.utils.translation import gettext as _

from sunshine.core.matters import operations as matters
from sunshine.core.people import operations as people
from sunshine.core.people import queries as people_queries
from sunshine.core.people import rules as roles
from sunshine.core.people.models import Department, Person, Post
from sunshine.core.publishing.models import DirectoryItem
from sunshine.core.publishing.operations import directory
from sunshine.project import environment
from sunshine.project.demo import sources
from sunshine.project.demo.days import Days, Diary

PASSWORD = "sunshine-demo"  # noqa: S105  # it is printed for everybody to see
_ROLES = {role.name: role for role in roles.ROLES}


@dataclass(frozen=True, slots=True)
class Bureau:
    """Whom the stories act with."""

    departments: Mapping[str, Department]
    people: Mapping[str, Person]
    leaders: Mapping[str, str]
    """Department code -> username of the leader who answers for it."""

    items: Mapping[str, DirectoryItem]
    _holders: dict[tuple[str, str, date], Person] = field(default_factory=dict)
    """Who was found for role, department and day: nobody's post changes after the founding."""

    def holder(self, role: str, story: sources.Story, at: datetime) -> Person:
        """Return who acts in a role for a story's department that day."""
        return self.in_role(role, story.department, at)

    def in_role(self, role: str, code: str, at: datetime) -> Person:
        """Return who acts in a role for a department that day."""
        if role == roles.LEADER.name:
            return self.people[self.leaders[code]]
        asked = (role, code, at.date())
        if asked not in self._holders:
            department_id = self.departments[code].pk
            found = people_queries.holders_of(role, on=at.date(), department_id=department_id)
            self._holders[asked] = found[0]
        return self._holders[asked]


class Begins(Protocol):
    """What is told from some day on."""

    @property
    def begun(self) -> int: ...


def found(days: Days, *, before: Iterable[Begins]) -> Bureau:
    """Found the bureau before the first story begins; its administrator enters all others."""
    at = Diary(days, begins_late=0).moment(max(story.begun for story in before) + 2)
    table = sources.read_table("bureau.toml", days)
    told = table["administrator"]
    with _quick_hashes():
        administrator = people.enter_person(username=told["username"], name=told["name"], password=PASSWORD)
        people.own_password(administrator)
        return _fill_in(table, days, administrator, at)


@contextmanager
def _quick_hashes() -> Iterator[None]:
    """Hash passwords in no time: this one is printed. Django strengthens each hash at its first sign-in."""
    usual = hashers.PBKDF2PasswordHasher.iterations
    hashers.PBKDF2PasswordHasher.iterations = 1
    try:
        yield
    finally:
        hashers.PBKDF2PasswordHasher.iterations = usual


def _fill_in(table: Mapping[str, Any], days: Days, administrator: Person, at: datetime) -> Bureau:
    """Found the departments, let people hold their posts, list the directory."""
    departments, persons, posts = {}, {administrator.username: administrator}, {}
    for position, each in enumerate(table["departments"]):
        department = matters.found_department(
            code=each["code"],
            name=each["name"],
            position=position,
            is_office=each.get("is_office", False),
            actor=administrator,
            at=at,
        )
        departments[each["code"]] = department
        for place, chair in enumerate(each["posts"]):
            at += timedelta(seconds=20)
            post = _fill(chair, department, place, persons, actor=administrator, at=at)
            posts[f"{each['code']}/{chair['title']}"] = post
    for each in table["delegations"]:
        _delegate(each, persons, actor=administrator, at=at)
    items = _list_items(days, posts, actor=administrator, at=at + timedelta(minutes=30))
    leaders = {each["code"]: each["leader"] for each in table["departments"]}
    return Bureau(departments, persons, leaders, items)


def _fill(
    chair: Mapping[str, Any],
    department: Department,
    position: int,
    persons: dict[str, Person],
    *,
    actor: Person,
    at: datetime,
) -> Post:
    carried = tuple(_ROLES[name] for name in chair["roles"])
    post = matters.create_post(
        department=department, title=chair["title"], roles=carried, position=position, actor=actor, at=at
    )
    if "username" in chair:
        username = chair["username"]
        if username not in persons:
            persons[username] = matters.enter_person(
                username=username, name=chair["name"], password=PASSWORD, actor=actor, at=at
            )
            people.own_password(persons[username])
        matters.appoint(post=post, person=persons[username], since=chair["since"], actor=actor, at=at)
    return post


def _delegate(told: Mapping[str, Any], persons: Mapping[str, Person], *, actor: Person, at: datetime) -> None:
    matters.delegate(
        giver=persons[told["giver"]],
        taker=persons[told["taker"]],
        since=told["since"],
        until=told["until"],
        reason=told["reason"],
        actor=actor,
        at=at,
    )


def _list_items(
    days: Days, posts: Mapping[str, Post], *, actor: Person, at: datetime
) -> dict[str, DirectoryItem]:
    items = {}
    for position, told in enumerate(sources.read_table("directory.toml", days)["items"]):
        at += timedelta(seconds=40)
        owner = posts[told.pop("owner")] if "owner" in told else None
        items[told["code"]] = directory.list_item(actor=actor, at=at, position=position, owner=owner, **told)
    return items


def describe(path: Path) -> None:
    """Let the pages say who runs the model bureau, where nobody has said anything yet."""
    if environment.Bureau.read(path) == environment.Bureau():
        path.write_text((sources.TEXTS / "site.toml").read_text("utf-8"), "utf-8")


def sign_ins(*, on: date) -> str:
    """Return who may sign in, in which posts and roles, as a table for a terminal."""
    lines: dict[str, list[str]] = {}
    for _department, posts in people_queries.register(on=on):
        for post, person in posts:
            if person is not None:
                carried = "、".join(_(_ROLES[held.role].label) for held in post.roles.all())
                lines.setdefault(person.username, [person.name]).append(
                    f"{post}（{carried}）" if carried else str(post)
                )
    rows = [f"  {username:<14}{name}\t{'；'.join(held)}" for username, (name, *held) in lines.items()]
    head = f"sign in at /desk/, every password is {PASSWORD}:"
    return "\n".join([head, *rows]) + "\n"
