"""Whether what a doc says is enough: to explain a definition by, or to write its body by."""

import re
from collections.abc import Iterable

from transforms.outlines.markup import without_markup
from transforms.outlines.outline import Definition, Span
from transforms.samples.cuts import SourceView
from transforms.samples.documentation import prose_lines
from transforms.samples.english import verb_forms

_MIN_WORDS, _MAX_CHARS = 5, 600
_MIN_SPACED = 4  # words with space around them: a long name is no sentence
_MIN_NEW_WORDS = 2  # that are not the name's
_MAX_FOREIGN_RATIO = 0.05  # of letters: what is asked in English is answered in it
# Of five words of an English sentence, one is nearly always among these.
_ENGLISH = frozenset(
    """a all an and any are as at be been by can do does each false for from given has have if in
    into is it its not of on only or return returns set sets that the their them then these this to
    true used using was when where which whether will with without""".split()
)
_SMALL = _ENGLISH | frozenset(
    "function method class struct constructor interface type object value get gets".split()
)
# Words of notes: on what stands elsewhere, what was or is to be done, to those who know the code.
_NOTES = frozenset(
    """above aforementioned afterwards below bug bugs caution copyright counterpart courtesy
    deprecated ditto example examples fixme hack here hopefully i important issue inherited known
    i'm i've legacy let's me mentioned my nb note notes obsolete our override overridden overrides
    please see seems sorry temporary thanks todo ugly unfortunately us usage warning we we'll we're
    we've workaround xxx you you're your""".split()
)
_NOTE = re.compile(
    r"\b(?:for now|identical to|like the|same as|same name|similar (?:as|to)|test case"
    r"|(?:as|the) following|(?:added|changed|introduced|removed|new) in"
    r"|code (?:is|was|comes) (?:\w+ )?from|in sync with|(?:must|should) (?:never|not|only) be used"
    r"|to be (?:commented|documented|done|implemented|removed)"
    r"|(?:adapted|borrowed|copied|moved|ported|stolen|taken) from|since (?:version )?\d)\b"
    r"|https?:|www\.|\w@\w|#\d|\?",
    re.IGNORECASE,
)
# What begins a remark that goes on with something, or gives a reason.
_REMARK = re.compile(
    r"(?:about|actually|ah+|also|although|and|as|basically|because|bleh|but|do not|don't"
    r"|do this|however|hm+|instead|it|it's|its|like"
    r"|no|not|ok|okay|otherwise|so|there|these|they|this one|those|though"
    r"|use this|well|yes"
    r"|this (?:is )?(?:\w+ )?(?:because|has to|how|must|necessary|needed|needs?|required|should|so"
    r"|where|why))\b"
    r"|for\b[^,]*\Z",  # no verb is to follow
    re.IGNORECASE,
)
# What a sentence may begin with that is told of something: its subject, of one to four words.
_SUBJECT = re.compile(
    r"((?:[\w'-]+ ){0,3}?[\w'-]+) (?:are|can|cannot|has|have|is|may|must|should|was|were|will)\b"
)
_NO_SUBJECT = frozenset("that which who whose whether if how what when where while".split())
_ITSELF = frozenset(
    """class code constructor enum function helper instances interface it macro message method
    module object struct test this trait type""".split()
)
# What begins a section, or the description of a parameter: "x (int): the width".
_SECTION = re.compile(
    r"^\S+ \([^()]*\):|\b(?:arg|argument|attribute|description|effect|ensure|field|in|input"
    r"|keyword argument|member|name|option|out|output|param|parameter|post|postcondition|pre"
    r"|precondition|property|purpose|raise|require|result|return|summary|synopsis|syntax|throw"
    r"|value|yield)s?\s*:",
    re.IGNORECASE,
)
# Markup that is left, code outside backticks, lists.
_NO_PROSE = re.compile(
    r"[{}\\|$~^;=@]|<[/\w]|&\w+;|\[\[|->|::|--|\.\.\.|\*\*|__|>>"
    r"|(?:^|\s)(?:[-*+\u2022\u00b7]|\d+[.)])\s"
)
_CODE_SPAN = re.compile(r"`[^`]+`")
_WORD = re.compile(r"[^\W\d_]{2,}")
_PLAIN_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_NAME_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_BEGINS = re.compile(r"[A-Za-z`\"'(]")
_ENDS = re.compile(r"[\w.!)`\"']$")
_UNFINISHED = frozenset(
    """a an and are as at be but by for from if in into is not of on or than that the their to via
    which with""".split()
)

