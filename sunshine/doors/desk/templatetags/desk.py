"""The name of the desk, for pages that allauth renders without our context."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def desk_name() -> str:
    """Return whose desk this is."""
    return _("%(bureau)s desk") % {"bureau": settings.BUREAU.short_name}
