"""What takes the types out of a definition that may be left out."""

import itertools
import pathlib

import pytest

from tests.samples.views import real_files, view_of
from transforms.languages.spec import load_languages
from transforms.outlines.outline import Definition
from transforms.samples.cuts import SourceView
from transforms.samples.drafts import Piece, render_text
from transforms.samples.eligibility import head_start
from transforms.samples.hint_strip import load_hint_query
from transforms.samples.stripping import comment_edits, doc_edits, hint_edits

VENDORED = pathlib.Path(__file__).resolve().parents[3] / "shared" / "corpus" / "vendored" / "files"


def stripped(source: str, language: str) -> str | None:
    """Take the hints out of the first definition; None where there are no edits."""
    view = view_of(source, language)
    return bare(view, view.outline.definitions[0])


def bare(view: SourceView, definition: Definition) -> str | None:
    edits = hint_edits(view, definition)
    span = definition.span
    return render_text(view.text, (Piece(span.start, span.end, edits),)) if edits else None


CASES = [
    (
        "python",
        "async def f(a: int, *b: str, c: list[int] = (), **d: T) -> dict[str, int]:\n"
        "    x: int = 1\n    self.y: str = ''\n    return g(lambda q: q)\n",
        "async def f(a, *b, c=(), **d):\n"
        "    x = 1\n    self.y = ''\n    return g(lambda q: q)",
    ),
    (
        "typescript",
        "function f(a: number, b?: string, { c }: { c: T } = {}): Promise<void> {\n"
        "  const d: Map<string, (x: number) => void> = new Map<string, any>();\n"
        "  return g((e: E): F => e as (x: number) => F);\n}\n",
        "function f(a, b?, { c } = {}) {\n"
        "  const d = new Map<string, any>();\n"
        "  return g((e) => e as (x: number) => F);\n}",
    ),
    (
        "tsx",
        "const F = ({ a }: Props): JSX.Element => <p onClick={(e: Event) => a(e)}>x</p>;\n",
        "const F = ({ a }) => <p onClick={(e) => a(e)}>x</p>;",
    ),
    (
        "php",
        "<?php\nclass A {\n  private ?int $x = 1;\n"
        "  public function f(int|string $a, &$b, array $c = [], Foo ...$d): ?static {\n"
        "    return fn(int $x): int => $x;\n  }\n}\n",
        "class A {\n  private $x = 1;\n"
        "  public function f($a, &$b, $c = [], ...$d) {\n"
        "    return fn($x) => $x;\n  }\n}",
    ),
    (
        "kotlin",
        "fun f(a: Int): List<Int> = l.map { b: Int -> val c: Int = b\n c }\n",
        "fun f(a: Int) = l.map { b -> val c = b\n c }",
    ),
    (
        "scala",
        "def f(a: Int): Option[Int] = {\n  val b: List[Int] = Nil\n  b.map((c: Int) => c)\n}\n",
        "def f(a: Int) = {\n  val b = Nil\n  b.map((c) => c)\n}",
    ),
    (
        "swift",
        "func f(a: Int) -> Int {\n  let b: Int = a\n  let c: [Int] = []\n"
        "  return l.map { (d: Int) -> Int in d }\n}\n",
        "func f(a: Int) -> Int {\n  let b = a\n  let c: [Int] = []\n"
        "  return l.map { (d) in d }\n}",
    ),
    (
        "rust",
        "fn f(a: u8) -> u8 {\n    let b: Vec<u8> = g().collect();\n    let c: u8;\n"
        "    h(|d: &str, e| -> u8 { 1 })\n}\n",
        "fn f(a: u8) -> u8 {\n    let b = g().collect();\n    let c: u8;\n"
        "    h(|d, e| { 1 })\n}",
    ),
    (
        "go",
        "func f() {\n\tvar a, b map[string]int = g()\n\tvar c int\n\th(a, b, c)\n}\n",
        "func f() {\n\tvar a, b = g()\n\tvar c int\n\th(a, b, c)\n}",
    ),
    (
        "nim",
        'proc f(a: int, b: string = ""): int =\n  let c: seq[int] = @[a]\n  result = c[0]\n',
        'proc f(a: int, b = ""): int =\n  let c = @[a]\n  result = c[0]',
    ),
    (
        "haxe",
        "class A {\n  var x:Int;\n  public function f(a:Int, b : String):Void {\n"
        "    var c:Array<Int> = [];\n  }\n}\n",
        "class A {\n  var x;\n  public function f(a, b) {\n    var c = [];\n  }\n}",
    ),
    (
        "dart",
        "class A {\n  final Map<String, int> z;\n  int? f(String a, {required List<int> b}) {\n"
        "    int x = 1;\n    final String y = '';\n    return g(x, y);\n  }\n}\n",
        "class A {\n  final z;\n  f(a, {required b}) {\n"
        "    var x = 1;\n    final y = '';\n    return g(x, y);\n  }\n}",
    ),
    (
        "luau",
        "local function f(a: number, b: {x: string}?): (string, number)\n"
        "\tlocal c: number, d = 1, 2\n\treturn g(a, b, c, d)\nend\n",
        "local function f(a, b)\n\tlocal c, d = 1, 2\n\treturn g(a, b, c, d)\nend",
    ),
    (
        "ocaml",
        "let f (a : int) ~(b : t) ?(c : int = 1) : int =\n  let d : int = a in\n  d + b + c\n",
        "let f a ~b ?(c = 1) =\n  let d = a in\n  d + b + c",
    ),
    (
        "fsharp",
        "let f (a: int) (b: string list) : int =\n  let c: int = a\n  c + b.Length\n",
        "let f (a) (b) =\n  let c = a\n  c + b.Length",
    ),
    (
        "powershell",
        "function F {\n  param(\n    [Parameter(Mandatory = $true)]\n    [string]\n    $A,\n"
        "    [int]$B = 1\n  )\n  G $A $B\n}\n",
        "function F {\n  param(\n    [Parameter(Mandatory = $true)]\n    $A,\n"
        "    $B = 1\n  )\n  G $A $B\n}",
    ),
    (
        "puppet",
        "define a(\n  String            $x,\n  Optional[Integer] $y = 1,\n"
        ") {\n  b { $x: c => $y }\n}\n",
        "define a(\n  $x,\n  $y = 1,\n) {\n  b { $x: c => $y }\n}",
    ),
    (
        "julia",
        "function f(a::Int, b::T=1; c::String=\"\")::Int\n    g(a, b, c)::Int\nend\n",
        "function f(a, b=1; c=\"\")\n    g(a, b, c)::Int\nend",
    ),
    (
        "cairo",
        "fn f(a: felt252) -> u32 {\n    let b: u32 = g(a);\n    b\n}\n",
        "fn f(a: felt252) -> u32 {\n    let b = g(a);\n    b\n}",
    ),
    (
        "qmljs",
        "Item {\n  function f(a: int): string { let b: int = a; return g(b) }\n}\n",
        None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("language", "source", "expected"), CASES, ids=[c[0] for c in CASES])
def test_languages(language: str, source: str, expected: str | None) -> None:
    if language == "qmljs":
        view = view_of(source, language)
        function = next(d for d in view.outline.definitions if d.name == "f")
        assert bare(view, function) == "function f(a) { let b = a; return g(b) }"
        return
    assert stripped(source, language) == expected


def test_every_language_with_hints_has_a_case() -> None:
    with_hints = {name for name, language in load_languages().items() if language.hints}
    assert with_hints == {case[0] for case in CASES}
    assert all(load_hint_query(name) for name in with_hints)


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("python", "@dataclass\nclass A:\n    x: int = 1\n\n    def f(self) -> int: g()\n"),
        ("python", "def f(a: int):\n    b: int\n    return g(a)\n"),
        ("python", "def f(a):\n    return g(a)\n"),
        ("python", "class A:\n    def f(self, a: int) -> int: ...\n"),
        ("typescript", "function f(a: /* how many */ number) {\n  return g(a);\n}\n"),
        ("typescript", "function f(a: A) {\n  let b!: B;\n  return g(a, b);\n}\n"),
        ("typescript", "function f<T>(a: T): T {\n  return g(a);\n}\n"),
        ("typescript", "function f(a: unknown): a is string {\n  return g(a);\n}\n"),
        ("php", "<?php\nclass A {\n  public readonly int $x;\n  function f(int $a) {}\n}\n"),
        ("powershell", "function F {\n  param([switch]$A, [int]$B)\n  G $B\n}\n"),
        ("haxe", "extern class A {\n  var x:Int;\n  function f(a:Int):Void;\n}\n"),
        ("luau", "local function f<T>(a: T): T\n\treturn g(a)\nend\n"),
        ("ocaml", "let f : 'a. 'a -> int = fun (a : 'a) -> g a\n"),
        ("c", "int f(int a) { return g(a); }\n"),
    ],
    ids=[
        "dataclass", "bare", "none", "stub", "comment", "no code without", "generic", "predicate",
        "readonly", "switch", "extern", "luau generic", "polymorphic", "no hints",
    ],
)  # fmt: skip
def test_what_keeps_its_types(language: str, source: str) -> None:
    assert stripped(source, language) is None


