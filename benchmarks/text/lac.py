"""The small LAC network that the `jieba` wheel carries, run by numpy alone: a peer for personal names.

Its parameters lie in the wheel as paddle wrote them; a bidirectional GRU of two layers and a CRF.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jieba
import numpy as np

FOLDER = Path(jieba.__file__).parent / "lac_small"
HIDDEN = 128


class Lac:
    """The network, ready to tag sentences."""

    def __init__(self) -> None:
        parameters = {path.name: _parameter(path) for path in (FOLDER / "model_baseline").iterdir()}
        self._parameters = parameters
        self._words = {word: int(number) for number, word in _table("word.dic")}
        self._tags = [tag for _, tag in _table("tag.dic")]

    def names(self, sentences: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Return the places of personal names in each sentence."""
        spans: list[list[tuple[int, int]]] = []
        for start in range(0, len(sentences), 256):
            batch = [each or " " for each in sentences[start : start + 256]]
            spans += [_spans([self._tags[each] for each in path]) for path in self._paths(batch)]
        return spans

    def _paths(self, sentences: Sequence[str]) -> list[list[int]]:
        longest = max(map(len, sentences))
        ids = np.zeros((longest, len(sentences)), int)
        mask = np.zeros((longest, len(sentences)), bool)
        for column, sentence in enumerate(sentences):
            ids[: len(sentence), column] = [self._words.get(each, self._words["OOV"]) for each in sentence]
            mask[: len(sentence), column] = True
        emissions = self._emissions(ids, mask)
        return _viterbi(emissions, self._parameters["crfw"], [len(each) for each in sentences])

    def _emissions(self, ids: Any, mask: Any) -> Any:
        held = self._parameters
        seen = held["word_emb"][ids]
        for layer in (0, 2):
            both = []
            for name, is_reverse in ((layer, False), (layer + 1, True)):
                gates = seen @ held[f"fc_{name}.w_0"] + held[f"fc_{name}.b_0"].reshape(-1)
                gates += held[f"gru_{name}.b_0"].reshape(-1)
                both.append(_gru(gates, held[f"gru_{name}.w_0"], mask, is_reverse=is_reverse))
            seen = np.concatenate(both, 2)
        return seen @ held["fc_4.w_0"] + held["fc_4.b_0"].reshape(-1)


def _gru(gates: Any, weights: Any, mask: Any, *, is_reverse: bool) -> Any:
    flat = weights.reshape(-1)
    gate = flat[: HIDDEN * 2 * HIDDEN].reshape(HIDDEN, 2 * HIDDEN)
    candidate = flat[HIDDEN * 2 * HIDDEN :].reshape(HIDDEN, HIDDEN)
    length, count, _ = gates.shape
    state = np.zeros((count, HIDDEN), np.float32)
    states = np.empty((length, count, HIDDEN), np.float32)
    for step in range(length - 1, -1, -1) if is_reverse else range(length):
        opened = 1 / (1 + np.exp(-(gates[step][:, : 2 * HIDDEN] + state @ gate)))
        update, reset = opened[:, :HIDDEN], opened[:, HIDDEN:]
        new = np.tanh(gates[step][:, 2 * HIDDEN :] + (reset * state) @ candidate)
        state = np.where(mask[step][:, None], state + update * (new - state), state)
        states[step] = state
    return states


def _viterbi(emissions: Any, crf: Any, lengths: Sequence[int]) -> list[list[int]]:
    steps, count, tags = emissions.shape
    score = crf[0] + emissions[0]
    back = np.zeros((steps, count, tags), np.int16)
    last = np.zeros((count, tags), np.float32)
    of = np.array(lengths)
    for step in range(steps):
        if step:
            offered = score[:, :, None] + crf[2:][None]
            back[step] = offered.argmax(1)
            score = offered.max(1) + emissions[step]
        done = of == step + 1
        last[done] = score[done] + crf[1]
    paths = []
    for column in range(count):
        path = [int(last[column].argmax())]
        for step in range(lengths[column] - 1, 0, -1):
            path.append(int(back[step, column, path[-1]]))
        paths.append(path[::-1])
    return paths


def _spans(tags: Sequence[str]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for place, tag in enumerate([*tags, "O"]):
        is_person = tag.split("-")[0] in ("PER", "nr")
        if start is not None and (not is_person or tag.endswith("-B")):
            spans.append((start, place))
            start = None
        if is_person and start is None:
            start = place
    return spans


def _table(name: str) -> list[tuple[str, str]]:
    lines = (FOLDER / name).read_text("utf-8").removesuffix("\n").split("\n")
    split = (line.partition("\t") for line in lines)
    return [(number, word) for number, _, word in split]


def _parameter(path: Path) -> Any:
    """Return one parameter: version, levels of detail, a description of its shape, then plain numbers."""
    data = path.read_bytes()
    place = 12
    for _ in range(struct.unpack_from("<Q", data, 4)[0]):
        place += 8 + struct.unpack_from("<Q", data, place)[0]
    size = struct.unpack_from("<i", data, place + 4)[0]
    place += 8
    return np.frombuffer(data, np.float32, offset=place + size).reshape(_shape(data[place : place + size]))


def _shape(description: bytes) -> list[int]:
    numbers, place = [], 0
    while place < len(description):
        value = shift = 0
        while True:
            byte = description[place]
            place += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        numbers.append(value)
    return [number for key, number in zip(numbers[::2], numbers[1::2], strict=True) if key >> 3 == 2]
