"""What speaks for or against a candidate for a name: the features that are weighed.

They come in groups: of the candidate's characters, of the words before, of the words after, of the words
under it, of the parts of speech, of the letters beside it. `people` adds up the weights of one group after
the other, remembers them, and leaves a candidate as soon as it is hopeless.
"""

from __future__ import annotations

import re
import string
from typing import NamedTuple

from sunshine.text import japanese_names, known_words, names
from sunshine.text.begins import PARTS, UNLIKE, Cut, Statistics
from sunshine.text.candidates import JOINTS, Start

LATIN = "KL"
"""The feature that every name in Latin letters has."""

SMALL_LATIN = "KLs"
"""The feature that one has besides that begins with a small letter."""

LONGEST_TITLE = 24
"""Characters of a title before and after a name in it."""

_FIRST_OF_LATIN = re.compile(r"[ ·.-]")
_RUNS = re.compile(r"(.)\1+")
_LETTERS = {
    **{ord(each): "a" for each in string.ascii_lowercase},
    **{ord(each): "A" for each in string.ascii_uppercase},
    **{ord(each): "0" for each in string.digits},
}

Words = tuple[str, str, str, str]
"""Two words with their parts of speech."""


class Sight(NamedTuple):
    """How a candidate lies in its text: the words cut under it, two words after it, its neighbours."""

    shape: str
    after: Words
    """The next word, its part of speech, the word beyond, its part of speech."""

    around: tuple[str, str]
    """The characters right before and right after."""

    edges: tuple[str, str]
    """The first and the last word under it; the last one may reach beyond it."""


def features(
    text: str, cut: Cut, start: Start, end: int, kind: str, follows: int, known: Statistics
) -> list[str]:
    """Return what speaks for or against a candidate.

    :param follows: 1 when a name and a sign like 、 stand right before it, 2 when a name does, 3 when a name
        and a bracket do, else 0
    """
    word, preceding = text[start.place : end], before(cut, start.token)
    sight, look = seen(text, cut, start, end), look_of(word, kind, known)
    part, (after, after_part) = preceding[3], sight.after[:2]
    return [
        *of_word(word, kind, known),
        *of_words_before(*preceding),
        *of_words_after(*sight.after),
        *of_shape(look, sight.shape),
        *of_edges(look, sight.edges),
        *of_place(look, title_at(text, start.place, end)),
        *of_parts(look, sight.shape, part, after_part, follows),
        *of_letters(look, preceding, after[0], sight.around, known),
        *of_characters(look, text, start.place, end),
        *of_known(look, known_words.known_at(text, start.place, end, known.listed)),
    ]


def before(cut: Cut, index: int) -> Words:
    """Return the word before the last, its part of speech, the last word, its part; any number is 0."""
    word = cut.words[index - 1] if index else "^"
    earlier = cut.words[index - 2] if index > 1 else "^"
    part = PARTS[word] if index else "^"
    return earlier, PARTS[earlier] if index > 1 else "^", "0" if part == "m" or word.isdigit() else word, part


def seen(text: str, cut: Cut, start: Start, end: int) -> Sight:
    """Return how a candidate lies in its text."""
    shape, after, after_part, next_index, last = _under(cut, start, end)
    is_last = next_index >= len(cut.words)
    if after == "·" and (is_last or cut.words[next_index] < "\u3400"):  # the text is cut off there
        after, after_part, is_last = "$", "$", True
    beyond = "$" if is_last else cut.words[next_index]
    beyond_part = "$" if is_last else PARTS[beyond]
    around = text[start.place - 1] if start.place else "^", "$" if after == "$" else text[end]
    return Sight(shape, (after, after_part, beyond, beyond_part), around, (cut.words[start.token], last))


def of_words_before(earlier: str, earlier_part: str, word: str, part: str) -> tuple[str, ...]:
    """Return what the two words before say."""
    return f"p{word}", f"pp{earlier}|{word}", f"pt{part}", f"P{earlier_part}{part}", f"e{earlier}"


def of_words_after(word: str, part: str, beyond: str, beyond_part: str) -> tuple[str, ...]:
    """Return what the two words after say."""
    return (
        f"n{word}", f"nn{word}|{beyond}", f"nt{part}", f"N{part}{beyond_part}", f"b{beyond}",
        f"ne{word[-1]}{len(word)}{part[:1]}", f"be{beyond[-1]}{part[:1]}",
    )  # fmt: skip


class Look(NamedTuple):
    """What a candidate looks like without its neighbours."""

    label: str
    """Its kind with its length; a foreign one that could be native counts as that."""

    given: int
    """Characters of the given name; none when it is not read as a surname with a given name."""

    level: int
    """How usual its characters are in such a name."""


