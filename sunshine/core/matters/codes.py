"""Follow-up codes: how an applicant without an account is known again."""

from __future__ import annotations

import secrets

# No I, L, O, U and no 0, 1: what is read out on the telephone or copied by hand stays clear.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, IN_A_GROUP = 4, 4


def new_code() -> str:
    """Return a new code of 16 characters, 78 bits, in groups of four."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(IN_A_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def bare(code: str) -> str:
    """Return a code as it is marked: capitals, no dashes, no blanks."""
    return "".join(character for character in code.upper() if character in ALPHABET)
