"""Who may have an account: the bureau's staff, entered by its administrators."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sunshine.core.people.models import Person


class StaffOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps the sign-up page shut: people are entered in the people register."""

    def is_open_for_signup(self, http_request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's name
        return False

    def clean_password(self, password: str, user: Person | None = None) -> str:
        """Refuse as one's own the password that an administrator gave and knows."""
        checked: str = super().clean_password(password, user=user)
        if user is not None and user.password_is_given and user.check_password(checked):
            raise ValidationError(_("Choose another password than the one that you were given."))
        return checked

    def get_password_change_redirect_url(self, http_request: HttpRequest) -> str:  # noqa: ARG002  # as above
        return settings.LOGIN_REDIRECT_URL


def name_tried(http_request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str | None:
    """Return under which name somebody tries to sign in, so that the lock falls on that name.

    The form sends it as `login`, the check of a password as `username`.
    """
    tried = credentials or {}
    return tried.get("username") or tried.get("login") or http_request.POST.get("login")
