"""Questions about who may do what, on which day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sunshine.core.people import rules
from sunshine.core.people.models import Delegation, Department, Holding, Person, Post, PostRole
from sunshine.kernel import errors, procedure
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop

_ROLES = {role.name: role for role in rules.ROLES}


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role somebody holds through a post, and where that post is."""

    role: str
    department_id: int
    in_office: bool


def held_roles(person: Person, *, on: date) -> frozenset[HeldRole]:
    """Return the roles that `person` holds on a day, own terms and delegations together."""
    givers = Delegation.objects.filter(taker=person, since__lte=on, until__gte=on).values("giver_id")
    terms = Holding.objects.on(on).filter(Q(person=person) | Q(person__in=givers))
    rows = PostRole.objects.filter(post__in=terms.values("post_id")).values_list(
        "role", "post__department_id", "post__department__is_office"
    )
    return frozenset(HeldRole(*row) for row in rows)


def roles_for(held: Iterable[HeldRole], *, department_id: int | None) -> frozenset[str]:
    """Return the names of the held roles that count for a matter of one department.

    A role that must be held in the matter's department counts only there; an office role only in the
    bureau office; a bureau role wherever it is held.
    """
    return frozenset(held_role.role for held_role in held if _counts(held_role, department_id))


def _counts(held_role: HeldRole, department_id: int | None) -> bool:
    where = _ROLES[held_role.role].where
    if where == procedure.Where.MATTER_DEPARTMENT:
        return held_role.department_id == department_id
    if where == procedure.Where.OFFICE:
        return held_role.in_office
    return True


def posts_of(person: Person, *, on: date) -> list[Post]:
    """Return the posts that a person holds on a day, with their departments."""
    return [
        holding.post
        for holding in Holding.objects.on(on).filter(person=person).select_related("post__department")
    ]


def where_of(role: str) -> procedure.Where:
    """Return where a role must be held to count for a matter."""
    return _ROLES[role].where


def acts_for(person: Person, *, on: date) -> frozenset[int]:
    """Return the ids of those whose work is this person's on a day, those stood in for included."""
    givers = Delegation.objects.filter(taker=person, since__lte=on, until__gte=on)
    return frozenset({person.pk, *givers.values_list("giver_id", flat=True)})


def departments_of(person: Person, *, on: date) -> frozenset[int]:
    """Return the ids of the departments in which a person holds a post."""
    return frozenset(
        Holding.objects.on(on).filter(person=person).values_list("post__department_id", flat=True)
    )


def vacant_posts(*, on: date) -> list[Post]:
    """Return the open posts that nobody holds on a day."""
    held = Holding.objects.on(on).values("post_id")
    open_posts = Post.objects.filter(closed_on__isnull=True).exclude(id__in=held)
    return list(open_posts.select_related("department"))


def register(*, on: date) -> list[tuple[Department, list[tuple[Post, Person | None]]]]:
    """Return departments with their posts and holders, in the order of the house, in three queries."""
    holders = {holding.post_id: holding.person for holding in Holding.objects.on(on).select_related("person")}
    posts: dict[int, list[tuple[Post, Person | None]]] = {}
    for post in Post.objects.filter(closed_on__isnull=True).prefetch_related("roles"):
        posts.setdefault(post.department_id, []).append((post, holders.get(post.id)))
    departments = Department.objects.filter(closed_on__isnull=True)
    return [(department, posts.get(department.id, [])) for department in departments]


def holders_of(role: str, *, on: date, department_id: int | None = None) -> list[Person]:
    """Return the people who hold a role by their own term, for a matter of one department."""
    posts = Post.objects.filter(roles__role=role)
    where = _ROLES[role].where
    if where == procedure.Where.MATTER_DEPARTMENT:
        posts = posts.filter(department__in=[department_id])
    elif where == procedure.Where.OFFICE:
        posts = posts.filter(department__is_office=True)
    return list(Person.objects.filter(holdings__in=Holding.objects.on(on).filter(post__in=posts)).distinct())


def person(person_id: int) -> Person:
    """Return one person; raise `NotFound` when there is none."""
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such person"), field="person"))
    return found


def everybody() -> list[Person]:
    """Return all who may sign in, by name, for choosing one."""
    return list(Person.objects.filter(is_active=True).order_by("name", "username"))


def office() -> Department:
    """Return the office, which enters what comes from outside; raise `NotFound` before there is one."""
    found = Department.objects.filter(is_office=True, closed_on=None).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("The bureau has no office yet")))
    return found


def offices() -> dict[str, tuple[str, ...]]:
    """Return the offices of everybody who holds a post now: name -> titles, without what they look after."""
    held: dict[str, tuple[str, ...]] = {}
    rows = Holding.objects.filter(until__isnull=True).order_by("post_id")
    for name, title in rows.values_list("person__name", "post__title"):
        held[name] = (*held.get(name, ()), title.split("（")[0])
    return held


def delegations(*, on: date) -> list[Delegation]:
    """Return who stands in for whom on a day or later, the soonest to end first."""
    rows = Delegation.objects.filter(until__gte=on).select_related("giver", "taker")
    return list(rows.order_by("until", "id"))


def delegation(delegation_id: int) -> Delegation:
    """Return one standing-in; raise `NotFound` when there is none."""
    found = Delegation.objects.filter(pk=delegation_id).select_related("giver", "taker").first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such standing-in")))
    return found


def post(post_id: int) -> Post:
    """Return one post with its department and roles; raise `NotFound` when there is none."""
    found = Post.objects.filter(pk=post_id).select_related("department").prefetch_related("roles").first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such post"), field="post"))
    return found


def department(department_id: int) -> Department:
    """Return one department; raise `NotFound` when there is none."""
    found = Department.objects.filter(pk=department_id).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such department"), field="department"))
    return found


def current_term(post_id: int) -> Holding | None:
    """Return the term of office that goes on in a post, if any."""
    return Holding.objects.filter(post=post_id, until__isnull=True).select_related("person", "post").first()
