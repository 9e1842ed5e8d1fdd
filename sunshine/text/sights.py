"""What speaks for or against a candidate for a name: the features that are weighed.

They come in five groups: of the candidate's characters alone, of the words before, of the words after, of
the words under it, and of how all of these come together. `people` adds up the weights of one group after the
other, and leaves a candidate as soon as it is hopeless.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sunshine.text import names
from sunshine.text.candidates import PARTS, Cut, Start, Statistics

UNSEEN = -3.0
"""How unlike a given name a character is that no known name has, as a logarithm."""

Words = tuple[str, str, str, str]
"""Two words with their parts of speech."""


class Sight(NamedTuple):
    """How a candidate lies in its text: the words cut under it, two words after it, its neighbours."""

    shape: str
    after: Words
    """The next word, its part of speech, the word beyond, its part of speech."""

    around: tuple[str, str]
    """The characters right before and right after."""


def features(
    text: str, cut: Cut, start: Start, end: int, kind: str, follows: int, known: Statistics
) -> list[str]:
    """Return what speaks for or against a candidate.

    :param follows: 1 when a name and a sign like 、 stand right before it, 2 when a name does, else 0
    """
    word, preceding = text[start.place : end], before(cut, start.token)
    sight = seen(text, cut, start, end)
    return [
        *of_word(word, kind, known),
        *of_words_before(*preceding),
        *of_words_after(*sight.after),
        *of_shape(word, kind, sight.shape, known),
        *of_all(word, kind, preceding[2:], sight, follows, known),
    ]


def before(cut: Cut, index: int) -> Words:
    """Return the word before the last, its part of speech, the last word, its part; any number is 0."""
    word = cut.words[index - 1] if index else "^"
    earlier = cut.words[index - 2] if index > 1 else "^"
    part = PARTS[word] if index else "^"
    return earlier, PARTS[earlier] if index > 1 else "^", "0" if part == "m" or word.isdigit() else word, part


def seen(text: str, cut: Cut, start: Start, end: int) -> Sight:
    """Return how a candidate lies in its text."""
    shape, after, after_part, next_index = _under(cut, start, end)
    is_last = next_index >= len(cut.words)
    beyond = "$" if is_last else cut.words[next_index]
    beyond_part = "$" if is_last else PARTS[beyond]
    around = text[start.place - 1] if start.place else "^", text[end] if end < len(text) else "$"
    return Sight(shape, (after, after_part, beyond, beyond_part), around)


def of_words_before(earlier: str, earlier_part: str, word: str, part: str) -> tuple[str, ...]:
    """Return what the two words before say."""
    return f"p{word}", f"pp{earlier}|{word}", f"pt{part}", f"P{earlier_part}{part}", f"e{earlier}"


def of_words_after(word: str, part: str, beyond: str, beyond_part: str) -> tuple[str, ...]:
    """Return what the two words after say."""
    return f"n{word}", f"nn{word}|{beyond}", f"nt{part}", f"N{part}{beyond_part}", f"b{beyond}"


def of_word(word: str, kind: str, known: Statistics) -> tuple[str, ...]:
    """Return what the candidate's own characters say."""
    named = f"K{_label(word, kind)}"
    if _is_native(word, kind):
        surname, given = _parted(word, kind)
        likeness = _likeness(given, known)
        level, size = _step(likeness), len(given)
        alike = (f"S{surname}", f"SL{surname}{size}", f"G{given}", f"S{size}{surname}{level}")
        if size == 1:
            return (named, f"gs{given}", f"Bs{_step(likeness, 2)}", *alike)
        if size == 2:
            return (named, f"g1{given[0]}", f"g2{given[1]}", f"Bd{level}", *alike)
        return (named, *alike)
    likeness = _foreign_likeness(word, known)
    return (
        named, f"F{_step(likeness, 2)}", f"FL{min(len(word), 6)}|{_step(likeness)}", f"Fd{word.count('·')}",
        f"Ff{word[0]}", f"Fl{word[-1]}", f"W{word}",
    )  # fmt: skip


