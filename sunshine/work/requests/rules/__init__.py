"""The rules of information requests, plain Python: who asks, by when, how it can end, on which ground.

`terms` holds the fixed lists, `periods` the terms of both texts, `outcomes` the closed dated list of
classes and the rows of the national forms, `fees` the national steps, `remedies` what can be done against
an answer, `checks` and `days` what acts ask, `table` with `stages`, `overruling` and `after` the procedure;
`remedy_table` and `correction_table` are procedures of their own. This page is what others read.
"""

from __future__ import annotations

from sunshine.work.requests.rules import correction_table, remedy_table, table
from sunshine.work.requests.rules.fees import SCALES, fee, fee_by_items, fee_by_pages, price_of_item
from sunshine.work.requests.rules.forms import FORMS, Form, Row, form_on, row_of
from sunshine.work.requests.rules.outcomes import (
    DISCLOSED,
    OUTCOMES,
    PARTIAL,
    WITHHOLDING,
    Outcome,
    may_be_withheld_for,
    outcome_named,
    outcomes_open,
)
from sunshine.work.requests.rules.remedies import (
    LAWSUIT,
    PENDING,
    RECONSIDERATION,
    RESULTS,
    SORTS,
    goes_to_reconsideration_first,
    remedy,
)
from sunshine.work.requests.rules.stages import KIND
from sunshine.work.requests.rules.table import REQUEST_2008, REQUEST_2019
from sunshine.work.requests.rules.terms import (
    APPLICANT_KINDS,
    DELIVERIES,
    FORMS_WANTED,
    HELP,
    IDENTITY_DOCUMENTS,
    SERVICES,
    WAYS,
    Term,
    Way,
    needs_confirmation,
    receipt_reason,
    service_named,
    way_named,
)

PROCEDURES = (*table.PROCEDURES, *remedy_table.PROCEDURES, *correction_table.PROCEDURES)

__all__ = [
    "APPLICANT_KINDS",
    "DELIVERIES",
    "DISCLOSED",
    "FORMS",
    "FORMS_WANTED",
    "HELP",
    "IDENTITY_DOCUMENTS",
    "KIND",
    "LAWSUIT",
    "OUTCOMES",
    "PARTIAL",
    "PENDING",
    "PROCEDURES",
    "RECONSIDERATION",
    "REQUEST_2008",
    "REQUEST_2019",
    "RESULTS",
    "SCALES",
    "SERVICES",
    "SORTS",
    "WAYS",
    "WITHHOLDING",
    "Form",
    "Outcome",
    "Row",
    "Term",
    "Way",
    "fee",
    "fee_by_items",
    "fee_by_pages",
    "form_on",
    "goes_to_reconsideration_first",
    "may_be_withheld_for",
    "needs_confirmation",
    "outcome_named",
    "outcomes_open",
    "price_of_item",
    "receipt_reason",
    "remedy",
    "row_of",
    "service_named",
    "way_named",
]
