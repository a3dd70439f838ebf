from tests.outlines.views import by_name, doc, listing, parameters, parse, whole

SOURCE = b"""\
// Package p.
package p

import (
	"fmt"
)

// Server serves.
//
// It does.
type Server[T any] struct {
	conn struct{ fd int }
}

type (
	// Handler handles.
	Handler interface {
		Handle(w Writer, n ...int) error
	}
	Name string
)

// Start starts the server
// and waits.
//
//go:noinline
func (s *Server[T]) Start(a, b int, opts ...Option) (err error) {
	for i := range a {
		switch {
		case i > 1 && b > 2:
			return nil
		}
	}
	return fmt.Errorf("x") // done
}

/* Free is free. */
func Free(int, string)

var anonymous = func(x int) int { return x }
"""


def test_definitions() -> None:
    start = SOURCE[SOURCE.index(b"{\n\tfor") : SOURCE.index(b"\n\n/* Free")]
    assert listing("go", SOURCE) == [
        (
            "struct",
            "Server",
            b"{\n\tconn struct{ fd int }\n}",
            b"// Server serves.\n//\n// It does.",
        ),
        (
            "interface",
            "Handler",
            b"{\n\t\tHandle(w Writer, n ...int) error\n\t}",
            b"// Handler handles.",
        ),
        ("method", "Handler.Handle", None, None),
        ("method", "Server.Start", start, b"// Start starts the server\n// and waits.\n//"),
        ("function", "Free", None, b"/* Free is free. */"),
    ]


def test_details() -> None:
    found = by_name("go", SOURCE)
    assert whole(SOURCE, found["Server"]).startswith(b"type Server[T any] struct")
    assert whole(SOURCE, found["Handler"]).startswith(b"Handler interface")
    assert found["Server"].details.summary == "Server serves."
    assert found["Server.Start"].details.summary == "Start starts the server and waits."
    assert found["Server.Start"].parent is None
    assert parameters(found["Server.Start"]) == [
        ("a", "int", ""),
        ("b", "int", ""),
        ("opts", "...Option", ""),
    ]
    assert parameters(found["Free"]) == [("", "int", ""), ("", "string", "")]
    # for, case, &&
    assert (found["Server.Start"].details.complexity, found["Server.Start"].details.nesting) == (
        4,
        2,
    )


def test_a_comment_at_the_end_of_the_line_above_is_no_doc() -> None:
    text = b"package p\n\nvar x = 1 // about x\nfunc F() {}\n"
    (found,) = parse("go", text).definitions
    assert doc(text, found) is None


def test_a_comment_after_a_blank_line_is_no_doc() -> None:
    text = b"package p\n\n// far away\n\nfunc F() {}\n"
    (found,) = parse("go", text).definitions
    assert doc(text, found) is None


def test_a_directive_alone_is_no_doc() -> None:
    text = b"package p\n\n//go:noinline\nfunc F() {}\n"
    (found,) = parse("go", text).definitions
    assert doc(text, found) is None
