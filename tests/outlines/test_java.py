from tests.outlines.views import by_name, listing, parameters, parse, whole

SOURCE = b"""\
package a.b;

import java.util.List;
import static java.lang.Math.*;

/**
 * Holds things, {@code 1} of them.
 * Mostly.
 * @param <T> what
 */
@Deprecated
public final class Holder<T> extends Base implements Runnable {
    private final T thing;

    Holder(T thing) { this.thing = thing; }

    // no doc
    @Override
    public <U extends T> void run(final U[] all, @NonNull String... names) throws Exception {
        switch (all.length) {
            case 0: break;
            default: while (true) { if (a || b) { } }
        }
    }

    abstract static class Inner { abstract int get(int[] a, int b[]); }

    enum Kind { A { void f() { } }, B; int code() { return 1; } }
}

record Pair(int left, int right) {
    Pair { check(left); }
}

@interface Marker { String value() default "x"; }

interface Shape { default double area() { return 0; } }
"""


def test_definitions() -> None:
    text = SOURCE
    holder = text[text.index(b"{\n    private") : text.index(b"\n\nrecord")]
    run = text[text.index(b"{\n        switch") : text.index(b"\n\n    abstract static")]
    doc = text[text.index(b"/**") : text.index(b"\n@Deprecated")]
    assert listing("java", text) == [
        ("class", "Holder", holder, doc),
        ("constructor", "Holder.Holder", b"{ this.thing = thing; }", None),
        ("method", "Holder.run", run, None),
        ("class", "Holder.Inner", b"{ abstract int get(int[] a, int b[]); }", None),
        ("method", "Holder.Inner.get", None, None),
        ("enum", "Holder.Kind", b"{ A { void f() { } }, B; int code() { return 1; } }", None),
        ("method", "Holder.Kind.f", b"{ }", None),
        ("method", "Holder.Kind.code", b"{ return 1; }", None),
        ("record", "Pair", b"{\n    Pair { check(left); }\n}", None),
        ("constructor", "Pair.Pair", b"{ check(left); }", None),
        ("annotation", "Marker", b'{ String value() default "x"; }', None),
        ("method", "Marker.value", None, None),
        ("interface", "Shape", b"{ default double area() { return 0; } }", None),
        ("method", "Shape.area", b"{ return 0; }", None),
    ]


def test_details() -> None:
    found = by_name("java", SOURCE)
    assert whole(SOURCE, found["Holder"]).startswith(b"@Deprecated\npublic final class")
    assert whole(SOURCE, found["Holder.run"]).startswith(b"@Override\n    public <U")
    assert found["Holder"].details.summary == "Holds things, {@code 1} of them. Mostly."
    assert parameters(found["Holder.run"]) == [
        ("all", "U[]", ""),
        ("names", "String...", ""),
    ]
    assert parameters(found["Pair"]) == [("left", "int", ""), ("right", "int", "")]
    # case, while, if, ||
    assert (found["Holder.run"].details.complexity, found["Holder.run"].details.nesting) == (5, 3)
    assert [SOURCE[s.start : s.end] for s in parse("java", SOURCE).imports] == [
        b"import java.util.List;",
        b"import static java.lang.Math.*;",
    ]


def test_what_an_annotation_says_is_no_visibility() -> None:
    source = b'class A { @SuppressWarnings("x private y") void f() {} @B protected int g; }'
    source += b'class C { @SuppressWarnings("private") public void h() {} }'
    found = by_name("java", source)
    assert [found[name].details.visibility for name in ("A.f", "C.h")] == ["", "public"]
