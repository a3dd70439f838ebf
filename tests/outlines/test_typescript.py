import pytest

from tests.outlines.views import by_name, listing, parameters, parse, whole

SOURCE = b"""\
import type { A } from './a';
import fs = require('fs');

/** A point. */
export interface Point<T> {
  x: number;
  /** Moves. */
  move(by: T, scale?: number): void;
}

export enum Colour { Red, Green }

@Injectable()
export abstract class Shape implements Point<number> {
  constructor(private readonly name: string, public size = 1) {}
  abstract area(): number;
  @Input('a')
  move(by: number, ...more: string[]): void { this.x += by; }
  scale = async (by: number): Promise<void> => { await by; };
  overloaded(a: string): void;
  overloaded(a: unknown): void {}
}

declare function external(this: Window, { a }: A): asserts a is string;

namespace Geometry.Plane { export function dot<T>(a: T): T { return a; } }

declare module 'plugin' { function run(): void; }

export const first = <T,>(items: T[]): T => items[0];
"""


@pytest.mark.parametrize("language", ["typescript", "tsx"])
def test_definitions(language: str) -> None:
    shape = SOURCE[SOURCE.index(b"{\n  constructor") : SOURCE.index(b"\n\ndeclare function")]
    point = SOURCE[SOURCE.index(b"{\n  x: number") : SOURCE.index(b"\n\nexport enum")]
    assert listing(language, SOURCE) == [
        ("interface", "Point", point, b"/** A point. */"),
        ("method", "Point.move", None, b"/** Moves. */"),
        ("enum", "Colour", b"{ Red, Green }", None),
        ("class", "Shape", shape, None),
        ("constructor", "Shape.constructor", b"{}", None),
        ("method", "Shape.area", None, None),
        ("method", "Shape.move", b"{ this.x += by; }", None),
        ("method", "Shape.scale", b"{ await by; }", None),
        ("method", "Shape.overloaded", None, None),
        ("method", "Shape.overloaded", b"{}", None),
        ("function", "external", None, None),
        ("namespace", "Geometry.Plane", b"{ export function dot<T>(a: T): T { return a; } }", None),
        ("function", "Geometry.Plane.dot", b"{ return a; }", None),
        ("module", "plugin", b"{ function run(): void; }", None),
        ("function", "plugin.run", None, None),
        ("function", "first", b"items[0]", None),
    ]


def test_spans_include_decorators_and_modifiers() -> None:
    found = by_name("typescript", SOURCE)
    assert whole(SOURCE, found["Shape"]).startswith(b"@Injectable()\nexport abstract class Shape")
    assert whole(SOURCE, found["Shape.move"]).startswith(b"@Input('a')\n  move(")
    assert whole(SOURCE, found["external"]).startswith(b"declare function external")
    assert whole(SOURCE, found["first"]).startswith(b"export const first")
    assert whole(SOURCE, found["Geometry.Plane"]).startswith(b"namespace")


def test_parameters() -> None:
    found = by_name("typescript", SOURCE)
    assert parameters(found["Shape.constructor"]) == [("name", "string", ""), ("size", "", "1")]
    assert parameters(found["Shape.move"]) == [("by", "number", ""), ("more", "string[]", "")]
    assert parameters(found["Point.move"]) == [("by", "T", ""), ("scale", "number", "")]
    assert parameters(found["external"]) == [("this", "Window", ""), ("{ a }", "A", "")]


def test_imports() -> None:
    found = parse("typescript", SOURCE)
    assert [SOURCE[s.start : s.end] for s in found.imports] == [
        b"import type { A } from './a';",
        b"import fs = require('fs');",
    ]


def test_markup_in_tsx() -> None:
    text = b"export function App(): JSX.Element {\n  return <p>{'a'}</p>;\n}\n"
    assert parse("tsx", text).error_ratio == 0
    assert listing("tsx", text) == [("function", "App", b"{\n  return <p>{'a'}</p>;\n}", None)]
