from tests.outlines.views import by_name, listing, parameters, parse, whole

SOURCE = b"""\
#!/usr/bin/env node
const fs = require('fs');
import { join } from 'path';

/**
 * Adds two
 * numbers.
 *
 * @param {number} a
 */
export function add(a, { b, c } = {}, ...rest) {
  // ?? is a branch
  return a + (b ?? c);
}

/* no doc */
const double = x => x * 2;

export default class Box extends Base {
  #size = 1;
  handler = (event) => { this.#size = event; };

  constructor(size) { super(); }

  /** The area. */
  get area() { return 1; }

  static *walk() { yield 1; }
}

module.exports.load = async function () { return 1; };
Box.prototype.save = function save(path) {};

const one = () => 1, two = function named() { return 2; };
const table = { open() { return 1; }, 'close': () => 2, count: 3 };
run(function inner(a = 1) { if (a) {} else if (b) { for (;;) {} } });
export const Square = class { side() {} };
"""


def test_definitions() -> None:
    assert listing("javascript", SOURCE) == [
        (
            "function",
            "add",
            b"{\n  // ?? is a branch\n  return a + (b ?? c);\n}",
            b"/**\n * Adds two\n * numbers.\n *\n * @param {number} a\n */",
        ),
        ("function", "double", b"x * 2", None),
        ("class", "Box", SOURCE[SOURCE.index(b"{\n  #size") : SOURCE.index(b"\n\nmodule")], None),
        ("method", "Box.handler", b"{ this.#size = event; }", None),
        ("constructor", "Box.constructor", b"{ super(); }", None),
        ("method", "Box.area", b"{ return 1; }", b"/** The area. */"),
        ("method", "Box.walk", b"{ yield 1; }", None),
        ("function", "load", b"{ return 1; }", None),
        ("function", "save", b"{}", None),
        ("function", "one", b"1", None),
        ("function", "two", b"{ return 2; }", None),
        ("method", "open", b"{ return 1; }", None),
        ("method", "close", b"2", None),
        ("function", "inner", b"{ if (a) {} else if (b) { for (;;) {} } }", None),
        ("class", "Square", b"{ side() {} }", None),
        ("method", "Square.side", b"{}", None),
    ]


def test_spans_include_the_statement_of_a_single_definition() -> None:
    found = by_name("javascript", SOURCE)
    assert whole(SOURCE, found["double"]) == b"const double = x => x * 2;"
    assert whole(SOURCE, found["add"]).startswith(b"export function add(")
    assert whole(SOURCE, found["Box"]).startswith(b"export default class Box")
    assert whole(SOURCE, found["load"]) == b"module.exports.load = async function () { return 1; };"
    assert whole(SOURCE, found["one"]) == b"one = () => 1"
    assert whole(SOURCE, found["two"]) == b"two = function named() { return 2; }"
    assert whole(SOURCE, found["inner"]).startswith(b"function inner")


def test_parameters() -> None:
    found = by_name("javascript", SOURCE)
    assert parameters(found["add"]) == [("a", "", ""), ("{ b, c }", "", "{}"), ("rest", "", "")]
    assert parameters(found["double"]) == [("x", "", "")]
    assert parameters(found["Box.handler"]) == [("event", "", "")]
    assert parameters(found["inner"]) == [("a", "", "1")]


def test_summary_complexity_imports() -> None:
    found = parse("javascript", SOURCE)
    assert found.definitions[0].details.summary == "Adds two numbers."
    assert found.definitions[0].details.complexity == 2
    inner = by_name("javascript", SOURCE)["inner"]
    assert (inner.details.complexity, inner.details.nesting) == (4, 2)
    assert [SOURCE[s.start : s.end] for s in found.imports] == [
        b"const fs = require('fs');",
        b"import { join } from 'path';",
    ]


def test_a_decorator_belongs_to_its_class_and_method() -> None:
    text = b"@a @b()\nclass C { @c m() {} }\n"
    found = by_name("javascript", text)
    assert whole(text, found["C"]).startswith(b"@a @b()\nclass C")
    assert whole(text, found["C.m"]) == b"@c m() {}"
