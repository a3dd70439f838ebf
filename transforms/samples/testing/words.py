"""What the names of tests and their files say they are about."""

import re
from collections.abc import Sequence

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# What a name has for being of a test.
_TEST_WORDS = frozenset(
    "test tests testing spec specs case cases suite should it unit prop".split()
)
_STEM_MARK = re.compile(
    r"\A(?:tests?[_-]|tst_|t_|\d+[_-])|(?:[._-](?:unit)?(?:tests?|spec|specs|suite|steps)|[_-]SUITE)\Z"
    r"|\A[Tt]est(?=[A-Z])|(?<=[a-z0-9])(?:Unit)?(?:Tests?|Spec|Suite|TestCase)\Z"
)
# Files that are named for what they are, their folder for what they are about.
_FOLDER_STEMS = frozenset("index __init__ mod lib main init".split())


def words_of(name: str) -> list[str]:
    """Split a name at underscores and capitals: the words in small letters."""
    return [word.lower() for word in _WORD.findall(name)]


def plain(name: str) -> str:
    """A name without regard to its case and underscores."""
    return "".join(words_of(name))


def subject_of(name: str) -> str:
    """What a class, group or file of tests is about: its name without what says that they are."""
    before = None
    while name != before:
        before, name = name, _STEM_MARK.sub("", name)
    return name


def stem_of(path: str) -> str:
    """The name of a file without folder and extension; its folder's, if it is but an index."""
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0] if not name.startswith(".") else name
    return folder.rpartition("/")[2] if stem in _FOLDER_STEMS and folder else stem


def test_stem_of(path: str) -> str:
    """What a file of tests is about, by its name."""
    name = path.rpartition("/")[2]
    without = name.rpartition(".")[0] or name
    return subject_of(without).partition(".")[0]


def about(title: str) -> list[str]:
    """The words of a test's name without those that say that it is one."""
    found = words_of(title)
    while found and found[0] in _TEST_WORDS:
        found = found[1:]
    while found and found[-1] in _TEST_WORDS:
        found = found[:-1]
    return found


def resemblance(name: str, title: str, around: Sequence[str]) -> int:
    """How sure a test's title, or else the names around it, say that it is of this name.

    Returns:
      0 for not at all; 4 and more where the title begins with the name, more for a longer one; 3
      where the title has it; 2 where what is around the test is called so.
    """
    wanted = words_of(name)
    if not wanted:
        return 0
    if " " in title.strip():
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title) and _is_telling(name, title):
            return 4 + len(wanted)
        found: list[str] = []
    else:
        found = about(title)
    if found[: len(wanted)] == wanted:
        return 4 + len(wanted)
    if any(found[at : at + len(wanted)] == wanted for at in range(1, len(found))):
        return 3
    own = plain(name)
    return 2 if any(plain(subject_of(other)) == own for other in around) else 0


def _is_telling(name: str, title: str) -> bool:
    """Whether a word of a sentence is a name: by its letters, or by what stands around it."""
    own = re.escape(name)
    pattern = rf"[`'\"#.:]{own}|{own}[`'\"(]|\A\W*{own}\b"
    return len(words_of(name)) > 1 or bool(re.search(pattern, title))
