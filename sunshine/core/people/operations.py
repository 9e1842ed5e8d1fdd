"""Verbs that concern people alone."""

from __future__ import annotations

from datetime import date

from sunshine.core.people.models import Delegation, Department, Holding, Person, Post, PostRole
from sunshine.kernel import errors
from sunshine.kernel.procedure import Role
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


def found_department(*, code: str, name: str, position: int = 0, is_office: bool = False) -> Department:
    """Enter a department."""
    return Department.objects.create(code=code, name=name, position=position, is_office=is_office)


def create_post(*, department: Department, title: str, roles: tuple[Role, ...], position: int = 0) -> Post:
    """Enter a post with the roles it carries."""
    post = Post.objects.create(department=department, title=title, position=position)
    PostRole.objects.bulk_create([PostRole(post=post, role=role.name) for role in roles])
    return post


def appoint(*, post: Post, person: Person, since: date) -> Holding:
    """Begin a person's term in a post.

    :raises RuleBroken: somebody holds the post already
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
    return Holding.objects.create(post=post, person=person, since=since)


def delegate(*, giver: Person, taker: Person, since: date, until: date, reason: str) -> Delegation:
    """Let `taker` do what `giver` may while `giver` is away (代理).

    :raises RuleBroken: the days run backwards, or giver and taker are one person
    """
    if until < since:
        raise errors.RuleBroken(Reason(gettext_noop("The last day lies before the first"), field="until"))
    if giver.pk == taker.pk:
        raise errors.RuleBroken(Reason(gettext_noop("Choose another person"), field="taker"))
    return Delegation.objects.create(giver=giver, taker=taker, since=since, until=until, reason=reason)
