"""Version 1 of the interface: its routers, its description, its refusals."""

from __future__ import annotations

from ninja import NinjaAPI

from sunshine.doors.api import clock, directory, log, problems, records
from sunshine.doors.api.conditional import conditional
from sunshine.kernel.words import gettext_noop as _

api = NinjaAPI(
    title=_("Sunshine open data"),
    version="1",
    description=_(
        "Everything public, for programs. Nothing can be written here; drafts cannot be seen. No key is "
        "needed. Answers carry an ETag: ask again with If-None-Match and an unchanged answer costs nothing. "
        "Refusals are problem+json (RFC 9457)."
    ),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api-v1",
)
problems.install(api)
api.add_decorator(conditional, mode="view")
for router in (records.router, directory.router, log.router, clock.router):
    api.add_router("", router)
