"""The people register: who sits where, vacant posts, standing in, entering and leaving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sunshine.core.matters import operations, queries
from sunshine.core.people import queries as register
from sunshine.core.people.models import Person, Post
from sunshine.doors.desk import guard, people_forms, permits, refusals, shell, words
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


def show(request: HttpRequest) -> HttpResponse:
    """Show departments, posts and holders, the vacant posts, and who stands in for whom."""
    day, person = shell.today(), shell.staff(request)
    may_keep = permits.holds(person, permits.KEEPS_PEOPLE)
    return shell.page(
        request,
        "desk/people.html",
        title=_("People"),
        place="people",
        departments=[
            (department, [(post, holder, _roles(post)) for post, holder in posts])
            for department, posts in register.register(on=day)
        ],
        vacant=register.vacant_posts(on=day),
        delegations=[(each, may_keep or each.giver_id == person.pk) for each in register.delegations(on=day)],
        without_post=_without_post(),
        may_keep=may_keep,
    )


def _roles(post: Post) -> str:
    return words.roles(role.role for role in post.roles.all())


def _without_post() -> list[Person]:
    """Return those who may sign in and hold no post."""
    held = {
        holder.pk
        for _department, posts in register.register(on=shell.today())
        for _post, holder in posts
        if holder is not None
    }
    return [person for person in register.everybody() if person.pk not in held]


@require_http_methods(["GET", "POST"])
def new_department(request: HttpRequest) -> HttpResponse:
    """Enter a department."""

    def enter(form: forms.Form) -> str:
        made = operations.found_department(**form.cleaned_data, **_by(request))
        return _("Entered: %(name)s") % {"name": made.name}

    return _fill_in(request, people_forms.DepartmentForm, enter, _("Enter a department"))


@require_http_methods(["GET", "POST"])
def new_post(request: HttpRequest) -> HttpResponse:
    """Enter a post with its roles."""

    def enter(form: forms.Form) -> str:
        assert isinstance(form, people_forms.PostForm)  # noqa: S101  # for the type checker
        given = form.cleaned_data
        made = operations.create_post(
            department=register.department(given["department"]),
            title=given["title"],
            position=given["position"],
            roles=form.chosen(),
            **_by(request),
        )
        return _("Entered: %(name)s") % {"name": str(made)}

    return _fill_in(request, people_forms.PostForm, enter, _("Enter a post"))


@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Show a post with who holds it, and change its roles."""
    seat = register.post(post_id)

    def enter(form: forms.Form) -> str:
        assert isinstance(form, people_forms.RolesForm)  # noqa: S101  # for the type checker
        operations.change_roles(seat, roles=form.chosen(), **_by(request))
        return _("The roles are changed.")

    initial = {"roles": [role.role for role in seat.roles.all()]}
    term = register.current_term(post_id)
    return _fill_in(
        request,
        people_forms.RolesForm,
        enter,
        str(seat),
        template="desk/post.html",
        initial=initial,
        seat=seat,
        term=term,
    )


@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, post_id: int) -> HttpResponse:
    """Appoint somebody to a vacant post."""
    seat = register.post(post_id)

    def enter(form: forms.Form) -> str:
        operations.appoint(post=seat, **form.cleaned_data, **_by(request))
        return _("%(person)s holds the post now.") % {"person": form.cleaned_data["person"].name}

    return _fill_in(request, people_forms.AppointForm, enter, _("Appoint: %(post)s") % {"post": str(seat)})


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, post_id: int) -> HttpResponse:
    """End a term of office and hand over the open matters in the same act."""
    term = register.current_term(post_id)
    if term is None:
        raise errors.StaleStage(Reason(gettext_noop("This term has ended already")))

    def enter(form: forms.Form) -> str:
        handed = operations.leave_post(term.pk, **form.cleaned_data, **_by(request))
        told = {"person": term.person.name, "count": handed}
        return _("%(person)s left the post; %(count)d matters were handed over.") % told

    def make(*args: Any, **options: Any) -> people_forms.LeavingForm:
        return people_forms.LeavingForm(term.person, *args, **options)

    title = _("Leave: %(person)s, %(post)s") % {"person": term.person.name, "post": str(term.post)}
    return _fill_in(
        request,
        make,
        enter,
        title,
        template="desk/leave.html",
        term=term,
        open_matters=queries.open_matters_of(term.person),
    )


