"""Holds outlines against universal-ctags: `python -m tests.oracles.ctags LANGUAGE|all FOLDER...`.

Prints, for each language, what share of the names that ctags calls definitions are those of an
outline's definitions of the same file (name recall), over files without a syntax error and over
all; and by kind what was missed, with examples. ctags reads most languages by regular expressions:
what it tags by mistake stands among the misses, to be looked at.
"""

import collections
import dataclasses
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.oracles.__main__ import files_of
from transforms.languages.spec import load_languages
from transforms.outlines.outline import Outline
from transforms.outlines.parse import TooDeep, outline
from transforms.sources.decoding import Undecodable, decode

_EXAMPLES = 8
_MOST_FILES = 1_500


@dataclasses.dataclass(frozen=True, slots=True)
class Tagger:
    """How ctags calls a language, and which of its kinds are definitions in the contract's sense.

    Variables, fields, constants, mere declarations and uses are none.

    Attributes:
      prefix: pattern of what ctags counts to a name and an outline does not, such as its scope.
      not_names: pattern of names that ctags makes up, or takes for names by mistake.
      lines, not_lines: patterns of the lines that define what is meant, and of those that do not,
        where ctags takes more for definitions.
      clauses: whether ctags tags each clause of a definition, or its type as well: a tag is then
        found that stands in a definition of its name.
    """

    language: str
    kinds: tuple[str, ...]
    prefix: str = r"\A\Z"
    not_names: str = r"\A__anon"
    lines: str = ""
    not_lines: str = r"\A\Z"
    clauses: bool = False


# Not OCaml and Elixir: ctags takes names out of strings and docs' examples. The tags of their
# grammars tell more.
TAGGERS = {
    # An operator's name has its quotes.
    "ada": Tagger("Ada", ("package", "subprogram", "task", "protected"), prefix=r'\A"|"\Z'),
    # Arrays, `names=()`, and what here-documents hold in C or for profilers are no functions.
    "bash": Tagger("Sh", ("function",), not_names=r"=\Z|[*]|::"),
    "c": Tagger("C", ("function", "struct", "union", "enum")),
    "clojure": Tagger("Clojure", ("function",)),
    "cmake": Tagger("CMake", ("function", "macro")),
    "commonlisp": Tagger("Lisp", ("function", "macro")),
    # Each part of `namespace a::b` is a tag; operators are named with a space.
    "cpp": Tagger(
        "C++",
        ("function", "class", "struct", "union", "enum"),
        not_names=r"\A(?:__anon|operator\b)",
    ),
    "csharp": Tagger("C#", ("class", "interface", "method", "struct", "enum", "namespace")),
    # Attributes; and what an operator is for is cut off from its name.
    "cuda": Tagger(
        "CUDA",
        ("function", "struct", "union", "enum"),
        not_names=r"\A(?:__anon|__launch_bounds__|__align__|operator)",
    ),
    "d": Tagger("D", ("function", "class", "struct", "interface", "union", "enum", "template")),
    "elisp": Tagger("EmacsLisp", ("function", "macro", "inline", "subst")),
    # Words and variables that a line of a function, a macro or a string begins with.
    "erlang": Tagger(
        "Erlang", ("function", "record"), not_names=r"\A(?:[A-Z]|when\Z|end\Z)", clauses=True
    ),
    "fortran": Tagger("Fortran", ("function", "subroutine", "module", "program", "type")),
    # Keywords for names, calls of the preprocessor and of Template Haskell; fields of records,
    # operators by their left side, types of several functions.
    "haskell": Tagger(
        "Haskell",
        ("function", "type"),
        not_names=r"\A(?:class|deriving|family|infix[lr]?|instance|pattern|role|where|[A-Z_0-9]+)\Z",
        not_lines=(
            r"\A\s*[{,|]|\{\s*\w+(?:, \w+)*\s*::|::.*,\s*(?:--.*)?\Z|''?[A-Z]|\[d\|\Z"
            r"|\A\w+ (?!=\s|::|\|\s)[!#$%&*+./<=>?@^|~:`-]+|\A\w+, \w+ ::"
        ),
        clauses=True,
    ),
    "haxe": Tagger("Haxe", ("class", "interface", "method")),
    "julia": Tagger("Julia", ("function", "macro", "module", "struct")),
    # Lambdas, their parameters and variables of loops are methods to ctags; a companion without
    # a name is called so.
    "kotlin": Tagger(
        "Kotlin",
        ("class", "interface", "method", "object"),
        prefix=r"\A\s+",
        not_names=r"\A(?:<|__anon|Companion\Z)",
        not_lines=r"\A(?!.*\b(?:fun|class|interface|object)\b)",
    ),
    # ctags takes `functional` for the keyword, and what is called with a function for its name.
    "lua": Tagger(
        "Lua",
        ("function",),
        prefix=r"\A.*[.:]",
        lines=r"\A\s*(?:local\s+)?function\b|\A\s*[\w.]+\s*=\s*function\b",
    ),
    "make": Tagger("Make", ("target",)),
    "matlab": Tagger("MatLab", ("function", "class")),
    # Its class methods are of the kind class; its enums are enumerators. Macros after a header it
    # takes for functions or methods, prototypes for functions, and struct types for structs.
    "objc": Tagger(
        "ObjectiveC",
        ("implementation", "protocol", "interface", "method", "class", "function", "struct"),
        not_names=r"\A(?:__attribute|void\Z|DEPRECATED_|NS_|CF_|SWIFT_|GPBNS|GPBObjC)",
        lines=r"\A\s*[-+]|[^;]\Z",
    ),
    "pascal": Tagger("Pascal", ("function", "procedure"), prefix=r"\A.*\."),
    # A package without a block has no body, and is a declaration. Assembler in heredocs, with its
    # instruction `sub`, is no code of Perl's.
    "perl": Tagger("Perl", ("subroutine",), lines=r"\bsub\s+[A-Za-z_][\w:']*\s*[{(:;#$]"),
    "php": Tagger("PHP", ("class", "function", "interface", "trait")),
    "powershell": Tagger("PowerShell", ("function",)),
    "proto": Tagger("Protobuf", ("message", "enum", "service", "rpc", "oneof")),
    "puppet": Tagger("PuppetManifest", ("class", "definition", "node")),
    # It leaves the quotes around a name, and dots before it out.
    "r": Tagger("R", ("function",), prefix=r"[\"']"),
    "ruby": Tagger("Ruby", ("class", "method", "module", "singletonMethod")),
    # Its functions are all that is defined, variables too.
    "scheme": Tagger("Scheme", ("function",), lines=r"\(define\S*\s+\(|\(lambda\b"),
    "sql": Tagger("SQL", ("function", "procedure", "table", "trigger", "view", "package")),
    "tcl": Tagger("Tcl", ("procedure", "namespace"), prefix=r"\A.*::"),
    "verilog": Tagger(
        "SystemVerilog", ("module", "function", "task", "class", "interface", "package", "program")
    ),
    "vhdl": Tagger("VHDL", ("entity", "architecture", "function", "procedure", "package")),
    "vim": Tagger("Vim", ("function", "command")),
}


