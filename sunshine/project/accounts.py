"""Who may have an account: the bureau's staff, entered by its administrators."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps the sign-up page shut: people are entered in the people register."""

    def is_open_for_signup(self, http_request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's name
        return False
