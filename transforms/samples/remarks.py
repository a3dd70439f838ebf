"""Which comments are a person's words: no directives, no commented-out code, no licences."""

import re

from transforms.samples.documentation import LICENCE

# What makes a line one of a comment, in any language, and what ends the comment there.
_OPENING = re.compile(
    r"\s*(?:(?://+|#+|;+|%+|--+|/\*+|\*+(?!/)|\(\*+|\{-?|<!--|<#|#\||--\[=*\[|!+|[\"']|rem\b|dnl\b)[!/|<]*\s*)*",
    re.I,
)
_ENDING = re.compile(r"(?:\*+/|\*+\)|-*-->|-\}|\|#|#>|\]=*\])\Z")
_RULE = re.compile(r"[\W_]*")  # a line without words
_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"\w+://\S+")  # of a page; its words are none
# Signs that are a syllable or a word each.
_IDEOGRAM = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_IDEOGRAMS_A_WORD = 2

_GENERATED = re.compile(
    r"auto-?generated|generated (?:by|from|automatic)|do not (?:edit|modify)|non-javadoc"
    r"|lapack|^(?:static|instance) fields$|^(?:direct|virtual) methods$|^#?-\*-",
    re.I,
)
_TODO = re.compile(r"(?:@?to-?do|fixme|xxx|hack)\b", re.I)
_TODO_LINE = re.compile(r"(?:TODO|FIXME|XXX)\b")

# How that begins which is written for a tool.
_TOOLS = re.compile(
    "|".join(
        (
            # linters and checkers of types
            r"noqa|type ?:|pylint|pyright|mypy\b|flake8|ruff:|nosec|[ejt]slint|js[hl]int|jscs",
            r"biome|oxlint|stylelint|no-?lint|lint\b|checkstyle|noinspection|nopmd|nosonar|ktlint",
            r"@?suppress(?:warnings|lint|\(| \w+-)|detekt|swiftlint|rubocop|reek|steep:|shellcheck",
            r"luacheck|selene|phpcs|phpstan|psalm|coverity|cppcheck|clang-|iwyu|no critic|hlint",
            r"scalastyle|scalafix|resharper|stylecop|clippy|credo:|dialyzer|elvis|solhint|slither",
            r"hadolint|cspell|spell-?checker|@ts-|@flow|argsused|not ?reached",
            r"fall[- ]?(?:s )?(?:through|thru)\W*$|globals? \w+(?:[,:]|\W*$)|exported \w+\W*$",
            # formatters, editors, regions that are folded or shown elsewhere
            r"isort:|yapf:|fmt:|prettier|@formatter|spotless|swift-?format|stylua|perltidy",
            r"scalafmt|rustfmt|buildifier|keep sorted|-\*-|vim?:|emacs:|local variables:",
            r"(?:en)?coding[:=]|(?:#?end ?)?region\b|mark: ?-|mark:|</?editor-fold|snippet[:-]",
            r"tag::|end::|\[(?:start|end)\b|language=|language:|jinja|\.\. [\w ]+ \.\.$",
            # coverage, compilers, packers, generators
            r"pragma|istanbul|c8 |v8 ignore|@?codecov|[lg]cov|webpack|sourcemapping|[@#]__|@jsx",
            r"@vite|deno-|go:|export \w+$|\+build|\$non-nls|frozen_string|verilator|synopsys",
            r"synthesis (?:o|t)|translate_o|@?generated|natspec|inheritdoc",
            r"@(?:nocollapse|internal|hide|suppress|override|deprecated|type|var|param|return)",
            r"@(?:const|private|license|preserve|closure|inherit)",
            # what a test of a compiler expects, and what a program printed
            r"xfail|run:|line \d+$|want [`\"]|dg-|expected-|\$expect|!diagnostics|<!|\^\^",
            r"~ ?(?:error|warn)",
            r"\d{4}-\d\d-\d\dT?.{3}:",
        )
    ),
    re.I,
)
# Names of places for tests of a compiler, such as CHECK-NEXT:, but no words that people shout.
_TAG = re.compile(
    r"(?!(?:NOTE|NB|WARN|WARNING|CAUTION|IMPORTANT|INFO|SAFETY|PERF|BUG|REMARK|REVIEW|HINT|TIP"
    r"|EXAMPLE|INVARIANT|REASON|ASSUMPTION|STEP|CASE|PRE|POST|SECURITY|COMPAT|BREAKING|DANGER)\b)"
    r"[A-Z][A-Z0-9_]{2,}(?:-[A-Z]+)*:"
)
_MARKS_OF_TOOLS = re.compile(r"\s*(?:#!|\{\$|\(\*\$|\{-#|#;|#_|\(comment\b|//>|//~|//\$|#\|\|)")

