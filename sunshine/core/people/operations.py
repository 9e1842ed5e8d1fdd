"""Verbs that concern people alone."""

from __future__ import annotations

from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Q

from sunshine.core.people.models import Delegation, Department, Holding, Person, Post, PostRole
from sunshine.kernel import errors
from sunshine.kernel.procedure import Role
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


def enter_person(*, username: str, name: str, password: str) -> Person:
    """Enter a person, who may sign in with a first password from now on, and must then choose another.

    :raises RuleBroken: no name, or somebody signs in with this name already
    """
    if not name.strip():
        raise errors.RuleBroken(Reason(gettext_noop("Give the person’s name"), field="name"))
    if Person.objects.filter(username__iexact=username).exists():
        raise errors.RuleBroken(Reason(gettext_noop("This sign-in name is taken"), field="username"))
    person = Person(username=username, name=name.strip(), password_is_given=True)
    person.set_password(password)
    person.save()
    return person


def give_password(person: Person, *, password: str) -> None:
    """Give a person a new password, to be changed at once; every session that the old one opened ends."""
    person.set_password(password)
    person.password_is_given = True
    person.save(update_fields=["password", "password_is_given"])


def own_password(person: Person) -> None:
    """Note that a person has chosen the password that holds now."""
    Person.objects.filter(pk=person.pk).update(password_is_given=False)
    person.password_is_given = False


def take_second_factor(person: Person) -> None:
    """Take away the second factor of a person who lost it: apps, keys and recovery codes.

    :raises RuleBroken: there is none
    """
    taken, _of_each = Authenticator.objects.filter(user=person).delete()
    if not taken:
        raise errors.RuleBroken(Reason(gettext_noop("There is no second factor"), field="person"))


def close_account(person: Person, *, on: date) -> None:
    """Let a person sign in no longer.

    :raises RuleBroken: the person still holds a post on that day or later, and with it work
    """
    if Holding.objects.filter(Q(until__isnull=True) | Q(until__gte=on), person=person).exists():
        raise errors.RuleBroken(
            Reason(
                gettext_noop("%(person)s still holds a post; end that term first"),
                field="person",
                params={"person": person.name},
            )
        )
    person.is_active = False
    person.save(update_fields=["is_active"])


def found_department(*, code: str, name: str, position: int = 0, is_office: bool = False) -> Department:
    """Enter a department.

    :raises RuleBroken: its code or name is taken, or it would be a second office
    """
    if Department.objects.filter(code=code).exists():
        raise errors.RuleBroken(Reason(gettext_noop("This code is taken"), field="code"))
    if Department.objects.filter(name=name).exists():
        raise errors.RuleBroken(
            Reason(gettext_noop("A department of this name is there already"), field="name")
        )
    if is_office and Department.objects.filter(is_office=True).exists():
        raise errors.RuleBroken(Reason(gettext_noop("There is one bureau office only"), field="is_office"))
    return Department.objects.create(code=code, name=name, position=position, is_office=is_office)


def create_post(*, department: Department, title: str, roles: tuple[Role, ...], position: int = 0) -> Post:
    """Enter a post with the roles it carries.

    :raises RuleBroken: the department has a post of this title
    """
    if Post.objects.filter(department=department, title=title).exists():
        raise errors.RuleBroken(
            Reason(gettext_noop("The department has a post of this title already"), field="title")
        )
    post = Post.objects.create(department=department, title=title, position=position)
    PostRole.objects.bulk_create([PostRole(post=post, role=role.name) for role in roles])
    return post


def change_roles(post: Post, *, roles: tuple[Role, ...]) -> None:
    """Let a post carry exactly these roles from now on."""
    wanted = {role.name for role in roles}
    PostRole.objects.filter(post=post).exclude(role__in=wanted).delete()
    held = set(PostRole.objects.filter(post=post).values_list("role", flat=True))
    PostRole.objects.bulk_create([PostRole(post=post, role=role) for role in sorted(wanted - held)])


def close_post(post: Post, *, on: date) -> None:
    """Close a post: nobody holds it any more and it is no vacancy.

    :raises RuleBroken: somebody holds it
    """
    current = Holding.objects.filter(post=post, until__isnull=True).select_related("person").first()
    if current is not None:
        raise errors.RuleBroken(
            Reason(
                gettext_noop("%(post)s is held by %(person)s; end that term first"),
                field="post",
                params={"post": str(post), "person": current.person.name},
            )
        )
    post.closed_on = on
    post.save(update_fields=["closed_on"])


def appoint(*, post: Post, person: Person, since: date) -> Holding:
    """Begin a person's term in a post.

    :raises RuleBroken: somebody holds the post already, or holds it still on that day; the post or the
        person's account is closed
    """
    _refuse_closed(post, person)
    terms = Holding.objects.filter(post=post).select_related("person")
    current = terms.filter(until__isnull=True).first()
    leaving = terms.filter(until__gte=since).order_by("-until").first()
    if leaving is not None:
        raise errors.RuleBroken(
            Reason(
                gettext_noop("%(post)s is held by %(person)s until %(until)s; begin after that day"),
                field="since",
                params={
                    "post": str(post),
                    "person": leaving.person.name,
                    "until": leaving.until.isoformat() if leaving.until else "",
                },
            )
        )
    if current is not None:
        raise errors.RuleBroken(
            Reason(
                gettext_noop("%(post)s is held by %(person)s; end that term first"),
                field="post",
                params={"post": str(post), "person": current.person.name},
            )
        )
    return Holding.objects.create(post=post, person=person, since=since)


def _refuse_closed(post: Post, person: Person) -> None:
    """Refuse what is closed by now: a page may be older than its closing, and the register shows neither."""
    if Post.objects.filter(pk=post.pk, closed_on__isnull=False).exists():
        raise errors.RuleBroken(
            Reason(
                gettext_noop("%(post)s is closed: enter another post"),
                field="post",
                params={"post": str(post)},
            )
        )
    if not Person.objects.filter(pk=person.pk, is_active=True).exists():
        raise errors.RuleBroken(
            Reason(gettext_noop("This account is closed: choose another person"), field="person")
        )


def delegate(*, giver: Person, taker: Person, since: date, until: date, reason: str) -> Delegation:
    """Let `taker` do what `giver` may while `giver` is away (代理).

    :raises RuleBroken: the days run backwards, or giver and taker are one person
    """
    if until < since:
        raise errors.RuleBroken(Reason(gettext_noop("The last day lies before the first"), field="until"))
    if giver.pk == taker.pk:
        raise errors.RuleBroken(Reason(gettext_noop("Choose another person"), field="taker"))
    return Delegation.objects.create(giver=giver, taker=taker, since=since, until=until, reason=reason)


def end_delegation(delegation_id: int, *, on: date) -> Delegation:
    """Let somebody stand in no longer, from this day on; return who stood in for whom.

    :raises StaleStage: it has ended already
    """
    delegation = (
        Delegation.objects.select_for_update(of=("self",))
        .select_related("giver", "taker")
        .filter(pk=delegation_id, until__gte=on)
        .first()
    )
    if delegation is None:
        raise errors.StaleStage(Reason(gettext_noop("This standing-in has ended already")))
    last = on - timedelta(days=1)
    if last < delegation.since:  # it never held for a whole day; the ledger tells that it was given
        Delegation.objects.filter(pk=delegation_id).delete()
    else:
        delegation.until = last
        delegation.save(update_fields=["until"])
    return delegation
