"""implement_from_spec: right before the target stands a doc in words, and nothing of another."""

import re

from pipeline.validate.dataset import Record
from pipeline.validate.relations.relation import Relation
from pipeline.validate.sources import Sources

_MIN_WORDS = 8
_WORD = re.compile(r"[^\W\d_]{2,}")
# Strings and comments over several lines, and comments to the end of a line: whichever language's.
_BLOCKS = re.compile(
    r"""(\"{3}|'{3}).*?\1|\"(?:\\.|[^"\\])*\"|/\*.*?\*/|/\+.*?\+/|\(\*.*?\*\)|\{-.*?-\}|\{[^{}@]*\}"""
    r"""|<\#.*?\#>|\#\|.*?\|\#|--\[(=*)\[.*?\]\2\]|^=begin.*?^=end""",
    re.DOTALL | re.MULTILINE,
)
_LINES = re.compile(
    r"""^[ \t]*(?:///?|\#(?!\s*(?:include|import|if|endif|define)\b)|--|;|%|!|"|[*cC] ).*$""",
    re.MULTILINE,
)


def _offence(row: Record, sources: Sources | None) -> str:
    """Object if the prompt does not name what is to be implemented, or has no words about it."""
    context = row["context"]
    if row["symbol"].rpartition(".")[2].rpartition(":")[2] not in context.replace("\n", " "):
        return f"its prompt does not name {row['symbol']!r}"
    counts = [
        sum(len(_WORD.findall(match[0])) for match in pattern.finditer(context))
        for pattern in (_BLOCKS, _LINES)
    ]
    return "" if max(counts) >= _MIN_WORDS else "its prompt has no specification"


RELATION = Relation("implement_from_spec", "specifications found in their prompts", _offence)
