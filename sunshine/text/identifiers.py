"""Numbers that prove themselves: check digits, dates and regions inside identifiers (rulebook 14.2)."""

from __future__ import annotations

import re
from datetime import date

_MAINLAND = (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66))
_REGIONS = frozenset((*_MAINLAND, 71, 81, 82, 83, 91))
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_resident_id(number: str) -> bool:
    """Return whether 18 characters are a resident's number: region, day of birth, ISO 7064 MOD 11-2."""
    if len(number) != 18 or not number[:17].isdecimal() or int(number[:2]) not in _REGIONS:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == number[17].upper() and _is_birthday(number[6:14])


def is_old_resident_id(number: str) -> bool:
    """Return whether 15 digits can be an identity number of before 2000; it has no check digit."""
    return len(number) == 15 and int(number[:2]) in _REGIONS and _is_birthday("19" + number[6:12])


def is_organisation_code(code: str) -> bool:
    """Return whether 18 characters are a unified social credit code (GB 32100)."""
    if len(code) != 18 or not set(code) <= set(_CODE_ALPHABET):
        return False
    values = [_CODE_ALPHABET.index(character) for character in code]
    total = sum(value * weight for value, weight in zip(values, _CODE_WEIGHTS, strict=False))
    return (31 - total % 31) % 31 == values[17]


def is_luhn(number: str) -> bool:
    """Return whether the last digit is the Luhn check digit of those before it."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return 13 <= len(number) <= 19 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _is_birthday(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1850
    except ValueError:
        return False


_OLD_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_VEHICLE_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VEHICLE_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True)
)
_ISSUERS = re.compile(r"62|4|5[1-5]|3[47]|35|60|2[2-7]|955")


def is_old_organisation_code(code: str) -> bool:
    """Return whether 9 characters are an organisation code of before 2015 (GB 11714)."""
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        return False
    values = [int(character, 36) for character in code[:8]]
    check = 11 - sum(value * weight for value, weight in zip(values, _OLD_CODE_WEIGHTS, strict=True)) % 11
    return code[8] == {10: "X", 11: "0"}.get(check, str(check))


def is_bank_card(number: str) -> bool:
    """Return whether a number begins like an issuer's and ends with its Luhn digit."""
    return bool(_ISSUERS.match(number)) and len(set(number)) > 1 and is_luhn(number)


def is_vehicle_number(number: str) -> bool:
    """Return whether 17 characters are a vehicle identification number with the right check digit."""
    if not re.fullmatch(r"[0-9A-HJ-NPR-Z]{17}", number) or number.isdecimal() or number.isalpha():
        return False
    values = [int(each) if each.isdecimal() else _VEHICLE_VALUES[each] for each in number]
    check = sum(value * weight for value, weight in zip(values, _VEHICLE_WEIGHTS, strict=True)) % 11
    return number[8] == ("X" if check == 10 else str(check))
