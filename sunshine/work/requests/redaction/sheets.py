"""An Excel file built anew from the cells a reader sees: no formulas, hidden rows, notes or properties."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl

from sunshine.kernel.words import gettext_noop as _
from sunshine.text import containers
from sunshine.work.requests.redaction.shapes import Made, NotRedacted, masked, refuse_unless_found

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")


def rebuilt(data: bytes, masks: Sequence[str]) -> Made:
    """Return a new book with what a reader of the old one sees, less what is masked.

    :raises NotRedacted: damaged, hostile, or a mask that stands nowhere
    """
    try:
        containers.checked(data).close()
        old = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (containers.Hostile, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise NotRedacted(_("the file cannot be read")) from error
    new = openpyxl.Workbook()
    new.remove(new.worksheets[0])
    found: dict[str, int] = {}
    for sheet in old.worksheets:
        if sheet.sheet_state == "visible":
            title = _NOT_IN_A_TITLE.sub(" ", masked(sheet.title, masks, found))[:31]
            copy = new.create_sheet(title)
            for row in _visible(sheet):
                copy.append([_cell(value, masks, found) for value in row])
    if not new.worksheets:
        raise NotRedacted(_("the book has no visible sheet"))
    refuse_unless_found(masks, found)
    new.properties.creator = new.properties.lastModifiedBy = ""
    kept = io.BytesIO()
    new.save(kept)
    return Made(kept.getvalue(), XLSX, found)


def _visible(sheet: Any) -> Iterator[list[object]]:
    """Yield the rows that are shown, each without the columns that are not; no width is hidden too."""
    columns = [each for each in sheet.column_dimensions.values() if each.hidden or each.width == 0]
    # Columns hidden together stand under the letter of the first alone.
    hidden = {number for each in columns for number in range(each.min or 1, (each.max or each.min or 1) + 1)}
    for number, row in enumerate(sheet.iter_rows(), start=sheet.min_row):
        shown = sheet.row_dimensions[number]
        if not shown.hidden and shown.height != 0:
            yield [
                cell.value for place, cell in enumerate(row, start=sheet.min_column) if place not in hidden
            ]


def _cell(value: object, masks: Sequence[str], found: dict[str, int]) -> Any:
    """Return a value as it may be seen; a number that holds a masked one becomes text."""
    if value is None:
        return None
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    shown = masked(text, masks, found)
    if shown == text:
        return value if isinstance(value, int | float) else text
    return shown
