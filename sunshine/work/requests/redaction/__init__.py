"""Redacted copies: the masked text is gone from every layer, and that is proved by reading the copy again.

A copy is never the original with something laid over it. A Word or Excel file is built anew from what
its reader sees; a PDF, with text or scanned, becomes pictures of its pages in which the masked places
are black. So no text layer, comment, revision, hidden cell, property or earlier state can come along.

The one surprise: `redact` refuses rather than guesses. What it cannot find it does not mask, and a copy
in which two readers still find a masked text is thrown away.
"""

from __future__ import annotations

from collections.abc import Sequence

from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.redaction import documents, pages, sheets
from sunshine.work.requests.redaction.proof import prove
from sunshine.work.requests.redaction.shapes import Box, NotRedacted, Redacted

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
PICTURES = ("image/png", "image/jpeg")


def redact(data: bytes, media_type: str, *, masks: Sequence[str] = (), boxes: Sequence[Box] = ()) -> Redacted:
    """Return a copy without the masked texts and places, and the proof that they are gone.

    :raises NotRedacted: nothing to mask, a mask that is nowhere, a kind of file that cannot be redacted,
        or a copy in which something masked is still found
    """
    wanted = tuple(dict.fromkeys(mask.strip() for mask in masks if mask.strip()))
    if not wanted and not boxes:
        raise NotRedacted(_("nothing is named that should be masked"))
    if media_type == DOCX:
        made = documents.rebuilt(data, wanted)
    elif media_type == XLSX:
        made = sheets.rebuilt(data, wanted)
    elif media_type == PDF or media_type in PICTURES:
        made = pages.redrawn(data, media_type, wanted, tuple(boxes))
    else:
        raise NotRedacted(_("files of this kind cannot be redacted"))
    return Redacted(made.data, made.media_type, prove(made, wanted))


__all__ = ["DOCX", "PDF", "PICTURES", "XLSX", "Box", "NotRedacted", "Redacted", "redact"]
