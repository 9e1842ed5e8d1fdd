"""What every page of the desk has around it: navigation, who one is, the title, and the rendering."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sunshine.core.people import queries as people
from sunshine.core.people.models import Person
from sunshine.design.parts import Desk, Link

LANGUAGES = (("zh-hans", "简体中文"), ("en", "English"))
NAVIGATION = (
    "worklist",
    "new",
    "register_request",
    "letters",
    "proposals",
    "participation_begin",
    "reports",
    "directory",
    "people",
    "log",
    "upkeep",
)


def staff(request: HttpRequest) -> Person:
    """Return who is signed in; the guard lets nobody else through."""
    return cast("Person", request.user)


def today() -> date:
    """Return the day at the bureau."""
    return timezone.localdate()


def page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    place: str = "",
    count: int | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a page of the desk; `place` names the item of navigation where one is."""
    around = {"title": title, "desk": desk(request, place=place, count=count), "crumbs": (), **context}
    return render(request, template, around, status=status)


def desk(request: HttpRequest, *, place: str = "", count: int | None = None) -> Desk:
    """Return what the layout says around the page."""
    name = _("%(bureau)s desk") % {"bureau": settings.BUREAU.short_name}
    home = reverse("desk:worklist")
    if not request.user.is_authenticated:
        return Desk(name=name, home_url=home, languages=_languages(request))
    person = staff(request)
    return Desk(
        name=name,
        home_url=home,
        person=person.name,
        post=_(", ").join(str(post) for post in people.posts_of(person, on=today())),
        count=count,
        nav=_navigation(place),
        menu=_menu(),
        languages=_languages(request),
        search_url=home,
        sign_out_url=reverse("account_logout"),
    )


def _navigation(place: str) -> list[Link]:
    labels = (
        _("Worklist"),
        _("New document"),
        _("Register a request"),
        _("Letters"),
        _("Suggestions and proposals"),
        _("Taking part"),
        _("Yearly report"),
        _("Directory"),
        _("People"),
        _("Log of acts"),
        _("Upkeep"),
    )
    return [
        Link(label=label, url=reverse(f"desk:{name}"), current=name == place)
        for name, label in zip(NAVIGATION, labels, strict=True)
    ]


def _menu() -> list[Link]:
    return [
        Link(label=_("Sign-in security"), url=reverse("mfa_index")),
        Link(label=_("Change password"), url=reverse("account_change_password")),
        Link(label=_("Public site"), url="/"),
    ]


def _languages(request: HttpRequest) -> list[Link]:
    now = get_language()
    return [
        Link(
            label=label,
            code=code,
            current=code == now,
            url=f"{reverse('desk:language', args=[code])}?next={request.get_full_path()}",
        )
        for code, label in LANGUAGES
    ]
