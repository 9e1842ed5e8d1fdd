"""A bundle of fields under one digest, of which one may lawfully be erased later.

Each field is committed to by a digest of its salt, name and value; the bundle's digest covers only
the commitments. Erasing a field drops its salt and value and keeps the commitment: the bundle's
digest stays as it was logged, and without the salt nobody can guess the value back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from sunshine.kernel import canonical, errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop

SALT_BYTES = 16

_SALT = re.compile(r"[0-9a-f]{32}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_WHOLE = {"salt", "value", "commitment"}
_ERASED = {"commitment"}


class BadBundle(ValueError):
    """What was given is no sealed bundle, or does not hold what its digest promises."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: whole, or erased down to its commitment (no salt, no value)."""

    salt: str | None
    value: Any
    commitment: str

    @property
    def is_erased(self) -> bool:
        return self.salt is None


@dataclass(frozen=True, slots=True)
class Sealed:
    """Fields and the digest that covers them."""

    fields: Mapping[str, Field]
    digest: str

    @property
    def values(self) -> dict[str, Any]:
        """The fields that are still there, by name."""
        return {name: field.value for name, field in self.fields.items() if not field.is_erased}

    @property
    def erased(self) -> frozenset[str]:
        """The names of the fields that were erased."""
        return frozenset(name for name, field in self.fields.items() if field.is_erased)


def new_salts(names: Iterable[str], entropy: Callable[[int], str]) -> dict[str, str]:
    """Return a fresh salt for each name; `entropy` returns so many random bytes in hex."""
    return {name: entropy(SALT_BYTES) for name in names}


def commit(name: str, value: Any, salt: str) -> str:
    """Return the commitment to one field: the digest of [salt, name, value]."""
    return canonical.digest([salt, name, value])


def bundle_digest(commitments: Mapping[str, str]) -> str:
    """Return the digest of a bundle from the commitments of its fields."""
    return canonical.digest(commitments)


def seal(fields: Mapping[str, Any], salts: Mapping[str, str]) -> Sealed:
    """Put every field under one digest, each with its own salt.

    :raises BadBundle: a field without a salt, a salt without a field, or a salt that is not 32 hex digits
    """
    if set(fields) != set(salts):
        raise BadBundle(f"fields and salts differ: {', '.join(sorted(set(fields) ^ set(salts)))}")
    unfit = sorted(name for name, salt in salts.items() if not _SALT.fullmatch(salt))
    if unfit:
        raise BadBundle(f"no salt of {SALT_BYTES} bytes in hex: {', '.join(unfit)}")
    return _sealed(
        {name: Field(salts[name], value, commit(name, value, salts[name])) for name, value in fields.items()}
    )


def erase(sealed: Sealed, names: Iterable[str]) -> Sealed:
    """Drop salt and value of the named fields; the digest stays the same.

    :raises NotFound: the bundle has no such field
    :raises StaleStage: the field was erased already
    """
    fields = dict(sealed.fields)
    for name in names:
        if name not in fields:
            raise errors.NotFound(Reason(gettext_noop("There is no field %(field)s"), params={"field": name}))
        if fields[name].is_erased:
            raise errors.StaleStage(
                Reason(gettext_noop("%(field)s was erased already"), params={"field": name})
            )
        fields[name] = replace(fields[name], salt=None, value=None)
    return Sealed(MappingProxyType(fields), sealed.digest)


def to_json(sealed: Sealed) -> dict[str, Any]:
    """Return the bundle as JSON values; an erased field has no "salt" and no "value"."""
    return {
        "fields": {name: _field_to_json(field) for name, field in sealed.fields.items()},
        "digest": sealed.digest,
    }


def from_json(data: Any) -> Sealed:
    """Return the bundle that `to_json` wrote.

    :raises BadBundle: it is malformed, or a commitment or the digest does not hold
    """
    problems = verify(data)
    if problems:
        raise BadBundle("; ".join(problems))
    fields = {name: _field_from_json(told) for name, told in data["fields"].items()}
    return Sealed(MappingProxyType(fields), data["digest"])


def verify(data: Any) -> tuple[str, ...]:
    """Return what is wrong with a bundle as `to_json` writes it, naming each field; nothing when it holds."""
    if (
        not isinstance(data, dict)
        or set(data) != {"fields", "digest"}
        or not isinstance(data["fields"], dict)
    ):
        return ("the bundle is not an object with fields and digest",)
    shapes = [problem for name, told in data["fields"].items() if (problem := _shape_problem(told, name))]
    if shapes:
        return tuple(shapes)
    broken = [
        problem for name, told in data["fields"].items() if (problem := _commitment_problem(told, name))
    ]
    try:
        computed = bundle_digest({name: told["commitment"] for name, told in data["fields"].items()})
    except canonical.NotCanonical as error:
        return (*broken, f"digest: {error}")
    if computed != data["digest"]:
        broken.append("digest: it is not the digest of the commitments")
    return tuple(broken)


def _sealed(fields: dict[str, Field]) -> Sealed:
    digest = bundle_digest({name: field.commitment for name, field in fields.items()})
    return Sealed(MappingProxyType(fields), digest)


def _field_to_json(field: Field) -> dict[str, Any]:
    if field.is_erased:
        return {"commitment": field.commitment}
    return {"salt": field.salt, "value": field.value, "commitment": field.commitment}


def _field_from_json(told: Mapping[str, Any]) -> Field:
    return Field(told.get("salt"), told.get("value"), told["commitment"])


def _shape_problem(told: Any, name: str) -> str:
    if not isinstance(told, dict) or set(told) not in (_WHOLE, _ERASED):
        return f"{name}: a field has salt, value and commitment, or (erased) its commitment alone"
    if not isinstance(told["commitment"], str) or not _DIGEST.fullmatch(told["commitment"]):
        return f"{name}: the commitment is no SHA-256 in hex"
    if "salt" in told and not (isinstance(told["salt"], str) and _SALT.fullmatch(told["salt"])):
        return f"{name}: the salt is not {SALT_BYTES} bytes in hex"
    return ""


def _commitment_problem(told: Mapping[str, Any], name: str) -> str:
    if "salt" not in told:
        return ""
    try:
        holds = commit(name, told["value"], told["salt"]) == told["commitment"]
    except canonical.NotCanonical as error:
        return f"{name}: {error}"
    return "" if holds else f"{name}: the value is not the one that was committed to"