def of_shape(word: str, kind: str, shape: str, known: Statistics) -> tuple[str, ...]:
    """Return what the words cut under the candidate say."""
    if not _is_native(word, kind):
        return (f"T{shape}",)
    _surname, given = _parted(word, kind)
    return f"T{shape}", f"T{len(given)}{shape}{_step(_likeness(given, known))}"


def of_all(
    word: str, kind: str, before: Sequence[str], sight: Sight, follows: int, known: Statistics
) -> tuple[str, ...]:
    """Return what the candidate, the words under it and its neighbours say together."""
    (last, part), (after, after_part, _beyond, _beyond_part) = before, sight.after
    shape, label = sight.shape, _label(word, kind)
    together = (
        f"Q{part}|{after_part}{label}", f"q{label}{last[-1]}", f"r{label}{after[0]}", f"a{follows}{label}",
        f"A{follows}{shape}", f"x{shape}|{part}", f"y{shape}|{after_part}",
    )  # fmt: skip
    if _is_native(word, kind):
        return together
    left, right = sight.around
    level = _step(_foreign_likeness(word, known))
    return (
        *together, f"FT{shape}|{part}", f"FM{level}{part}{after_part}",
        f"Fn{int(right in known.foreign)}{'·' if right == '·' else ''}",
        f"Fp{int(left in known.foreign)}{'·' if left == '·' else ''}",
    )  # fmt: skip


def _label(word: str, kind: str) -> str:
    """Return the kind of a candidate with its length; a foreign one that could be native counts as that."""
    is_native = len(word) <= 3 and word[0] in names.SURNAMES
    return ("H" if kind == "F" and is_native else kind) + str(min(len(word), 6))


def _is_native(word: str, kind: str) -> bool:
    """Return whether a candidate is read as a surname with a given name."""
    longest = 3 if kind == "F" else 4
    return len(word) <= longest and kind != "X" and word[0] in names.SURNAMES and "·" not in word


def _parted(word: str, kind: str) -> tuple[str, str]:
    size = 2 if kind == "D" else 1
    return word[:size], word[size:]


def _likeness(given: str, known: Statistics) -> float:
    if len(given) == 1:
        return known.single.get(given, UNSEEN)
    if len(given) == 2:
        return known.first.get(given[0], UNSEEN) + known.second.get(given[1], UNSEEN)
    return UNSEEN


def _foreign_likeness(word: str, known: Statistics) -> float:
    letters = [known.foreign.get(character, UNSEEN) for character in word if character != "·"] or [UNSEEN]
    return sum(letters) / len(letters)


def _step(likeness: float, fineness: int = 1) -> int:
    return max(-6, min(8, round(likeness * fineness)))


def within(word: str, size: int) -> str:
    """Return the shape of a name that ends with the word in which it begins or before; else nothing."""
    if len(word) < size:
        return ""
    part = PARTS[word][:2]
    return f"{size}{part}" if len(word) == size else f"{size}<{part}{len(word)}"


def _under(cut: Cut, start: Start, end: int) -> tuple[str, str, str, int]:
    """Return how the words lie under a candidate, the word after it with its part, and the index beyond."""
    words, place, index = cut.words, start.place, start.token
    shape: list[str] = []
    while index < len(words) and place < end:
        word = words[index]
        index += 1
        if place + len(word) > end:
            shape.append(f"{end - place}<{PARTS[word][:2]}{len(word)}")
            return "".join(shape[:4]), f"<{word[end - place :]}", "<", index
        shape.append(f"{len(word)}{PARTS[word][:2]}")
        place += len(word)
    if index < len(words):
        return "".join(shape[:4]), words[index], PARTS[words[index]], index + 1
    return "".join(shape[:4]), "$", "$", index
