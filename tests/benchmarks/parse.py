"""Speed of parsing, by language, against bare tree-sitter on the same files in the same run.

    python -m tests.benchmarks.parse FOLDER [LANGUAGE...]

For each structured language with ten files or more below the folder, of which up to 2 MB are taken
evenly:

    parse     MB/s of CPU time of `tree_sitter.Parser.parse` alone
    walk      share of that speed left when a query for nothing walks the tree after the parse:
              no outline made with a query can be faster
    outline   share left when definitions are found, with names, kinds and spans
    details   share left when parameters, docs, branches and the like are read as well
    codetext  share left when codetext (of The Vault) lists functions and classes, with their
              metadata and docstrings, in the same trees; `-` where it does not know the language
    draft     MB/s of drafting a file's samples in this process: parse, split, augment, instruct
    isolated  what the disposable process adds to that, of its CPU time and of the wall clock

Of several rounds, in which all take their turns, the fastest counts.
"""

import contextlib
import functools
import gc
import importlib
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psutil
import tree_sitter

from tests.file_keys import draft_rules, text_key
from tests.oracles.__main__ import files_of
from transforms.isolation import Isolated, Limits
from transforms.languages.spec import Language, load_languages
from transforms.outlines.grammar import load_grammar
from transforms.outlines.parse import TooDeep, outline
from transforms.samples.drafting import Drafted, draft_file
from transforms.sources.decoding import Undecodable, decode
from transforms.sources.source import Source

_BYTES = 2_000_000
_DRAFT_BYTES = 1_000_000  # drafting takes twenty times as long
_MIN_FILES = 10
_PEERS = Path("build/peers").absolute()
_CODETEXT = "codetext==0.0.9"
_CODETEXT_PARSERS = {
    "c": "CppParser",
    "cpp": "CppParser",
    "csharp": "CsharpParser",
    "go": "GoParser",
    "java": "JavaParser",
    "javascript": "JavascriptParser",
    "php": "PhpParser",
    "python": "PythonParser",
    "ruby": "RubyParser",
    "rust": "RustParser",
}
_HEAD = (
    "language files MB parse_MB/s walk outline details codetext draft_MB/s"
    " isolated_cpu isolated_wall"
)


def texts_of(language: Language, folder: str) -> list[bytes]:
    """Take files evenly, as many as fit."""
    paths = list(files_of(language.name, [folder]))
    total = sum(Path(path).stat().st_size for path in paths)
    texts: list[bytes] = []
    for path in paths[:: max(1, -(-total // _BYTES))]:
        try:
            text = decode(Path(path).read_bytes()).text
            outline(text, language)
        except (Undecodable, TooDeep):
            continue
        texts.append(text)
    return texts


def _walk(language: Language) -> Callable[[bytes], object]:
    grammar = load_grammar(language.name)
    assert grammar.parser.language is not None
    nothing = tree_sitter.Query(grammar.parser.language, "(ERROR) @error")

    def walk(text: bytes) -> None:
        root = grammar.parser.parse(text).root_node
        tree_sitter.QueryCursor(nothing).matches(root)

    return walk


def _codetext(language: Language) -> Callable[[bytes], object]:
    """codetext's own steps, on trees of our grammar: those that it brings must be downloaded."""
    if not (_PEERS / "codetext").is_dir():
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        subprocess.run([*install, "--target", str(_PEERS), _CODETEXT], check=True)
    if str(_PEERS) not in sys.path:
        sys.path.append(str(_PEERS))
    peer: Any = getattr(
        importlib.import_module("codetext.parser"), _CODETEXT_PARSERS[language.name]
    )
    parser = load_grammar(language.name).parser

    def extract(text: bytes) -> None:
        root = parser.parse(text).root_node
        # It gives up the file where it meets what it knows not.
        with contextlib.suppress(Exception):
            for node in (*peer.get_function_list(root), *(peer.get_class_list(root) or ())):
                is_class = "class" in node.type
                (peer.get_class_metadata if is_class else peer.get_function_metadata)(node)
                peer.get_docstring(node)

    return extract


def _details(text: bytes, language: Language) -> None:
    for definition in outline(text, language).definitions:
        _ = definition.details


def _all_cpu_s() -> float:
    """CPU time of this process and of those it has started."""
    here = psutil.Process()
    return sum(sum(one.cpu_times()[:2]) for one in (here, *here.children()))


def fastest(
    runs: dict[str, Callable[[], object]], clock: Callable[[], float], rounds: int = 5
) -> dict[str, float]:
    """Seconds of each, the least of several rounds in which all take their turns."""
    least = dict.fromkeys(runs, float("inf"))
    for _ in range(rounds):
        for name, run in runs.items():
            start = clock()
            run()
            least[name] = min(least[name], clock() - start)
    return least


def _each(function: Callable[..., object], arguments: Sequence[tuple[object, ...]]) -> None:
    for each in arguments:
        function(*each)


def parsing(language: Language, texts: Sequence[bytes]) -> dict[str, float]:
    """CPU seconds that all texts take: parse, walk, outline, details, codetext."""
    steps: dict[str, Callable[..., object]] = {
        "parse": load_grammar(language.name).parser.parse,
        "walk": _walk(language),
        "outline": functools.partial(outline, language=language),
        "details": functools.partial(_details, language=language),
    }
    if language.name in _CODETEXT_PARSERS:
        steps["codetext"] = _codetext(language)
    arguments = [(text,) for text in texts]
    runs = {name: functools.partial(_each, step, arguments) for name, step in steps.items()}
    return fastest(runs, time.process_time)


def drafting(language: Language, texts: Sequence[bytes]) -> tuple[float, float, float]:
    """MB/s of drafting in this process, and what isolation adds to its CPU and its wall time."""
    arguments = [
        (text_key(language.name, str(number), text), Source(text, text, ""))
        for number, text in enumerate(texts)
    ]
    draft = functools.partial(draft_file, rules=draft_rules(Path()))
    isolated: Isolated[Drafted] = Isolated(draft, Limits(cpu_s=600))
    runs: dict[str, Callable[[], object]] = {
        "here": functools.partial(_each, draft, arguments),
        "isolated": functools.partial(_each, isolated, arguments),
    }
    runs["isolated"]()  # the start of the child is shared by all files of a worker
    cpu = fastest(runs, _all_cpu_s, rounds=3)
    wall = fastest(runs, time.perf_counter, rounds=3)
    isolated.close()
    size = sum(map(len, texts))
    added = [times["isolated"] / times["here"] - 1 for times in (cpu, wall)]
    return size / cpu["here"] / 1e6, added[0], added[1]


def main(folder: str, names: Sequence[str]) -> None:
    """Print a line for each language."""
    gc.freeze()  # as the disposable process does
    print(_HEAD)
    for language in load_languages().values():
        if not language.outline or (names and language.name not in names):
            continue
        texts = texts_of(language, folder)
        if len(texts) < _MIN_FILES:
            continue
        size = sum(map(len, texts))
        seconds = parsing(language, texts)
        left = [
            f"{seconds['parse'] / seconds[name]:.2f}" if name in seconds else "-"
            for name in ("walk", "outline", "details", "codetext")
        ]
        few = texts[:: max(1, size // _DRAFT_BYTES)]
        speed, cpu, wall = drafting(language, few)
        print(
            f"{language.name} {len(texts)} {size / 1e6:.2f} {size / seconds['parse'] / 1e6:.2f} "
            + " ".join(left)
            + f" {speed:.2f} {cpu:+.1%} {wall:+.1%}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
