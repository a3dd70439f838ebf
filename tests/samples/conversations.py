"""Definitions that a conversation can be about, with what each of its turns puts in."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Case:
    """A definition, and what each task puts into it.

    Attributes:
      put_in: by task, a piece that only its turn puts in.
      says: what explains the definition.
    """

    language: str
    source: str
    put_in: dict[str, str]
    says: str


PYTHON = '''\
import statistics


def spread(values: list[float], ratio: float = 0.5) -> float:
    """Return the distance between the lowest and the highest of the values.

    Values beyond the ratio are left out.
    """
    kept = sorted(values)
    # Half of what is left out goes from either end of the values.
    dropped = round(len(kept) * ratio / 2)
    kept = kept[dropped : len(kept) - dropped]
    return kept[-1] - kept[0] if kept else statistics.nan
'''

TYPESCRIPT = """\
export class Box {
  /** Counts the items that are as wide as the given width or wider. */
  count(items: Array<Item>, width: number): number {
    let found = 0;
    for (const item of items) {
      // Items without any width of their own are never counted here.
      if (item.width && item.width >= width) found += 1;
    }
    return found;
  }
}
"""

PHP = """\
<?php
class Mailer
{
    /**
     * Sends the message to all of the people who asked for it.
     */
    public function deliver(Message $message, array $people): int
    {
        $sent = 0;
        foreach ($people as $person) {
            // People who have left the list may still stand in the table.
            if ($person->active && $message->send($person)) {
                $sent++;
            }
        }
        return $sent;
    }
}
"""

JAVA = """\
class Sums {
  /**
   * Adds up all the values of the list that are beyond the limit.
   */
  @Override
  public int beyond(List<Integer> values, int limit) {
    int total = 0;
    // The values are sorted, so that all the large ones stand at the end.
    for (int at = values.size() - 1; values.get(at) > limit; at--) total += values.get(at);
    return total;
  }
}
"""

GO = """\
package text

// Reverse turns the characters of a string around.
func Reverse(s string) string {
\trunes := []rune(s)
\t// The two indexes meet in the middle of the string, where nothing is swapped.
\tfor i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
\t\trunes[i], runes[j] = runes[j], runes[i]
\t}
\treturn string(runes)
}
"""

C = """\
#include <stddef.h>

/* Returns the first place where the byte stands in the buffer, or the size of the buffer. */
static size_t find_byte(const char *buffer, size_t size, char byte)
{
    size_t at = 0;
    /* There is nothing at the end of the buffer to stop us. */
    while (at < size && buffer[at] != byte)
        at++;
    return at;
}
"""

HASKELL = """\
module Words where

-- | Counts the words of a text that are longer than the limit.
longWords :: Int -> String -> Int
longWords limit text =
  -- A word that is exactly as long as the limit is not counted.
  length (filter isLong (words text))
  where
    isLong word = length word > limit
"""

RUST = """\
/// Returns the sum of the bits that are set in the given values.
pub fn ones(values: &[u64]) -> u32 {
    // The ones of each byte are looked up, not counted.
    let counted: Vec<u32> = values.iter().map(|value| look_up(value)).collect();
    counted.iter().sum()
}
"""

CASES = [
    Case(
        "python",
        PYTHON,
        {
            "add_docstring": '"""Return the distance',
            "add_comments": "# Half of",
            "add_type_hints": "list[float]",
        },
        "Return the distance between the lowest and the highest of the values.",
    ),
    Case(
        "typescript",
        TYPESCRIPT,
        {
            "add_docstring": "/** Counts",
            "add_comments": "// Items",
            "add_type_hints": ": Array<Item>",
        },
        "Counts the items that are as wide as the given width or wider.",
    ),
    Case(
        "php",
        PHP,
        {
            "add_docstring": "* Sends",
            "add_comments": "// People",
            "add_type_hints": "Message $message",
        },
        "Sends the message to all of the people who asked for it.",
    ),
    Case(
        "java",
        JAVA,
        {"add_docstring": "* Adds", "add_comments": "// The values"},
        "Adds up all the values of the list that are beyond the limit.",
    ),
    Case(
        "go",
        GO,
        {"add_docstring": "// Reverse turns", "add_comments": "// The two"},
        "Reverse turns the characters of a string around.",
    ),
    Case(
        "c",
        C,
        {"add_docstring": "/* Returns", "add_comments": "/* There is"},
        "Returns the first place where the byte stands in the buffer, or the size of the buffer.",
    ),
    Case(
        "haskell",
        HASKELL,
        {"add_docstring": "-- | Counts", "add_comments": "-- A word"},
        "Counts the words of a text that are longer than the limit.",
    ),
    Case(
        "rust",
        RUST,
        {
            "add_docstring": "/// Returns",
            "add_comments": "// The ones",
            "add_type_hints": ": Vec<u32>",
        },
        "Returns the sum of the bits that are set in the given values.",
    ),
]
