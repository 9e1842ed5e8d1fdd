"""发文字号: the number that stands on a document (DOC-NO)."""

from __future__ import annotations

import re

from sunshine.kernel.verdict import HOLDS, Reason, Verdict
from sunshine.kernel.words import gettext_noop as _

BASIS = "DOC-NO: 党政机关公文处理工作条例 art. 9"

# 机关代字 + 〔year〕 + number + 号: 合城管〔2018〕12号. An order has no year: 第12号.
NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}〔\d{4}〕[1-9][0-9]*号")
ORDER = re.compile(r"(?:[\u4e00-\u9fff]{1,20}令)?第[1-9][0-9]*号")

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_BRACKETS = str.maketrans("[(（【［〈<{｛", "〔" * 9) | str.maketrans("])）】］〉>}｝", "〕" * 9)


def document_number(text: str) -> tuple[str, Verdict]:
    """Return a number as it must be written, and whether it was written so.

    Where the number can be read, the first value is right even if the verdict reports slips;
    where it cannot, the first value is empty.
    """
    digits = re.sub(r"\s+", "", text).translate(_DIGITS)
    bracketed = digits.translate(_BRACKETS)
    plain = re.sub(r"(〔\d{4}〕)第", r"\1", bracketed)
    normalised = re.sub(r"(?<![0-9])0+(?=[0-9]+号$)", "", plain)
    if not (NUMBER.fullmatch(normalised) or ORDER.fullmatch(normalised)):
        return "", _slip(_("This is no document number; one reads 合城管〔2018〕12号."))
    slips = (
        (text != digits, _("A document number has no spaces and plain digits.")),
        (digits != bracketed, _("The year stands in 〔 〕, in no other brackets.")),
        (bracketed != plain, _("Before the number stands no 第.")),
        (plain != normalised, _("The number has no leading zeros.")),
    )
    verdict = HOLDS
    for slipped, words in slips:
        verdict = verdict & _slip(words) if slipped else verdict
    return normalised, verdict


def _slip(words: str) -> Verdict:
    return Verdict((Reason(words, basis=BASIS, field="number"),))
