import pytest

from tests.samples.pairing import drafted, pairs
from transforms.samples.testing.evidence import unpack_claims, unpack_offered

PYTHON = """
def parse(text, strict=False):
    \"\"\"Read a query string.\"\"\"
    if strict and not text:
        raise ValueError(text)
    return dict(part.split("=") for part in text.split("&"))


def quote(text):
    found = text.replace("&", "%26")
    return found.replace("=", "%3D")


class Query:
    def __init__(self, text):
        self.text = text

    def first(self, name):
        found = parse(self.text)
        return found.get(name, None)
"""
PYTHON_TESTS = """
from url.query import Query, parse, quote


def test_parse_two_names():
    found = parse("a=1&b=2")
    assert found == {"a": "1", "b": "2"}


def test_round_trip():
    assert parse(quote("a=1")) == {"a": "1"}
    assert quote(quote("a")) == "a"


def test_special_characters():
    given = "a&b" + str(len("x"))
    assert quote(given) == "a%26b1"


class TestQuery:
    def test_first(self):
        query = Query("a=1&a=2")
        assert query.first("a") == "1"


def test_nothing_of_ours():
    assert sorted([3, 1, 2]) == [1, 2, 3]
    assert " a ".strip() == "a"
"""


def test_a_test_is_of_what_its_name_says_and_it_calls() -> None:
    found = pairs({"url/url/query.py": PYTHON, "url/tests/test_query.py": PYTHON_TESTS})
    assert found == {
        "test_parse_two_names": "url/url/query.py:parse",
        "test_special_characters": "url/url/query.py:quote",  # the only call
        "test_first": "url/url/query.py:first",
    }


@pytest.mark.parametrize(
    ("files", "title", "tested"),
    [
        pytest.param(
            {
                "r/src/main/java/a/Box.java": "package a;\npublic class Box {\n  int w;\n"
                "  public int area(int h) {\n    int found = w * h;\n    return found;\n  }\n}\n",
                "r/src/test/java/a/BoxTest.java": "package a;\npublic class BoxTest {\n  @Test\n"
                "  public void areaOfEmptyBox() {\n    Box box = new Box();\n"
                "    assertEquals(0, box.area(12));\n  }\n}\n",
            },
            "areaOfEmptyBox",
            "area",
            id="java mark",
        ),
        pytest.param(
            {
                "r/text.go": "package text\n\nfunc Reverse(s string) string {"
                "\n\trunes := []rune(s)"
                '\n\treturn string(runes) + "reversed"\n}\n',
                "r/text_test.go": 'package text\n\nimport "testing"\n\n'
                'func TestReverseEmpty(t *testing.T) {\n\tif Reverse("") != "" {\n'
                '\t\tt.Errorf("not empty: %s", "it")\n\t}\n}\n',
            },
            "TestReverseEmpty",
            "Reverse",
            id="go same package",
        ),
        pytest.param(
            {
                "r/src/lib.rs": "pub fn double(value: u32) -> u32 {\n"
                "    let doubled_value = value * 2;\n    doubled_value\n}\n\n"
                "#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n"
                "    fn doubles_small_numbers() {\n        assert_eq!(double(2), 4);\n"
                "        assert_eq!(double(3), 6);\n    }\n}\n",
            },
            "doubles_small_numbers",
            "double",
            id="rust same file",
        ),
        pytest.param(
            {
                "r/lib/slug.js": "export function slugify(title) {\n"
                "  const low = title.toLowerCase();\n  return low.replace(/ /g, '-');\n}\n",
                "r/test/slug.test.js": "import { slugify } from '../lib/slug';\n\n"
                "describe('slugs', () => {\n  it('joins the words of a title', () => {\n"
                "    expect(slugify('A Title')).toBe('a-title');\n"
                "    expect(slugify('')).toBe('');\n  });\n});\n",
            },
            "joins the words of a title",
            "slugify",
            id="javascript block",
        ),
        pytest.param(
            {
                "r/lib/stack.rb": "class Stack\n  def peek_last\n    found = @items.last\n"
                "    found || raise('empty stack')\n  end\nend\n",
                "r/spec/stack_spec.rb": "describe Stack do\n  it 'gives back the last one' do\n"
                "    stack = Stack.new([1, 2])\n    expect(stack.peek_last).to eq(2)\n  end\nend\n",
            },
            "gives back the last one",
            "peek_last",
            id="ruby block",
        ),
        pytest.param(
            {
                "r/src/stats.cc": "double mean_of(const std::vector<double>& v) {\n"
                "  double sum = 0;\n  for (double x : v) sum += x;\n  return sum / v.size();\n}\n",
                "r/tests/stats_test.cc": "TEST(StatsTest, MeanOfNothing) {\n"
                "  std::vector<double> none;\n  EXPECT_TRUE(std::isnan(mean_of(none)));\n}\n",
            },
            "MeanOfNothing",
            "mean_of",
            id="c++ macro",
        ),
        pytest.param(
            {
                "r/src/url_text.erl": "-module(url_text).\n\nquote_all([]) ->\n    [];\n"
                "quote_all([Head | Tail]) ->\n    Quoted = quote_one(Head),\n"
                "    [Quoted | quote_all(Tail)].\n",
                "r/test/url_text_tests.erl": "-module(url_text_tests).\n\n"
                "spaces_test() ->\n"
                '    ?assertEqual(["a%20b"], url_text:quote_all(["a b"])).\n',
            },
            "spaces_test",
            "quote_all",
            id="erlang module",
        ),
        pytest.param(
            {
                "r/lib/words.ex": "defmodule Words do\n  def count_all(text) do\n"
                '    words = String.split(text, " ")\n    length(words)\n  end\nend\n',
                "r/test/words_test.exs": "defmodule WordsTest do\n  use ExUnit.Case\n\n"
                '  test "count_all/1 of a sentence" do\n    assert Words.count_all("a b c") == 3\n'
                "  end\nend\n",
            },
            "count_all/1 of a sentence",
            "count_all",
            id="elixir block",
        ),
    ],
)
def test_tests_are_found_as_each_language_writes_them(
    files: dict[str, str], title: str, tested: str
) -> None:
    renamed = {path.replace(".exs", ".ex"): text for path, text in files.items()}
    found = pairs(renamed)
    assert {name: place.rpartition(":")[2] for name, place in found.items()} == {title: tested}


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("other/tests/test_query.py", id="another repository"),
        pytest.param("test_query.py", id="no repository"),
    ],
)
def test_pairs_stay_in_a_repository(path: str) -> None:
    assert pairs({"url/url/query.py": PYTHON, path: PYTHON_TESTS}) == {}