@require_POST
def close_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Close a post that nobody holds."""
    permits.require(shell.staff(request), permits.KEEPS_PEOPLE)
    operations.close_post(register.post(post_id), **_by(request))
    messages.success(request, _("The post is closed."))
    return HttpResponseRedirect(reverse("desk:people"))


@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Enter a person with a first password."""

    def enter(form: forms.Form) -> str:
        made = operations.enter_person(**form.cleaned_data, **_by(request))
        return _("%(person)s may sign in now; appoint them to a post.") % {"person": made.name}

    return _fill_in(request, people_forms.PersonForm, enter, _("Enter a person"))


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Give a new password, take away a second factor that was lost, or close the account of who left."""
    permits.require(shell.staff(request), permits.KEEPS_PEOPLE)
    somebody = register.person(person_id)
    if "close_account" in request.POST:
        operations.close_account(somebody, **_by(request))
        messages.success(request, _("%(person)s can sign in no longer.") % {"person": somebody.name})
        return HttpResponseRedirect(reverse("desk:people"))

    if "take_second_factor" in request.POST:
        operations.take_second_factor(somebody, **_by(request))
        said = _("%(person)s signs in with the password alone until a second factor is set up again.")
        messages.success(request, said % {"person": somebody.name})
        return HttpResponseRedirect(reverse("desk:people"))

    def enter(form: forms.Form) -> str:
        operations.give_password(somebody, **form.cleaned_data, **_by(request))
        return _("%(person)s has a new password.") % {"person": somebody.name}

    title = _("%(person)s (%(username)s)") % {"person": somebody.name, "username": somebody.username}
    return _fill_in(
        request,
        people_forms.PasswordForm,
        enter,
        title,
        template="desk/person.html",
        somebody=somebody,
        has_second_factor=guard.has_second_factor(somebody),
        posts=register.posts_of(somebody, on=shell.today()),
    )


@require_http_methods(["GET", "POST"])
def delegate(request: HttpRequest) -> HttpResponse:
    """Let somebody stand in: everyone for themselves, the administrator for anyone."""
    me = shell.staff(request)
    is_keeper = permits.holds(me, permits.KEEPS_PEOPLE)

    def enter(form: forms.Form) -> str:
        made = operations.delegate(**form.cleaned_data, **_by(request))
        return _("%(taker)s stands in for %(giver)s.") % {"taker": made.taker.name, "giver": made.giver.name}

    def make(*args: Any, **options: Any) -> people_forms.DelegationForm:
        return people_forms.DelegationForm(me, is_keeper, *args, **options)

    return _fill_in(request, make, enter, _("Let somebody stand in"), is_open_to_all=True)


@require_POST
def end_delegation(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """Let somebody stand in no longer: who is back says so, or the administrator for anyone."""
    given = register.delegation(delegation_id)
    if given.giver_id != shell.staff(request).pk:
        permits.require(shell.staff(request), permits.KEEPS_PEOPLE)
    operations.end_delegation(delegation_id, **_by(request))
    told = {"taker": given.taker.name, "giver": given.giver.name}
    messages.success(request, _("%(taker)s stands in for %(giver)s no longer.") % told)
    return HttpResponseRedirect(reverse("desk:people"))


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"actor": shell.staff(request), "at": timezone.now()}


def _fill_in(
    request: HttpRequest,
    make: Callable[..., forms.Form],
    enter: Callable[[forms.Form], str],
    title: str,
    *,
    template: str = "desk/simple.html",
    initial: dict[str, Any] | None = None,
    is_open_to_all: bool = False,
    **context: Any,
) -> HttpResponse:
    """Show a form of the register, or enter it and say what was done."""
    if not is_open_to_all:
        permits.require(shell.staff(request), permits.KEEPS_PEOPLE)
    form = make(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            said = enter(form)
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        else:
            messages.success(request, said)
            return HttpResponseRedirect(reverse("desk:people"))
    return shell.page(
        request,
        template,
        title=title,
        place="people",
        form=form,
        action=_("Enter"),
        back=reverse("desk:people"),
        status=422 if form.errors else 200,
        **context,
    )