# What closes a block says nothing that its beginning does not say.
_CLOSING = re.compile(
    r"(?:end|endif|endfor|endwhile|fi|else|namespace|class|if|for|foreach|while|switch|function"
    r"|struct|extern|anonymous|ifdef|ifndef|defined|try|catch|method)\b[\w\s:.!()&|<>*\"]*$",
    re.I,
)
_FEW_WORDS = 3

# What tells code from prose in a line.
_CODE = re.compile(
    r"[;{}]\s*$|[{(\[\\]$|^[})\]]|\)\),?$|;\s+(?://|/\*|#)"  # how a line of code ends and begins
    # assignments and operators
    r"|^[\w.$@>\[\]'\"-]+\s*(?:[-+*/|&.:]|<<)?=(?:[^=]|$)|[=!]==?\s|&&|\|\||\w->\w|=>|<-|:="
    # calls
    r"|^\w[\w.:>-]*\(.*\)?[;,]?$|\w\(.*\)\s*[.;{]\w|::\w+\(|^\w+::\S+ \$\w|^(?:\|>|<-|->)\s"
    # statements and declarations
    r"|^(?:if|elif|for|foreach|while|switch|catch|when|unless)\s*\(.*[{;)]$"
    r"|^(?:return|print|printf|puts|echo|assert|raise|throw|new|await|yield)\b\s*[\w.]*\s*[(\[\"'$]"
    r"|^(?:def|fn|func|function|fun|sub|proc|class|struct)\s+\w+\s*[({:]"
    r"|^(?:var|let|const|val|my|local|int|char|bool|double|float|unsigned|auto|static|public|private"
    r"|implicit|lazy)"
    r"\s+[\w*&'\[\]<>]+\s*(?:[=;:(]|\w+\s*[=;(])|\w \$ \w"
    r"|^(?:import|include|require|use|using|package|from)\s+[\w.:<>\"'/*]+(?:\s+import\b.*)?;?$"
    r"|^#?(?:ifdef|ifndef|define|endif|include|undef)\b"
    # tags, names, values, lists
    r"|^</?\w[^>]*>|^[$@%&]\w+|^\w+(?:\.\w+)+$|^\w+_\w+$|^[a-z]+[A-Z]\w*$|^:\w+"
    r"|^\[[\w\s,.:'\"-]*\]$|^\(\w+[ )]|^[\"'].*[\"'],?$|^-?\d[\d.,\s]*$|^\w+:\s*[\"'\[{(\d]"
    r"|^\w+, ?\w+,|^\w+ \"[^\"]*\"$|^\.\w+ \w+"
)
_MAX_CHARS = 400  # of a line that are looked at; the search for code takes their square
_CODE_RATIO = 3  # one line in so many may look like code among prose
_BRACKETS = re.compile(r"[{}()\[\];,]+$")
_NAME_ALONE = re.compile(r"[^\s]*[\d_./:<>\[\]*()=-][^\s]*[^.\s]$")


def words_of(comment: str) -> int:
    """Count the words of a comment."""
    said = _ADDRESS.sub(" ", comment)
    ideograms = len(_IDEOGRAM.findall(said))
    return len(_WORD.findall(_IDEOGRAM.sub(" ", said))) + ideograms // _IDEOGRAMS_A_WORD


def is_generated(comment: str) -> bool:
    """Whether a comment says that the code around it was written by a program."""
    return bool(_GENERATED.search(comment))


def is_in_words(comment: str) -> bool:
    """Whether a comment says something to a reader in words.

    Args:
      comment: with its marks; line comments that stand on lines one after the other are one.
    """
    lines = _lines(comment)
    if any(_MARKS_OF_TOOLS.match(line) for line in comment.splitlines()) or any(
        _TOOLS.match(line) or _TAG.match(line) for line in lines
    ):
        return False
    said = [line for line in lines if not _RULE.fullmatch(line)]
    prose = " ".join(line.strip("-=*_~+#/. ") for line in said)
    if any(pattern.search(prose) for pattern in (LICENCE, _GENERATED)) or _TODO.match(prose):
        return False
    if any(map(_TODO_LINE.match, said)):
        return False
    words = words_of(prose)
    if not words or (words <= _FEW_WORDS and _is_no_phrase(prose)):
        return False
    code = sum(1 for line in lines if _CODE.search(line) or _BRACKETS.match(line))
    return _CODE_RATIO * code <= len(said)


def _lines(comment: str) -> list[str]:
    """What a comment says, line by line, without the marks of comments."""
    braced = comment.startswith("{")
    lines = (line[_end(line) :].rstrip() for line in comment.splitlines())
    bare = (_ENDING.sub("", line[:_MAX_CHARS]) for line in lines)
    return [line.rstrip("}").strip() if braced else line.strip() for line in bare if line.strip()]


def _end(line: str) -> int:
    match = _OPENING.match(line)
    return match.end() if match else 0


def _is_no_phrase(prose: str) -> bool:
    """Whether few words are but a name, or the end of a block."""
    return bool(_CLOSING.match(prose) or _NAME_ALONE.fullmatch(prose[:_MAX_CHARS]))
