"""The index of evaluation sets: which items have which shingles. Small, and written as one file."""

import dataclasses
import functools
import hashlib
import json
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from transforms.similarity.shingles import (
    SHINGLE_TOKENS,
    Hashes,
    Tokens,
    sets_of_tokens,
    token_hashes,
)
from transforms.similarity.views import VIEWS, View

# A text contains a part of n shingles if it has SHARE n + SURE of them: nearly all of a short part,
# of which other code has much, too, above all where names do not count.
SHARE = 0.55
SURE: Mapping[View, int] = {"tokens": 5, "identifiers": 8}

# The parts of an item: what each is made of, and in which view it is compared.
PARTS: Mapping[str, tuple[str, View]] = {
    "prompt": ("prompt", "tokens"),
    "solution": ("solution", "tokens"),
    "prompt and solution": ("whole", "tokens"),
    "code": ("code", "tokens"),
    "renamed code": ("code", "identifiers"),
}
_QUOTES = token_hashes([b"\"'"]).hashes


@dataclasses.dataclass(frozen=True, slots=True)
class EvaluationItem:
    """One item of an evaluation set.

    Attributes:
      file: which set it is of.
      item_id: its name there, or the number of its row.
      prompt: what is asked, as text or as the beginning of code; may be empty.
      solution: code that answers it; may be empty.
      whole: prompt and solution where the one continues the other, else empty.
      code: the solution with all that it needs of the prompt, without docs and comments.
    """

    file: str
    item_id: str
    prompt: str
    solution: str
    whole: str
    code: str


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One text of an item that is looked for.

    Attributes:
      item: number of the item.
      name: its key in `PARTS`.
      size: of its set of shingles.
      reach: its shingles count where they begin within so many tokens.
    """

    item: int
    name: str
    size: int
    reach: int

    @property
    def view(self) -> View:
        """In which it is compared."""
        return PARTS[self.name][1]

    def needed(self, share: float = SHARE) -> float:
        """How many of its shingles a text must have."""
        return share * self.size + SURE[self.view]

    @property
    def is_long(self) -> bool:
        """Whether any text can contain it; one too short can only be near."""
        return self.needed() <= self.size


@dataclasses.dataclass(frozen=True)
class Postings:
    """The shingles of all parts in one view.

    Attributes:
      hashes: sorted, each once.
      starts: index in `parts` of the first part that has each shingle, and the end of all.
      parts: numbers of parts.
    """

    hashes: Hashes
    starts: NDArray[np.int64]
    parts: NDArray[np.int64]

    @functools.cached_property
    def _likely(self) -> NDArray[np.bool_]:
        """Which upper bits the shingles have: few that are not here pass."""
        bits = min(max(16, int(32 * len(self.hashes)).bit_length()), 26)
        table = np.zeros(1 << bits, bool)
        table[self.hashes >> np.uint64(64 - bits)] = True
        return table

    def find(self, hashes: Hashes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Which of these are here: their indices, and the shingles' numbers."""
        if not len(self.hashes):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        shift = np.uint64(65 - len(self._likely).bit_length())
        at = np.flatnonzero(self._likely[hashes >> shift])
        numbers = np.searchsorted(self.hashes, hashes[at])
        numbers[numbers == len(self.hashes)] = 0
        same = self.hashes[numbers] == hashes[at]
        return at[same], numbers[same]

    @functools.cached_property
    def _by_part(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The parts in order, and a shingle of each."""
        order = np.argsort(self.parts, kind="stable")
        shingles = np.repeat(np.arange(len(self.hashes)), np.diff(self.starts))
        return self.parts[order], shingles[order]

    def is_of(self, part: int, shingles: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of these shingles a part has."""
        parts, owned = self._by_part
        first, after = np.searchsorted(parts, [part, part + 1])
        table = np.zeros(len(self.hashes), bool)
        table[owned[first:after]] = True
        return table[shingles]

    def parts_of(self, shingles: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Every part of each of these shingles, and which of them it is of."""
        counts = self.starts[shingles + 1] - self.starts[shingles]
        of = np.repeat(np.arange(len(shingles)), counts)
        step = np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
        return self.parts[self.starts[shingles][of] + step], of


@dataclasses.dataclass(frozen=True)
class EvaluationIndex:
    """Items of evaluation sets and the shingles of their parts.

    Attributes:
      items: the file and id of each.
      parts: those with shingles, numbered.
      postings: by view.
    """

    items: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    postings: Mapping[View, Postings]

    @functools.cached_property
    def sizes(self) -> NDArray[np.int64]:
        """The size of each part."""
        return np.array([part.size for part in self.parts], np.int64)

    @functools.cached_property
    def sures(self) -> NDArray[np.int64]:
        """`SURE` of each part."""
        return np.array([SURE[part.view] for part in self.parts], np.int64)

    def digest(self) -> str:
        """The same for the same items of the same files."""
        h = hashlib.blake2b(repr((self.items, self.parts)).encode(), digest_size=16)
        for view in VIEWS:
            h.update(self.postings[view].hashes.tobytes() + self.postings[view].parts.tobytes())
        return h.hexdigest()

    def counts(self) -> dict[str, dict[str, int]]:
        """Of each file: its items, and those of which every part is too short to be found."""
        told = {part.item for part in self.parts if part.is_long}
        found: dict[str, dict[str, int]] = {}
        for number, (file, _) in enumerate(self.items):
            count = found.setdefault(file, {"items": 0, "too_short": 0})
            count["items"] += 1
            count["too_short"] += number not in told
        return found


def make_index(items: Sequence[EvaluationItem]) -> EvaluationIndex:
    """Index the items of evaluation sets."""
    parts: list[Part] = []
    found: dict[View, list[tuple[int, Hashes]]] = {view: [] for view in VIEWS}
    for number, item in enumerate(items):
        longest = token_hashes([(item.whole or item.solution).encode()])
        for name, (text, view) in PARTS.items():
            tokens = one_quote(token_hashes([getattr(item, text).encode()]))
            count = len(tokens.hashes)
            if count >= SHINGLE_TOKENS:
                (shingles,) = sets_of_tokens(tokens, view)
                found[view].append((len(parts), shingles))
                reach = 2 * max(count, len(longest.hashes))
                parts.append(Part(number, name, len(shingles), reach))
    names = [(item.file, item.item_id) for item in items]
    return EvaluationIndex(names, parts, {view: _postings(found[view]) for view in VIEWS})


def _postings(sets: Sequence[tuple[int, Hashes]]) -> Postings:
    shingles = np.concatenate([np.zeros(0, np.uint64), *(own for _, own in sets)])
    parts = np.repeat(np.array([part for part, _ in sets], np.int64), [len(own) for _, own in sets])
    order = np.argsort(shingles, kind="stable")
    hashes, starts = np.unique(shingles[order], return_index=True)
    return Postings(hashes, np.append(starts, len(parts)), parts[order])


def one_quote(tokens: Tokens) -> Tokens:
    """The tokens as they are compared: either quotation mark for the other."""
    double, single = _QUOTES
    return tokens._replace(hashes=np.where(tokens.hashes == double, single, tokens.hashes))


def write_index(index: EvaluationIndex, path: str) -> None:
    """Write an index as a file that workers load."""
    about = {"items": index.items, "parts": [dataclasses.astuple(p) for p in index.parts]}
    arrays = {
        f"{view}_{field.name}": getattr(index.postings[view], field.name)
        for view in VIEWS
        for field in dataclasses.fields(Postings)
    }
    with open(path, "wb") as file:
        np.savez(file, about=np.frombuffer(json.dumps(about).encode(), np.uint8), **arrays)


def load_index(path: str) -> EvaluationIndex:
    """Read an index that `write_index` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        about = json.loads(arrays["about"].tobytes())
        postings = {
            view: Postings(
                *(arrays[f"{view}_{field.name}"] for field in dataclasses.fields(Postings))
            )
            for view in VIEWS
        }
    items = [(file, item_id) for file, item_id in about["items"]]
    return EvaluationIndex(items, [Part(*part) for part in about["parts"]], postings)