@dataclasses.dataclass(slots=True)
class _Tally:
    """Tags of one language's files, and those that an outline has."""

    files: int = 0
    tags: int = 0
    found: int = 0
    missed: dict[str, list[str]] = dataclasses.field(
        default_factory=lambda: collections.defaultdict(list)
    )

    @property
    def recall(self) -> float:
        """Share of the tags that are definitions of the outlines."""
        return self.found / self.tags if self.tags else 1.0


def tags_of(tagger: Tagger, paths: Sequence[str]) -> Iterator[tuple[str, str, str, int]]:
    """What ctags finds: path, kind, name and 1-based line of each definition."""
    command = ["ctags", "--options=NONE", f"--language-force={tagger.language}", "--fields=+Kn"]
    command += ["--output-format=json", "--sort=no", "--extras=-{pseudo}{anonymous}{qualified}"]
    listing = "".join(f"{path}\n" for path in paths)
    seen = subprocess.run(
        [*command, "-f", "-", "-L", "-"], input=listing.encode(), capture_output=True, check=True
    )
    for line in seen.stdout.decode("utf-8", errors="replace").splitlines():
        tag = json.loads(line)
        name = re.sub(tagger.prefix, "", tag["name"])
        written = tag.get("pattern", "")[2:].removesuffix("$/")
        if not re.search(tagger.lines, written) or re.search(tagger.not_lines, written):
            continue
        if tag["kind"] in tagger.kinds and not re.search(tagger.not_names, name):
            yield tag["path"], tag["kind"], name, tag["line"]


def _lines(seen: Outline) -> set[tuple[str, int]]:
    """Names of an outline's definitions, with each of the lines that they reach over."""
    return {
        (definition.name, line)
        for definition in seen.definitions
        for line in range(definition.start_line, definition.end_line + 1)
    }


def compare(language: str, paths: Sequence[str]) -> tuple[_Tally, _Tally]:
    """Hold outlines against tags: of the files without a syntax error, and of all."""
    clean, everything = _Tally(), _Tally()
    tags: dict[str, list[tuple[str, str, int]]] = {path: [] for path in paths}
    for path, *tag in tags_of(TAGGERS[language], paths):
        tags[path].append((tag[0], tag[1], tag[2]))
    for path, found in tags.items():
        try:
            text = decode(Path(path).read_bytes()).text
            seen = outline(text, load_languages()[language])
        except (Undecodable, TooDeep):
            continue
        names = collections.Counter(
            # A rule of a makefile may have several names.
            name
            for definition in seen.definitions
            for name in {definition.name, *definition.name.split()}
        )
        lines = _lines(seen) if TAGGERS[language].clauses else set()
        tallies = [everything] if seen.root.has_error else [everything, clean]
        for tally in tallies:
            tally.files += 1
        for kind, name, line in found:
            is_found = names[name] > 0 or (name, line) in lines
            names[name] -= is_found
            for tally in tallies:
                tally.tags += 1
                tally.found += is_found
                if not is_found:
                    tally.missed[kind].append(f"{path}:{line} {name}")
    return clean, everything


def report(language: str, clean: _Tally, everything: _Tally) -> str:
    """Figures of one language, and what was missed in files without an error."""
    lines = [
        f"{language}: {clean.files} files, {clean.tags} tags, name recall {clean.recall:.4f};"
        f" with errors: {everything.files} files, {everything.tags} tags, {everything.recall:.4f}"
    ]
    for kind, missed in sorted(clean.missed.items()):
        lines.append(f"  missed {kind}: {len(missed)}")
        step = max(1, len(missed) // _EXAMPLES)
        lines += [f"    {example}" for example in missed[::step][:_EXAMPLES]]
    return "\n".join(lines)


def main(language: str, folders: Sequence[str]) -> None:
    """Compare one language, or all that ctags knows as well."""
    if shutil.which("ctags") is None:
        print("SKIPPED: there is no universal-ctags here")
        return
    for name in [language] if language in TAGGERS else TAGGERS:
        paths = list(files_of(name, folders))
        chosen = paths[:: max(1, -(-len(paths) // _MOST_FILES))]
        print(report(name, *compare(name, chosen)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
