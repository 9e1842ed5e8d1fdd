"""Chinese numerals below ten thousand, as headings and articles are numbered."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_UNITS = (("千", 1000), ("百", 100), ("十", 10))


def value(written: str) -> int:
    """Return what a numeral says: 十二 is 12, 一百零三 is 103; 0 for what is no numeral."""
    total, digit = 0, 0
    units = dict(_UNITS)
    for character in written.replace("〇", "零").replace("两", "二"):
        if character in units:
            total += (digit or 1) * units[character]
            digit = 0
        elif character in _DIGITS:
            digit = _DIGITS.index(character)
        else:
            return 0
    return total + digit


def written(number: int) -> str:
    """Return a number from 1 to 9999 as a numeral: 12 is 十二, 103 is 一百零三."""
    pieces, rest, gap = [], number, False
    for unit, size in _UNITS:
        digit, rest = divmod(rest, size)
        if digit:
            pieces.append(("零" if gap else "") + _DIGITS[digit] + unit)
        gap = bool(pieces) and not digit
    if rest:
        pieces.append(("零" if gap else "") + _DIGITS[rest])
    whole = "".join(pieces)
    return whole[1:] if 10 <= number < 20 else whole