def test_a_method_may_be_stripped_where_its_class_may_not() -> None:
    source = "class A:\n    x: int = 1\n\n    def f(self, a: int) -> int:\n        return a\n"
    view = view_of(source)
    texts = {d.name: bare(view, d) for d in view.outline.definitions}
    assert texts == {"A": None, "f": "def f(self, a):\n        return a"}


BOTH = '''\
def f(
    a: int,  # how many there are
    b: str = "",
) -> int:  # of all
    """Count something."""

    # begin with nothing
    c: int = 0

    return g(a, b, c)
'''


def test_edits_of_all_kinds_together() -> None:
    view = view_of(BOTH)
    (definition,) = view.outline.definitions
    edits = sorted(
        doc_edits(view, definition) + comment_edits(view, definition) + hint_edits(view, definition)
    )
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(edits))
    span = definition.span
    assert render_text(view.text, (Piece(span.start, span.end, tuple(edits)),)) == (
        'def f(\n    a,\n    b="",\n):\n    c = 0\n\n    return g(a, b, c)'
    )


def test_a_comment_right_below_a_doc() -> None:
    source = 'def f(a):\n    """Count.\n\n\tAll of it."""\n\n    # words of it\n\n    return g(a)\n'
    view = view_of(source)
    (definition,) = view.outline.definitions
    (doc,), (comment,) = doc_edits(view, definition), comment_edits(view, definition)
    assert doc[1] <= comment[0]


def test_edits_are_sorted_disjoint_and_inside_on_real_files() -> None:
    if not VENDORED.is_dir():
        pytest.skip(f"no vendored corpus at {VENDORED}")
    found = 0
    for language, text in real_files(VENDORED):
        view = view_of(text, language)
        for definition in view.outline.definitions if view.outline else ():
            kinds = [f(view, definition) for f in (doc_edits, comment_edits, hint_edits)]
            assert all(list(edits) == sorted(edits) for edits in kinds)
            edits = sorted(itertools.chain(*kinds))
            found += len(edits)
            assert all(a[1] <= b[0] for a, b in itertools.pairwise(edits)), (language, edits)
            start, end = head_start(definition), definition.span.end
            assert all(start <= a < b <= end for a, b, _ in edits), (language, edits)
    assert found > 300
