import pytest

from transforms.languages.outline_spec import DocSpec
from transforms.outlines.docs import summary


@pytest.mark.parametrize(
    ("doc", "expected"),
    [
        (b"/** One line. */", "One line."),
        (b"/**\n * Two\n *   lines.\n *\n * More.\n */", "Two lines."),
        (b"/**\n * Stops at tags.\n * @return x\n */", "Stops at tags."),
        (b"/** @param x only tags */", ""),
        (b"/** @brief Doxygen's way. */", "Doxygen's way."),
        (b"/*\n   No stars\n   at all.\n*/", "No stars at all."),
        (b"/***********\n * Banner.\n ***********/", "Banner."),
        (b"/// Rust\n/// lines.\n///\n/// # Errors", "Rust lines."),
        (b"//! Inner.", "Inner."),
        (b"// Go line\n//\tsecond.", "Go line second."),
        (b"/**/", ""),
        (b"/// \xc3\xa9t\xc3\xa9 *bold* `x`", "\u00e9t\u00e9 *bold* `x`"),
        (b"/// Heading\n/// -------\n/// Text.", "Heading"),
    ],
    ids=lambda value: value[:18] if isinstance(value, bytes) else "",
)
def test_comments(doc: bytes, expected: str) -> None:
    assert summary(doc, DocSpec()) == expected


@pytest.mark.parametrize(
    ("doc", "expected"),
    [
        (b'"""One line."""', "One line."),
        (b"'Single quotes.'", "Single quotes."),
        (
            b'R"""\n    Starts below\n    and wraps.\n\n    More.\n    """',
            "Starts below and wraps.",
        ),
        (b'"""\\\n    Continued."""', "Continued."),
        (b'"""Title\n    =====\n    Text."""', "Title"),
        (b'"""Text.\n    :param x: y\n    """', "Text."),
        (b'"""Shows.\n    >>> 1\n    1\n    """', "Shows."),
        (b'"""Note: a colon stays: always."""', "Note: a colon stays: always."),
        (b'""""""', ""),
    ],
    ids=lambda value: value[:18] if isinstance(value, bytes) else "",
)
def test_docstrings(doc: bytes, expected: str) -> None:
    assert summary(doc, DocSpec(inside="string")) == expected
