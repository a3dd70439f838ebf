from tests.outlines.views import by_name, listing, parameters, parse, whole

SOURCE = b"""\
//! Crate doc.
use std::fmt;
extern crate alloc;

/// A point
/// in space.
///
/// # Examples
#[derive(Debug)]
#[repr(C)]
pub struct Point<T> { x: T }

struct Unit;

impl<'a, T: Clone> fmt::Display for &'a mut geometry::Point<T> {
    // not a doc
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}", self.x) }
}

pub trait Area {
    const N: usize;
    /** The area. */
    fn area(&self) -> f64;
    fn twice(&self) -> f64 { self.area() * 2.0 }
}

enum Kind { A, B(i32) }

union Bits { a: u32, b: f32 }

mod elsewhere;

mod tests {
    #[test]
    fn works((a, b): (i32, i32), mut c: Vec<u8>) {
        let g = |x| x + 1;
        while a < 1 || b > 2 { match c { 1 => {}, _ => loop {} } }
    }
}

macro_rules! square { ($x:expr) => { $x * $x }; }
"""


def test_definitions() -> None:
    works = SOURCE[SOURCE.index(b"{\n        let g") : SOURCE.index(b"\n}\n\nmacro_rules")]
    tests = SOURCE[SOURCE.index(b"{\n    #[test]") : SOURCE.index(b"\n\nmacro_rules")]
    area = SOURCE[SOURCE.index(b"{\n    const N") : SOURCE.index(b"\n\nenum")]
    assert listing("rust", SOURCE) == [
        ("struct", "Point", b"{ x: T }", b"/// A point\n/// in space.\n///\n/// # Examples"),
        ("struct", "Unit", None, None),
        ("method", "Point.fmt", b'{ write!(f, "{}", self.x) }', None),
        ("trait", "Area", area, None),
        ("method", "Area.area", None, b"/** The area. */"),
        ("method", "Area.twice", b"{ self.area() * 2.0 }", None),
        ("enum", "Kind", b"{ A, B(i32) }", None),
        ("union", "Bits", b"{ a: u32, b: f32 }", None),
        ("module", "tests", tests, None),
        ("function", "tests.works", works, None),
        ("macro", "square", b"{ ($x:expr) => { $x * $x }; }", None),
    ]


def test_details() -> None:
    found = by_name("rust", SOURCE)
    assert whole(SOURCE, found["Point"]).startswith(b"#[derive(Debug)]\n#[repr(C)]\npub struct")
    assert whole(SOURCE, found["tests.works"]).startswith(b"#[test]\n    fn works")
    assert found["Point"].details.summary == "A point in space."
    assert found["Point.fmt"].parent is None
    assert parameters(found["Point.fmt"]) == [
        ("self", "", ""),
        ("f", "&mut fmt::Formatter<'_>", ""),
    ]
    assert parameters(found["tests.works"]) == [("(a, b)", "(i32, i32)", ""), ("c", "Vec<u8>", "")]
    # while, ||, two match arms, loop
    assert (found["tests.works"].details.complexity, found["tests.works"].details.nesting) == (6, 3)


def test_imports_and_comments_end_before_their_line_does() -> None:
    found = parse("rust", SOURCE)
    assert [SOURCE[s.start : s.end] for s in found.imports] == [
        b"use std::fmt;",
        b"extern crate alloc;",
    ]
    assert [SOURCE[s.start : s.end] for s in found.comments][:3] == [
        b"//! Crate doc.",
        b"/// A point",
        b"/// in space.",
    ]
