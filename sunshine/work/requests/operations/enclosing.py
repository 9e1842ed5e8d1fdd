"""Files of an answer: the original stays sealed, what is given is the file or its redacted copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sunshine.core.matters import sealing
from sunshine.core.people.models import Person
from sunshine.core.publishing import names
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.requests import redaction
from sunshine.work.requests.models import Enclosure, SealedFile
from sunshine.work.requests.operations import files
from sunshine.work.requests.operations.acting import act, request_of

BETWEEN = re.compile(r"[\s_-]")
"""What stands between the letters of a file's name: 王_测试, 138-0000-1234."""

ENDINGS = {redaction.PDF: "pdf", redaction.DOCX: "docx", redaction.XLSX: "xlsx"}


def enclose(
    matter_id: int,
    *,
    name: str,
    data: bytes,
    masks: Sequence[str] = (),
    boxes: Sequence[redaction.Box] = (),
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> Enclosure:
    """Lay a file with the answer; with masks or boxes what is given is a copy proved to be without them.

    :raises RuleBroken: a harmful file, a mask that stands nowhere, a copy in which something is still found
    """
    media_type = files.refuse_unless_harmless(name, data)
    copy = _redacted(data, media_type, masks, boxes) if masks or boxes else None
    shown = _given_name(name, copy, masks)
    with act(matter_id, "enclose", actor=actor, at=at, seen=seen, file=shown) as acting:
        request = request_of(acting)
        original = files.keep(
            acting.matter, name, data, kind=SealedFile.ORIGINAL, media_type=media_type, at=at
        )
        given, given_type = (copy.data, copy.media_type) if copy else (data, media_type)
        acting.facts["proof"] = copy.proof if copy else {}
        enclosure = Enclosure.objects.create(
            request=request,
            name=shown,
            original=original,
            given=files.keep(
                acting.matter, shown, given, kind=SealedFile.GIVEN, media_type=given_type, at=at
            ),
            sealed_masks=sealing.seal_values({"masks": list(masks)}, place=f"masks:{original.pk}"),
            proof=copy.proof if copy else {},
            added_by=actor,
            added_at=at,
        )
        acting.facts["enclosure"] = enclosure.pk
    return enclosure


def take_out(matter_id: int, *, enclosure: int, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Take a file out of the answer that comes; its bytes stay sealed with the request."""
    with act(matter_id, "take_out", actor=actor, at=at, seen=seen, enclosure=enclosure):
        laid = Enclosure.objects.filter(pk=enclosure, request_id=matter_id, answer=None)
        gone, _kinds = laid.delete()
        if not gone:
            raise errors.RuleBroken(Reason(gettext_noop("There is no such file"), field="enclosure"))


def _redacted(
    data: bytes, media_type: str, masks: Sequence[str], boxes: Sequence[redaction.Box]
) -> redaction.Redacted:
    try:
        return redaction.redact(data, media_type, masks=masks, boxes=boxes)
    except redaction.NotRedacted as refusal:
        raise errors.RuleBroken(Reason(refusal.text, field="file", params=refusal.params)) from refusal


def _given_name(name: str, copy: redaction.Redacted | None, masks: Sequence[str]) -> str:
    """Return the name of what is given: nothing masked stands in it either, however it is written there."""
    safe = names.safe_name(name)
    if copy is None:
        return safe[:120]
    stem = safe.rpartition(".")[0] or safe
    for letters in sorted((BETWEEN.sub("", mask) for mask in masks), key=len, reverse=True):
        if letters:
            broken_up = f"{BETWEEN.pattern}*".join(map(re.escape, letters))
            stem = re.sub(broken_up, "某", stem, flags=re.IGNORECASE)
    return f"{stem[:100]}（区分处理）.{ENDINGS[copy.media_type]}"