def look_of(word: str, kind: str, known: Statistics) -> Look:
    """Return what a candidate looks like without its neighbours."""
    if kind == "L":
        return Look("L", 0, min(word.count(" ") + word.count("·") + word.count("-"), 2))
    if kind == "G":
        return Look("G2", 0, _step(_likeness(word, known)))
    if kind == "K":
        return Look(f"K{len(word)}", 0, 0)
    if kind == "J":
        size = japanese_names.surname_at(word, 0)
        level = (word[size:] in japanese_names.GIVEN) + (word[:size] in japanese_names.USUAL)
        return Look(f"J{len(word)}", 0, level)
    if kind == "A":
        return Look(f"A{len(word)}", 0, _step(_likeness(word[-2:], known)))
    could_be_native = kind == "F" and len(word) <= 3 and word[:1] in names.SURNAMES
    label = ("H" if could_be_native else kind) + str(min(len(word), 6))
    if _is_native(word, kind):
        given = len(word) - (2 if kind == "D" else 1)
        return Look(label, given, _step(_likeness(word[-given:] if given else "", known)))
    return Look(label, 0, _step(_foreign_likeness(word, known)))


def of_word(word: str, kind: str, known: Statistics) -> tuple[str, ...]:
    """Return what the candidate's own characters say."""
    label, size, level = look_of(word, kind, known)
    if kind == "L":
        return _of_latin(word, known)
    if kind == "K":
        return f"K{label}", f"AV{PARTS[word]}"
    if kind == "G":
        return f"K{label}", f"GL{level}", f"G{word}", f"g1{word[0]}", f"g2{word[1]}", f"GV{PARTS[word]}"
    if kind == "J":
        return _of_japanese(word, label)
    if kind == "A":
        return f"K{label}", f"AV{PARTS[word]}", f"AB{level}"
    if size:
        surname, given = word[:-size], word[-size:]
        alike = (f"K{label}", f"S{surname}", f"SL{surname}{size}", f"G{given}", f"S{size}{surname}{level}")
        if size == 1:
            return (*alike, f"gs{given}", f"Bs{_step(_likeness(given, known), 2)}")
        if size == 2:
            parts = f"V{PARTS[given]}", f"VW{PARTS[word]}"
            return (*alike, f"g1{given[0]}", f"g2{given[1]}", f"Bd{level}", *parts)
        return alike
    likeness = _foreign_likeness(word, known)
    joints = "".join(each for each in word if each in JOINTS)
    written: tuple[str, ...] = (
        f"K{label}", f"F{_step(likeness, 2)}", f"FL{min(len(word), 6)}|{level}", f"Fd{joints}",
        f"Ff{word[0]}", f"Fl{word[-1]}",
    )  # fmt: skip
    return written if word in known.listed else (*written, f"W{word}")


def _of_japanese(word: str, label: str) -> tuple[str, ...]:
    """Return what a candidate with a surname of Japan says: which, and whether the given name is known."""
    surname = word[: japanese_names.surname_at(word, 0)]
    given = word[len(surname) :]
    shape = f"{len(surname)}{len(given)}{int(given in japanese_names.GIVEN)}"
    is_usual = int(surname in japanese_names.USUAL)
    return f"K{label}", f"JS{surname}", f"JG{shape}", f"JU{is_usual}{shape}", f"JL{given[-1]}{shape}"


def _of_latin(word: str, known: Statistics) -> tuple[str, ...]:
    """Return what a candidate in Latin letters says: how it is written, and whether it is known."""
    first = _FIRST_OF_LATIN.split(word)[0]
    shape = _RUNS.sub(r"\1", word.translate(_LETTERS))[:8]
    small = word.lower()
    sort, last = known.listed.get(first.lower(), ""), small[-3:]
    glued = any(known.listed.get(small[:size]) == "G" for size in range(4, len(small) - 2))
    small_too = (LATIN, SMALL_LATIN) if word[0].islower() else (LATIN,)
    return (
        *small_too, f"l{shape}", f"ll{shape}{min(len(word), 8)}", f"lk{sort}", f"lks{sort}{shape}",
        f"le{last}", f"lf{small[:2]}", f"lg{int(glued)}{shape[:1]}",
    )  # fmt: skip


def of_shape(look: Look, shape: str) -> tuple[str, ...]:
    """Return what the words cut under the candidate say."""
    return (f"T{shape}", f"T{look.given}{shape}{look.level}") if look.given else (f"T{shape}",)


def of_edges(look: Look, edges: tuple[str, str]) -> tuple[str, ...]:
    """Return what the first and the last word under the candidate say."""
    (first, last), label = edges, look.label
    if label == "L":
        return ()
    ends = f"E{label[0]}{PARTS[last][:2]}{len(last)}", f"B{label[0]}{PARTS[first][:2]}{len(first)}"
    if look.given or len(last) > 1:
        return ends
    return (*ends, f"E{PARTS[last][:2]}1{last}")


