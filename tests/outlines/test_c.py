from tests.outlines.views import by_name, listing, parameters, parse, whole

SOURCE = b"""\
#include <stdio.h>
#define N 3
#define MAX(a, b) \\
    ((a) > (b) ? (a) : (b))

/*
 * Counts
 * the ways.
 */
/* ---------- */
static unsigned long
count(const char *names[], void (*each)(int), int, ...)
{
    if (!names) { return 0; } else if (each && N) { for (;;) {} } else { do {} while (0); }
    return 1;
}

int declared(void);

/// Gets it.
int (*get(void))(int) { return 0; }

int old(a, b) int a; char *b; { return a; }

struct node { struct node *next; enum tag { X, Y } tag; };

typedef struct { int w; } size, *size_ptr;

union bits { int i; float f; };

enum use { A } current;
struct node *global;
"""


def test_definitions() -> None:
    count = SOURCE[SOURCE.index(b"{\n    if") : SOURCE.index(b"\n\nint declared")]
    assert listing("c", SOURCE) == [
        ("macro", "MAX", b"((a) > (b) ? (a) : (b))", None),
        ("function", "count", count, b"/*\n * Counts\n * the ways.\n */"),
        ("function", "get", b"{ return 0; }", b"/// Gets it."),
        ("function", "old", b"{ return a; }", None),
        ("struct", "node", b"{ struct node *next; enum tag { X, Y } tag; }", None),
        ("enum", "node.tag", b"{ X, Y }", None),
        ("struct", "size", b"{ int w; }", None),
        ("union", "bits", b"{ int i; float f; }", None),
        ("enum", "use", b"{ A }", None),
    ]


def test_details() -> None:
    found = by_name("c", SOURCE)
    assert whole(SOURCE, found["count"]).startswith(b"static unsigned long\ncount(")
    assert whole(SOURCE, found["size"]) == b"typedef struct { int w; } size, *size_ptr;"
    assert whole(SOURCE, found["MAX"]).endswith(b": (b))")
    assert found["count"].details.summary == "Counts the ways."
    assert parameters(found["count"]) == [
        ("names", "const char *[]", ""),
        ("each", "void (*)(int)", ""),
        ("", "int", ""),
        ("...", "", ""),
    ]
    assert parameters(found["get"]) == []
    assert [p.name for p in found["old"].details.parameters] == ["a", "b"]
    # if, else if, &&, for, do
    assert (found["count"].details.complexity, found["count"].details.nesting) == (6, 2)
    assert [SOURCE[s.start : s.end] for s in parse("c", SOURCE).imports] == [b"#include <stdio.h>"]


def test_comments_on_several_lines_are_one_doc() -> None:
    text = b"/* Opens a file */\n/* and reads it. */\nint f(void) { return 1; }\n"
    (found,) = parse("c", text).definitions
    assert found.details.summary == "Opens a file and reads it."
