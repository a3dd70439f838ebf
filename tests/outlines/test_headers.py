"""What headers say in several languages: results, parameters, and who sees a definition."""

import pytest

from tests.outlines.views import by_name, listing, parameters

RESULTS = [
    ("c", b"static const char *name(void) { return 0; }", "const char*"),
    ("c", b"char const **names(void) { return 0; }", "char const**"),
    ("c", b"static inline struct node *next(void) { return 0; }", "struct node*"),
    ("cpp", b"auto size() -> std::size_t { return 0; }", "std::size_t"),
    ("cpp", b"struct A { auto get() const -> const B & { return b; } };", "const B &"),
    ("cpp", b"static constexpr const Node &root() { return r; }", "const Node&"),
    ("cpp", b"auto guess() { return 1; }", "auto"),
    ("objc", b"static const char *name(void) { return 0; }", "const char*"),
    ("zig", b"fn name(self: T) []const u8 { return self.name; }", "[]const u8"),
    ("zig", b"pub fn run() !void {}", "!void"),
    ("zig", b"fn grid() [2][3]?f32 {}", "[2][3]?f32"),
    ("zig", b"fn open() error{Lost}!*File {}", "error{Lost}!*File"),
    ("zig", b"fn hook() callconv(.C) void {}", "void"),
    ("dart", b"Future<List<int>> load() async => [];", "Future<List<int>>"),
    ("dart", b"ui.Image? draw() => null;", "ui.Image?"),
    ("dart", b"class A { static void go() {} }", "void"),
    ("dart", b"class A { int get size => 1; }", "int"),
    ("dart", b"class A { A operator +(A o) => o; }", "A"),
    ("dart", b"main() {}", ""),
    ("sql", b"CREATE FUNCTION f() RETURNS numeric(8,2) AS 'x' LANGUAGE sql;", "numeric(8,2)"),
    ("sql", b"CREATE FUNCTION f() RETURNS SETOF app.users AS 'x';", "SETOF app.users"),
    ("sql", b"CREATE FUNCTION f() RETURNS TABLE (id int) AS 'x';", "TABLE (id int)"),
    ("sql", b"CREATE FUNCTION f() RETURNS int[] AS 'x';", "int[]"),
    ("haskell", b"f :: Ord a => (a -> b) -> [a] -> Map a b\nf g xs = x", "Map a b"),
    ("haskell", b"f :: Int -- ^ this\n  -> IO (Maybe (a -> b))\nf x = y", "IO (Maybe (a -> b))"),
    ("haskell", b"class C a where\n  size :: a -> [Int -> Int]", "[Int -> Int]"),
    ("haskell", b"instance Eq a => C a", ""),
    ("haskell", b"(=:) :: a -> b\na =: b = b", "b"),
    ("haskell", b"x :: Int\nx = 1", "Int"),
    ("haskell", b"f x = x", ""),
    ("elixir", b"@spec f(a :: t, (b -> c)) :: :ok | nil\ndef f(a, b), do: a", ":ok | nil"),
    ("elixir", b"@doc false\n@spec f(a) :: b when a: t, b: t\ndef f(a) do\n  a\nend", "b"),
    ("elixir", b"@spec size? :: boolean()\ndef size?, do: true", "boolean()"),
]


@pytest.mark.parametrize(
    ("language", "text", "result"), RESULTS, ids=[f"{one[0]} {one[2]}" for one in RESULTS]
)
def test_result_is_as_written(language: str, text: bytes, result: str) -> None:
    *_, found = by_name(language, text).values()
    assert found.details.returns == result


PARAMETERS = [
    ("ruby", b"define_method(:f) { |a, b = 1| a }", [("a", "", ""), ("b", "", "1")]),
    (
        "sql",
        b"CREATE FUNCTION f(a numeric(8,2) DEFAULT 1.5, b int = 2) RETURNS int AS 'x';",
        [("a", "numeric(8,2)", "1.5"), ("b", "int", "2")],
    ),
    ("csharp", b"class A { void F(params int[] a) {} }", [("a", "int[]", "")]),
    (
        "csharp",
        b"class A { A(B b, params List<C>?[] c) {} }",
        [("b", "B", ""), ("c", "List<C>?[]", "")],
    ),
    ("swift", b"func f(_ a: inout [Int]) {}", [("a", "inout [Int]", "")]),
    ("swift", b"func f(all a: Int..., b: Int = 1) {}", [("a", "Int...", ""), ("b", "Int", "1")]),
    (
        "swift",
        b"func f(then: @escaping (Int) -> Void) {}",
        [("then", "@escaping (Int) -> Void", "")],
    ),
    (
        "java",
        b"class A { void f(final int a, @Nullable final List<B>... b) {} }",
        [("a", "int", ""), ("b", "List<B>...", "")],
    ),
    (
        "verilog",
        b"module m(input wire [7:0] a, b, c, output q);\nendmodule",
        [
            ("a", "input wire [7:0]", ""),
            ("b", "input wire [7:0]", ""),
            ("c", "input wire [7:0]", ""),
            ("q", "output", ""),
        ],
    ),
    (
        "verilog",
        b"module m;\ntask f(input [3:0] a, b, ref string c); endtask\nendmodule",
        [("a", "input [3:0]", ""), ("b", "input [3:0]", ""), ("c", "ref string", "")],
    ),
]


