"""The public log for programs: what it is called, and proofs by reference."""

# ruff: noqa: ARG001  # every view is handed the request, under this name

from __future__ import annotations

import base64
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router

from sunshine.core.ledger import queries as ledger
from sunshine.core.publishing.queries import records as public
from sunshine.doors.api import asking, records, shapes
from sunshine.kernel.words import gettext_noop as _

router = Router(tags=["log"])


@router.get(
    "/log",
    response={200: shapes.LogInfo},
    summary=_("Read about the public log"),
    description=_("Name, size, newest checkpoint and key; the tiles lie where `tiles_url` says."),
)
def read_log(request: HttpRequest) -> shapes.LogInfo:
    return shapes.LogInfo(
        origin=settings.LOG_ORIGIN,
        size=ledger.size(),
        checkpoint=ledger.checkpoint(),
        key=ledger.verifier_key(),
        checkpoint_url=f"{settings.SITE_URL}/log/checkpoint",
        tiles_url=f"{settings.SITE_URL}/log/tile/",
    )


@router.get(
    "/log/proof/{reference}",
    response={200: shapes.LogProof, **records.NOT_THERE},
    summary=_("Read a proof"),
    description=_("That a version of a record stands in the log, under its newest checkpoint."),
)
def read_proof(
    request: HttpRequest,
    reference: shapes.Reference,
    version: Annotated[
        int | None,
        Query(ge=1, le=30000, title=_("Version"), description=_("The newest unless named.")),
    ] = None,
) -> shapes.LogProof:
    records.refuse_withdrawn(reference)
    shown = public.shown(reference, on=asking.day(None), version=version)
    proof = ledger.proof_of_leaf(shown.version.index)
    return shapes.LogProof(
        reference=reference,
        version=shown.version.number,
        digest=shown.version.digest,
        index=proof.index,
        size=proof.size,
        hashes=[base64.b64encode(each).decode("ascii") for each in proof.hashes],
        checkpoint=proof.checkpoint,
        file=proof.as_file(),
    )
