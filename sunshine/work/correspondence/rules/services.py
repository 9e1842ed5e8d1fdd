"""What a service asks of who reports it, and whether the answers are ones (attributes of Open311)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from sunshine.kernel.verdict import HOLDS, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _

DATATYPES: Final = ("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist")
LISTS: Final = ("singlevaluelist", "multivaluelist")
NUMBER: Final = re.compile(r"[+-]?\d{1,15}(\.\d{1,6})?")
MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?")
LONGEST: Final = 1000


def answers_are_sound(asks: Sequence[Mapping[str, object]], given: Mapping[str, Sequence[str]]) -> Verdict:
    """Return whether what a service asks is answered as it asks; “0” is an answer."""
    return all_of(_one(ask, given.get(str(ask["code"]), ())) for ask in asks)


def _one(ask: Mapping[str, object], given: Sequence[str]) -> Verdict:
    code, name = str(ask["code"]), str(ask.get("description", ask["code"]))
    answers = [each.strip() for each in given if each.strip()]
    if not answers:
        if ask.get("required"):
            return fails(_("This must be answered: %(name)s"), field=f"attribute[{code}]", name=name)
        return HOLDS
    if all(_fits(ask, each) for each in answers) and (
        len(answers) == 1 or ask["datatype"] == "multivaluelist"
    ):
        return HOLDS
    return fails(_("This is no answer to: %(name)s"), field=f"attribute[{code}]", name=name)


def _fits(ask: Mapping[str, object], answer: str) -> bool:
    if len(answer) > LONGEST:
        return False
    datatype = ask["datatype"]
    if datatype == "number":
        return bool(NUMBER.fullmatch(answer))
    if datatype == "datetime":
        return bool(MOMENT.fullmatch(answer))
    if datatype in LISTS:
        values = ask.get("values", ())
        assert isinstance(values, list | tuple)  # noqa: S101  # a list has its values
        return any(str(value["key"]) == answer for value in values)
    return True


def only_asked(asks: Sequence[Mapping[str, object]], given: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """Return the answers to what is asked, by the names under which an officer reads them."""
    told: dict[str, object] = {}
    for ask in asks:
        answers = [each.strip() for each in given.get(str(ask["code"]), ()) if each.strip()]
        if answers:
            told[str(ask.get("description", ask["code"]))] = "、".join(_named(ask, each) for each in answers)
    return told


def _named(ask: Mapping[str, object], answer: str) -> str:
    values = ask.get("values", ()) if ask["datatype"] in LISTS else ()
    assert isinstance(values, list | tuple)  # noqa: S101  # a list has its values
    return next((str(value["name"]) for value in values if str(value["key"]) == answer), answer)
