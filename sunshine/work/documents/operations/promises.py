"""Later interpretations: what a published document promises, and what keeps the promise (INT-DURING)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sunshine.core.publishing.models import Draft, Record
from sunshine.work.documents.models import StagedInterpretation


def keep(matter_id: int, published: Sequence[Record]) -> None:
    """Bring a document's promises in line with what was just published.

    Promises are added and dropped as the new version says; one that was met stays. Each interpretation
    that is new beside a document that was public before meets the promise that was due first.
    """
    main, *interpretations = published
    told = {
        (date.fromisoformat(each["due_on"]), each["form"], each.get("note", ""))
        for each in Draft.objects.get(matter_id=matter_id, part=0).fields.get("staged", ())
    }
    rows = list(StagedInterpretation.objects.filter(document_id=matter_id))
    known = {(row.due_on, row.form, row.note): row for row in rows}
    dropped = [row.pk for said, row in known.items() if said not in told and not row.met_by]
    StagedInterpretation.objects.filter(pk__in=dropped).delete()
    StagedInterpretation.objects.bulk_create(
        [
            StagedInterpretation(document_id=matter_id, due_on=due_on, form=form, note=note)
            for due_on, form, note in sorted(told - known.keys())
        ]
    )
    if main.version > 1:
        new = [record.reference for record in interpretations if record.version == 1]
        open_rows = StagedInterpretation.objects.filter(document_id=matter_id, met_by="")
        for row, reference in zip(open_rows.order_by("due_on", "id"), new, strict=False):
            row.met_by = reference
            row.save(update_fields=["met_by"])
