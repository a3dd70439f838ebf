"""add_comments: the target is the prompt's code with comments put in that the prompt has not."""

import re
from collections.abc import Iterator

from pipeline.validate.cuts import prompt_of
from pipeline.validate.dataset import Record
from pipeline.validate.leaks import leak
from pipeline.validate.relations.missing import Option, missing
from pipeline.validate.relations.python_code import same_code
from pipeline.validate.relations.relation import Relation
from pipeline.validate.sources import Sources

_MIN_WORDS = 3
_WORD = re.compile(r"[^\W\d_]{2,}|[\u3040-\u9fff]{2}")
# What comments look like.
_SLASHES = r"//(?:\\\r?\n|[^\n])*|/\*.*?\*/|/\+.*?\+/"
_HASH = r"#[^\n]*"
_DASHES = r"--\[(?P<level>=*)\[.*?\](?P=level)\]|--[^\n]*|\{-.*?-\}"
_SEMICOLON = r";[^\n]*|#\|.*?\|#|#;\s*\(.*?\)"
_PERCENT = r"%\{.*?%\}|%[^\n]*"
_STARS = r"\(\*.*?\*\)"
_LOOKS = {
    _HASH: "python ruby bash fish perl r elixir puppet make cmake starlark tcl capnp smali awk gn",
    _DASHES: "lua luau haskell ada vhdl elm agda",
    _SEMICOLON: "commonlisp elisp scheme racket clojure",
    _PERCENT: "erlang prolog",
    _STARS: "ocaml ocaml_interface coq",
    rf"{_HASH}|{_SLASHES}": "php nix jsonnet hcl terraform thrift gdscript",
    rf"{_STARS}|{_SLASHES}": "fsharp",
    rf"{_DASHES}|{_SLASHES}": "sql",
    rf"{_STARS}|{_SLASHES}|\{{.*?\}}": "pascal",
    rf"{_PERCENT}|{_HASH}": "matlab",
    rf"{_SLASHES}|<!--.*?-->": "html vue svelte astro",
    r"#\[.*?\]#|##\[.*?\]##|#[^\n]*": "nim",
    r"#=.*?=#|#[^\n]*": "julia",
    r"<\#.*?\#>|#[^\n]*": "powershell",
    r"![^\n]*|^[cCdD*][^\n]*": "fortran",
    r"\"[^\n]*|#[^\n]*": "vim",
}
_FLAGS = re.DOTALL | re.MULTILINE
_COMMENTS = {
    name: re.compile(look, _FLAGS) for look, names in _LOOKS.items() for name in names.split()
}
_OTHERS = re.compile(_SLASHES, _FLAGS)  # in C's manner
_CLOSINGS = ("*/", "+/", "*)", "-}", "|#", "]#")
_NESTED = 4


def _offence(row: Record, sources: Sources | None) -> str:
    """Object if the target is not the prompt's code and comments, or if the prompt has these."""
    target, context = row["target"], row["context"]
    comments = comments_put_in(context, target, row["language"])
    if comments is None:
        return "taking comments out of its target does not give the code of its prompt"
    said = sum(len(_WORD.findall(comment)) for comment in comments)
    if said < _MIN_WORDS:
        return f"its target has {said} words of comments that its prompt has not"
    if row["language"] == "python" and not same_code(context, target):
        return "its target is other code than its prompt"
    text = None if sources is None else sources.text((row["source"], row["path"]))
    if text is None or row["origin"] != "human":
        return ""
    around = (text[: row["start_byte"]], text[row["end_byte"] :])
    elsewhere = (*(part.decode(errors="replace") for part in around), context)
    found = (leak(comment, prompt_of(row), elsewhere) for comment in comments)
    run = next((run for run in found if run), "")
    return f"its prompt holds {run!r} of a comment" if run else ""


def comments_put_in(context: str, target: str, language: str) -> list[str] | None:
    """The comments that a target has and its prompt's code has not; None if it is other code."""
    look = _COMMENTS.get(language, _OTHERS)

    def options(text: str, at: int) -> Iterator[Option]:
        match = look.match(text, at)
        if match is None:
            return
        ends = [match.end()]
        # A comment may hold others.
        while text[ends[-1] - 2 : ends[-1]] in _CLOSINGS and len(ends) < _NESTED:
            after = text.find(text[ends[-1] - 2 : ends[-1]], ends[-1])
            if after < 0:
                break
            ends.append(after + 2)
        yield from (Option(end) for end in reversed(ends))

    places = [at for at in range(len(target)) if look.match(target, at)]
    return missing(target, context, places, options)


RELATION = Relation("add_comments", "comments taken out of their targets", _offence)
