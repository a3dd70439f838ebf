"""Takes markup inside the lines of docs away, so that their words remain."""

import re
from collections.abc import Sequence

# Roles and links of reST; what they name is code.
_ROLE = re.compile(r"(?::[a-z]+)?:[a-z]+:`(?:([^`<>]+?)\s*<[^`<>]*>|[~!]?([^`<>]+))`")
_LINK = re.compile(r"`([^`<>]+?)\s*<[^`<>]*>`__?|(`[^`]+`)__?(?!\w)")
_CODE = re.compile(r"``(?!`)([^`]+)``(?!`)")
# A span of code, in which nothing is markup.
_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_BRACKETED_CODE = re.compile(r"\[(`[^`]+`)\](?:\([^()]*\)|\[[^\[\]]*\])?")
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # JSDoc's [label]{@link x}; {@link x label}, {@link x|label}, {@link x(int, y)}; {@code x}
        r"\[([^\[\]]+)\]\{@link\s+[^{}]*\}",
        r"\{@link\w*\s+(?:[^\s{}|(]+(?:\([^{}()]*\))?\s*[\s|]\s*([^\s{}|][^{}|]*)"
        r"|#?([^\s{}|]+(?:\([^{}()]*\))?))\s*\}",
        r"\{@(?:code|literal|value|plain|systemProperty|index)\s+([^{}]+?)\s*\}",
        # .NET's empty elements
        r'<(?:see|seealso|paramref|typeparamref)\s+\w+\s*=\s*"(?:[A-Z]:)?([^"<>]*)"\s*/>',
        # Doxygen's words before a word
        r"(?<![\w\\@])[\\@](?:p|c|a|e|b|em|ref)\s+(?=\S)",
        # Epytext, Markdown's links
        r"\b[LCBIU]\{([^{}]*)\}",
        r"(?<![\w!])\[([^\[\]]+)\]\([^()\s]*\)",
        r"(?<![\w\]])\[([^\[\]]+)\]\[[^\[\]]+\]",
        # HTML
        r"</?(?:b|i|em|strong|tt|code|kbd|var|samp|sub|sup|a|span|p|c|see|u|small|big|cite|dfn|q"
        r"|para|summary|wbr)(?:\s[^<>]*)?/?>",
        r"(?<!\w)</?(?:P|B|I|EM|STRONG|TT|CODE|KBD|VAR|A)(?:\s[^<>]*)?>",
        r"</(?:P|B|I|EM|STRONG|TT|CODE|KBD|VAR|A)>",
    )
)
_BREAK = re.compile(r"<(?:br|BR)\s*/?>")
# What encloses a paragraph, or begins another one.
_BLOCK = re.compile(
    r"</?(?:p|para|summary|ul|ol|dl|pre|table|div|blockquote|h[1-6]|hr)\b[^<>]*>", re.IGNORECASE
)


def without_markup(text: str, patterns: Sequence[str]) -> str:
    """Leave out inline markup of Javadoc, Doxygen, .NET, reST, Epytext, HTML and Markdown links.

    Words stay as they are, code in backticks does too, and backticks stand around it once.

    Args:
      text: on one line.
      patterns: of a language's own markup, which goes first; of what they match their group stays.
    """
    quoting = [pattern for pattern in patterns if pattern.startswith("`")]
    for pattern in quoting:  # as Lisp's `name'
        text = re.sub(pattern, _kept, text)
    text = _ROLE.sub(_role, text)
    text = _LINK.sub(_kept, text)
    text = _CODE.sub(_quoted, text)
    text = _BRACKETED_CODE.sub(_kept, text)
    own = [re.compile(pattern) for pattern in patterns if pattern not in quoting]
    parts: list[str] = []
    at = 0
    for span in _SPAN.finditer(text):
        parts += (_plain(text[at : span.start()], own), span[0])
        at = span.end()
    return " ".join("".join([*parts, _plain(text[at:], own)]).split())


def paragraph_of(line: str, is_first: bool) -> tuple[str, bool]:
    """Take away the tags of HTML that enclose a paragraph.

    Returns:
      what of the line belongs to it, and whether it ends there.
    """
    start = 0
    for tag in _BLOCK.finditer(line):
        head = line[start : tag.start()]
        if not is_first or re.search(r"\w", head):
            return head, True
        start = tag.end()
    return line[start:], False


def _plain(part: str, own: Sequence[re.Pattern[str]]) -> str:
    for pattern in (*own, *_PATTERNS):
        part = pattern.sub(_kept, part)
    return _BREAK.sub(" ", part)


def _kept(match: re.Match[str]) -> str:
    """What stays of markup: its group, or nothing."""
    return next((group for group in match.groups() if group is not None), "")


def _role(match: re.Match[str]) -> str:
    return match[1] or f"`{match[2]}`"


def _quoted(match: re.Match[str]) -> str:
    return f"`{match[1]}`"