_MIN_SPECIFYING = 10
_DESCRIBED_WORDS = 4  # that the description of a parameter or result counts as
_DESCRIBED = re.compile(
    r"[@\\:](?:arg|exception|param|raises?|result|returns?|retval|throws|tparam)\b"
    r"|<(?:exception|param|returns)\b|^\W{0,6}(?:Raises|Returns?|Throws|Yields):? \w"
    r"|^\s*\W{0,4}(?:Arguments|Args|Inputs?|Outputs?|Parameters|Params|Raises|Returns?|Throws"
    r"|Yields)\b\s*:?\s*$",
    re.MULTILINE,
)
# Lines of a doc that say nothing of what a body is to do.
_UPKEEP = re.compile(
    r"[@\\](?:access|author|category|deprecated|export|ingroup|inheritdoc|internal|package|rdname"
    r"|see|since|stability|version)\b|\.\. version|https?:|(?i:copyright|fixme|todo)"
)


def explanation(view: SourceView, definition: Definition) -> str:
    """Return the first paragraph of a definition's doc, without markup, if it explains it.

    It does if it tells by itself, in English sentences, what the definition is or does, and says
    more than its name. Notes on other places, history or upkeep do not, nor lists, nor code.
    """
    spec = view.language.outline
    if spec is None:
        return ""
    summary = without_markup(definition.details.summary, spec.doc.markup)
    prose = _CODE_SPAN.sub("x", summary)
    words = _WORD.findall(prose)
    too_short = len(words) < _MIN_WORDS or len(prose.split()) < _MIN_SPACED
    if too_short or len(summary) > _MAX_CHARS or not _is_sentence(summary, prose):
        return ""
    plain = [word.lower() for word in _PLAIN_WORD.findall(prose)]
    if not _NOTES.isdisjoint(plain) or _NOTE.search(prose) or _REMARK.match(prose):
        return ""
    if _is_of_another(definition, prose):
        return ""
    is_telling = _is_english(summary, plain) and _adds_to(definition.name, words)
    return summary if is_telling and words[-1].lower() not in _UNFINISHED else ""


def specifies(view: SourceView, definition: Definition, doc: Span, body: Span) -> bool:
    """Whether a doc says enough to write the body by: a word for each of its lines, at least ten.

    Words count that are not the name's; a parameter or result that is described counts as four.
    """
    known = _name_words(definition.name) | _SMALL
    lines = [line for line in prose_lines(view.text, doc) if not _UPKEEP.search(line)]
    new = sum(word.lower() not in known for line in lines for word in _WORD.findall(line))
    described = len(_DESCRIBED.findall(view.text[doc.start : doc.end].decode()))
    body_lines = view.text.count(b"\n", body.start, body.end)
    enough = max(_MIN_SPECIFYING, body_lines)
    return new + _DESCRIBED_WORDS * described >= enough and bool(explanation(view, definition))


def _is_sentence(summary: str, prose: str) -> bool:
    """Whether a text begins and ends as one, has all its brackets and quotes, and no code."""
    if _SECTION.search(prose) or _NO_PROSE.search(prose) or "`" in prose:
        return False
    if not _begins_well(summary) or not _ENDS.search(summary):
        return False
    pairs = all(prose.count(a) == prose.count(b) for a, b in ("()", "[]"))
    return pairs and prose.count('"') % 2 == 0


def _begins_well(summary: str) -> bool:
    """Whether a text begins as a sentence does, or at least with a verb or `this`."""
    if not _BEGINS.match(summary):
        return False
    first = _PLAIN_WORD.match(summary)
    if first is None or not first[0].islower():
        return True
    whole = re.match(r"\S+", summary)
    is_name = whole is not None and whole[0].rstrip(",.;") != first[0]
    return is_name or first[0] == "this" or first[0] in verb_forms()


def _is_of_another(definition: Definition, prose: str) -> bool:
    """Whether a text is told of something else, such as a parameter, or has a name run into it.

    What a test is for is told of what it tests.
    """
    name = definition.name
    named = re.match(rf"{re.escape(name)} ([A-Z][a-z]+) ", prose)
    if named and named[1].lower() in verb_forms():
        return True
    subject = _SUBJECT.match(prose)
    if subject is None or "test" in name.lower() or definition.kind == "test":
        return False
    words = subject[1].lower().split()
    is_verb = len(words) > 1 and words[0] in verb_forms()
    known = _name_words(name) | _ITSELF
    return not is_verb and _NO_SUBJECT.isdisjoint(words) and known.isdisjoint(words)


def _is_english(text: str, words: Iterable[str]) -> bool:
    letters = sum(map(str.isalpha, text))
    foreign = sum(char.isalpha() and not char.isascii() for char in text)
    return not _ENGLISH.isdisjoint(words) and foreign <= _MAX_FOREIGN_RATIO * letters


def _adds_to(name: str, words: Iterable[str]) -> bool:
    known = {word.rstrip("s") for word in _name_words(name) | _SMALL}
    return len({word.lower() for word in words if word.lower().rstrip("s") not in known}) >= (
        _MIN_NEW_WORDS
    )


def _name_words(name: str) -> set[str]:
    return {word.lower() for word in _NAME_WORD.findall(name)} | {name.lower()}