@pytest.mark.parametrize(
    ("language", "text", "expected"), PARAMETERS, ids=[f"{one[0]} {one[2]}" for one in PARAMETERS]
)
def test_parameters_are_as_written(
    language: str, text: bytes, expected: list[tuple[str, str, str]]
) -> None:
    *_, found = by_name(language, text).values()
    assert parameters(found) == expected


def test_conversions_of_cpp() -> None:
    text = b"""\
struct Ref {
  operator bool() const { return p; }
  explicit operator const char *() { return s; }
  operator Node&() noexcept { return n; }
  template <class T> operator std::vector<T>() const { return {}; }
  operator int() const;
};
n::Ref::operator int() const { return 1; }
"""
    assert [name for _, name, _, _ in listing("cpp", text)[1:]] == [
        "Ref.operator bool",
        "Ref.operator const char *",
        "Ref.operator Node&",
        "Ref.operator std::vector<T>",
        "n.Ref.operator int",
    ]
    assert {kind for kind, *_ in listing("cpp", text)[1:]} == {"method"}


CPP = b"""\
class A : public B {
  void unsaid() {}
 public:
  A() : b() {}
  template <class T> void made() {}
#ifdef X
  void some() {}
#endif
  struct In { void inner() {} };
 private:
  operator bool() const { struct Local { void deep() {} }; return b; }
};
static void A::apart() {}
"""
RUBY = b"""\
class A
  def open; end
  private
  # Tells it.
  def secret(a = 1); end
  def self.single; end
  class In
    def inner; end
  end
  protected def kept; end
  public
  def again; private; end
end
"""
D = b"class A { private:\n void f() {}\npublic:\n void g() {}\n private void h() {} }"
PASCAL = b"""\
type A = class
  procedure F;
strict private
  procedure G;
Public
  function H: integer;
end;
"""
ELIXIR = b"""\
defmodule A do
  def f(x), do: x
  @spec g(x) :: defp
  defp g(x), do: x
  defmacrop h(x), do: x
end
"""
CLOJURE = b"""\
(defn f [x] x)
(defn- g [x] x)
(defn ^:private h [x] x)
(defmacro ^{:private true} m [x] x)
"""
VISIBILITIES = [
    (
        "cpp",
        CPP,
        {
            "A": "",
            "A.unsaid": "",
            "A.A": "public",
            "A.made": "public",
            "A.some": "public",
            "A.In": "public",
            "A.In.inner": "",
            "A.operator bool": "private",
            "A.operator bool.Local": "",
            "A.operator bool.Local.deep": "",
            "A.apart": "",
        },
    ),
    (
        "ruby",
        RUBY,
        {
            "A": "",
            "A.open": "",
            "A.secret": "private",
            "A.single": "",
            "A.In": "",
            "A.In.inner": "",
            "A.kept": "protected",
            "A.again": "public",
        },
    ),
    ("d", D, {"A": "", "A.f": "private", "A.g": "public", "A.h": "private"}),
    ("pascal", PASCAL, {"A": "", "A.F": "", "A.G": "private", "A.H": "public"}),
    ("elixir", ELIXIR, {"A": "", "A.f": "", "A.g": "private", "A.h": "private"}),
    ("clojure", CLOJURE, {"f": "", "g": "private", "h": "private", "m": "private"}),
    ("c", b"static int f(void) { return 1; }", {"f": ""}),
    ("typescript", b"export class A { private f() {} }", {"A": "", "A.f": "private"}),
    ("javascript", b"export function f() {}", {"f": ""}),
    ("zig", b"pub fn f() void {}\nexport fn g() void {}", {"f": "pub", "g": ""}),
]


@pytest.mark.parametrize(
    ("language", "text", "expected"), VISIBILITIES, ids=[one[0] for one in VISIBILITIES]
)
def test_visibility_is_the_access_modifier(
    language: str, text: bytes, expected: dict[str, str]
) -> None:
    found = by_name(language, text)
    assert {name: definition.details.visibility for name, definition in found.items()} == expected


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        pytest.param(b'@moduledoc """\n  Holds.\n\n  More.\n  """', "Holds.", id="heredoc"),
        pytest.param(b'# x\n@shortdoc "b"\n@moduledoc ~S"Holds."', "Holds.", id="sigil"),
        pytest.param(b"@moduledoc false", "", id="false"),
        pytest.param(b'@doc "other"', "", id="another's"),
    ],
)
def test_moduledoc_is_its_modules(text: bytes, summary: str) -> None:
    found = by_name("elixir", b"defmodule A do\n" + text + b"\ndef f, do: 1\nend")
    assert found["A"].details.summary == summary