def test_a_name_that_two_definitions_have_decides_nothing() -> None:
    other = "def quote(text):\n    found = text.strip()\n    return f'<{found}>'\n"
    files = {"url/url/query.py": PYTHON, "url/url/mail.py": other}
    found = pairs({**files, "url/tests/test_all.py": PYTHON_TESTS})
    assert "test_special_characters" not in found
    # The name of the file settles it.
    found = pairs({**files, "url/tests/test_query.py": PYTHON_TESTS})
    assert found["test_special_characters"] == "url/url/query.py:quote"


def test_tests_of_one_version_are_not_of_another() -> None:
    tests = {"url/v0.2/tests/test_query.py": PYTHON_TESTS}
    assert len(pairs({"url/v0.2/url/query.py": PYTHON, **tests})) == 3
    assert pairs({"url/v0.1/url/query.py": PYTHON, **tests}) == {}


def test_a_name_imported_from_elsewhere_is_another() -> None:
    tests = PYTHON_TESTS.replace("from url.query", "from yarl.query")
    assert "test_parse_two_names" not in pairs(
        {"url/url/query.py": PYTHON, "url/tests/test_query.py": tests}
    )


def test_tests_and_what_is_local_to_them_are_not_offered() -> None:
    inner = "    def inner(y):\n        z = y + 1\n        return z * 2\n"
    code = f"def outer(x):\n{inner}    return inner(x)\n"
    offers = drafted("r/code.py", code).offers
    assert offers is not None
    assert [offer.name for offer in unpack_offered(offers.offers).offers] == ["outer"]
    in_test_file = drafted("r/tests/test_code.py", code).offers
    assert in_test_file is not None
    assert unpack_offered(in_test_file.offers).offers == ()
    assert unpack_offered(in_test_file.offers).others == (("outer", "", False),)


def test_a_file_without_tests_claims_nothing() -> None:
    assert drafted("r/code.py", PYTHON).claims is None
    claims = drafted("r/tests/test_query.py", PYTHON_TESTS).claims
    assert claims is not None
    assert len(unpack_claims(claims.claims).tests) == 5