def title_at(text: str, place: int, end: int) -> str:
    """Return how a candidate lies in the title of a work: nothing outside of one."""
    opened = text.rfind("《", max(0, place - LONGEST_TITLE), place)
    if opened < 0:
        if text.rfind("》", max(0, place - LONGEST_TITLE), place) >= 0:
            return ""
    elif text.find("》", opened, place) >= 0:
        return ""
    closed = text.find("》", end, end + LONGEST_TITLE)
    if closed < 0:
        return "I" if opened >= 0 else ""
    if opened < 0 and "《" in text[end:closed]:
        return ""
    return "I" + "<" * (opened == place - 1 >= 0) + ">" * (closed == end)


def of_place(look: Look, title: str) -> tuple[str, ...]:
    """Return what it says that the candidate stands in the title of a work."""
    return (title, title + look.label) if title else ()


def of_parts(look: Look, shape: str, part: str, after_part: str, follows: int) -> tuple[str, ...]:
    """Return what the words under it and the parts of speech beside it say together."""
    label, given, level = look
    together = (
        f"Q{part}|{after_part}{label}", f"a{follows}{label}", f"A{follows}{shape}", f"x{shape}|{part}",
        f"y{shape}|{after_part}",
    )  # fmt: skip
    return together if given else (*together, f"FT{shape}|{part}", f"FM{level}{part}{after_part}")


def of_letters(
    look: Look, preceding: Words, after: str, around: tuple[str, str], known: Statistics
) -> tuple[str, ...]:
    """Return what the characters beside it say.

    :param preceding: the words before
    :param after: the first of the word after
    :param around: those right before and right after
    """
    before = preceding[2][-1]
    together = (f"q{look.label}{before}", f"r{look.label}{after}")
    if look.given:
        return together
    if look.label == "L":
        return (*together, f"lq{preceding[0][-1]}{before}{after}", f"lr{before}{after}{look.level}")
    left, right = around
    return (
        *together, f"Fn{int(right in known.foreign)}{right if right in JOINTS else ''}",
        f"Fp{int(left in known.foreign)}{left if left in JOINTS else ''}",
    )  # fmt: skip


def of_characters(look: Look, text: str, place: int, end: int) -> tuple[str, ...]:
    """Return what two and three characters right before and after say, however they are cut into words."""
    kind = look.label[0]
    return (
        f"u{kind}{text[max(0, place - 2) : place]}", f"u{text[max(0, place - 3) : place]}",
        f"v{kind}{text[end : end + 2]}", f"v{text[end : end + 3]}",
    )  # fmt: skip


def of_known(look: Look, seen: str) -> tuple[str, ...]:
    """Return what is known of the characters from where the candidate begins; see `known_words`."""
    return (f"k{seen}", f"k{seen}{look.label}") if seen else ()


def _is_native(word: str, kind: str) -> bool:
    """Return whether a candidate is read as a surname with a given name."""
    longest = 3 if kind == "F" else 4
    return 1 < len(word) <= longest and kind not in "XY" and word[0] in names.SURNAMES and word.isalpha()


def _likeness(given: str, known: Statistics) -> float:
    if len(given) == 1:
        return known.single.get(given, UNLIKE)
    if len(given) == 2:
        return known.first.get(given[0], UNLIKE) + known.second.get(given[1], UNLIKE)
    return UNLIKE


def _foreign_likeness(word: str, known: Statistics) -> float:
    letters = [known.foreign.get(character, UNLIKE) for character in word if character not in JOINTS]
    return sum(letters) / len(letters) if letters else UNLIKE


def _step(likeness: float, fineness: int = 1) -> int:
    return max(-6, min(8, round(likeness * fineness)))


def within(word: str, size: int) -> str:
    """Return the shape of a name that ends with the word in which it begins or before; else nothing."""
    if len(word) < size:
        return ""
    part = PARTS[word][:2]
    return f"{size}{part}" if len(word) == size else f"{size}<{part}{len(word)}"


def _under(cut: Cut, start: Start, end: int) -> tuple[str, str, str, int, str]:
    """Return how the words lie under a candidate, what follows, its part, the index beyond, the last word."""
    words, place, index = cut.words, start.place, start.token
    shape: list[str] = []
    while index < len(words) and place < end:
        word = words[index]
        index += 1
        if place + len(word) > end:
            shape.append(f"{end - place}<{PARTS[word][:2]}{len(word)}")
            return "".join(shape[:4]), f"<{word[end - place :]}", "<", index, word
        shape.append(f"{len(word)}{PARTS[word][:2]}")
        place += len(word)
    if index < len(words):
        return "".join(shape[:4]), words[index], PARTS[words[index]], index + 1, words[index - 1]
    return "".join(shape[:4]), "$", "$", index, words[-1]
