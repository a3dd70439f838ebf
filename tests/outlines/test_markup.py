import pytest

from transforms.languages.spec import load_languages
from transforms.outlines.docs import summary
from transforms.outlines.markup import without_markup


@pytest.mark.parametrize(
    ("language", "marked", "expected"),
    [
        ("java", "Returns {@code true} if so.", "Returns true if so."),
        ("java", "A {@link java.util.List list} of {@link #size()}s.", "A list of size()s."),
        ("java", "As {@link Map#put(Object, Object)} does.", "As Map#put(Object, Object) does."),
        ("java", "Is <b>not</b> a <a href='x'>link</a> or List<T>.", "Is not a link or List<T>."),
        ("javascript", "See [the map]{@link Map} or {@link Set|sets}.", "See the map or sets."),
        ("python", "A :class:`~a.b.Map` of :meth:`put`.", "A `a.b.Map` of `put`."),
        ("python", "Is ``None`` or `the docs <https://x.org>`_.", "Is `None` or the docs."),
        ("python", "An L{epytext} C{name}.", "An epytext name."),
        ("python", "Keeps `x` and ```x``` and <b in `a <b> c`.", None),
        ("csharp", 'Gets <see cref="T:System.Map"/>, <c>x</c>.', "Gets System.Map, x."),
        ("csharp", 'Is <paramref name="x" /> or null.', "Is x or null."),
        ("c", r"Adds \p x to \ref y, @c z and a@c.", "Adds x to y, z and a@c."),
        ("rust", "Makes a [`Vec`] of [`u8`](prim@u8)s or [Box].", "Makes a `Vec` of `u8`s or Box."),
        ("rust", "Reads a[i] and [a](b) `[c]`.", "Reads a[i] and a `[c]`."),
        ("kotlin", "Adds [element] to [this list][x].", "Adds element to this list."),
        ("go", "Wraps a [io.Reader] or [*Buffer].", "Wraps a io.Reader or *Buffer."),
        ("scala", "A [[scala.List]] or [[scala.Map a map]].", "A scala.List or a map."),
        ("ruby", "If +form+ is <tt>:utc</tt>.", "If form is :utc."),
        ("ocaml", "Is [x] or {!List.map} in {b bold}.", "Is x or List.map in bold."),
        ("haskell", "Takes @n@ of a@b@c.", "Takes n of a@b@c."),
        ("erlang", "Calls `f/1' first.", "Calls f/1 first."),
        ("elisp", "Sets `the-variable' to t.", "Sets the-variable to t."),
        ("d", "Gives $(D null) or $(LREF x).", "Gives null or x."),
        ("r", r"Calls \code{f} and \code{\link{g}}.", "Calls f and g."),
        ("lua", "Makes @{List} of @{x|y}.", "Makes List of y."),
        ("php", "Breaks<br/>here.", "Breaks here."),
    ],
    ids=lambda value: value[:16] if isinstance(value, str) else "",
)
def test_words_remain(language: str, marked: str, expected: str | None) -> None:
    outline = load_languages()[language].outline
    assert outline is not None
    assert without_markup(marked, outline.doc.markup) == (expected or marked)


@pytest.mark.parametrize(
    ("doc", "expected"),
    [
        (b"/**\n * One.\n * <p>\n * Two.\n */", "One."),
        (b"/**\n * One <p>two.\n */", "One"),
        (b"/**\n * <p>One\n * more.</p>\n * Two.\n */", "One more."),
        (b"/**\n * One:\n * <ul><li>two</ul>\n */", "One:"),
        (b"/// <summary>\n/// One.\n/// </summary>\n/// Two.", "One."),
        (b"/** A List<T> of <b>all</b>. */", "A List<T> of <b>all</b>."),
        (b"/**\n * Adds\n * @p x to\n * \\c y.\n * @param x it\n */", "Adds @p x to \\c y."),
    ],
    ids=["tag alone", "in a line", "around", "list", ".NET", "inline", "doxygen"],
)
def test_a_paragraph_ends_at_tags(doc: bytes, expected: str) -> None:
    outline = load_languages()["java"].outline
    assert outline is not None
    assert summary(doc, outline.doc) == expected
