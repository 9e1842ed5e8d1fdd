"""The processing fee (信息处理费) by the national steps, 国办函〔2020〕109号, from 2021-01-01."""

from __future__ import annotations

from datetime import date
from typing import Final

from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules.terms import Term

SINCE: Final = date(2021, 1, 1)
BASIS: Final = "国办函〔2020〕109号"

# FEE-CHOICE: one of the two for a request, never both.
BY_ITEM = Term("item", _("By the number of requests in a month"), "按件计收")
BY_PAGE = Term("page", _("By the number of pages supplied"), "按量计收")
SCALES = (BY_ITEM, BY_PAGE)

# FEE-ITEM, art. 4: 1–10 free, 11–30 at 100 yuan, from the 31st on 100 yuan more for each block of ten.
FREE_ITEMS, PLAIN_ITEMS, ITEM_PRICE, BLOCK = 10, 30, 100, 10
# FEE-PAGE, art. 5: above each step the price of that step.
PAGE_STEPS = ((30, 0), (100, 10), (200, 20))
PAGE_PRICE_ABOVE = 40


def price_of_item(number: int) -> int:
    """Return in yuan what the `number`-th request of one applicant in a calendar month costs."""
    if number <= FREE_ITEMS:
        return 0
    if number <= PLAIN_ITEMS:
        return ITEM_PRICE
    return ITEM_PRICE * (1 + -(-(number - PLAIN_ITEMS) // BLOCK))


def fee_by_items(first: int, last: int) -> int:
    """Return in yuan what the `first`-th to the `last`-th request of the month cost together."""
    return sum(price_of_item(number) for number in range(first, last + 1))


def fee_by_pages(pages: int) -> int:
    """Return in yuan what so many pages cost, each part at the price of its step."""
    amount, before = 0, 0
    for upto, price in PAGE_STEPS:
        amount += max(0, min(pages, upto) - before) * price
        before = upto
    return amount + max(0, pages - before) * PAGE_PRICE_ABOVE


def fee(scale: str, quantity: int) -> int:
    """Return in yuan what is asked: for the `quantity`-th request of the month, or for so many pages."""
    return price_of_item(quantity) if scale == BY_ITEM.code else fee_by_pages(quantity)
