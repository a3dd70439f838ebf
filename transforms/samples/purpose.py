"""What a definition is for, as a verb phrase in the base form: "return the area of a box".

It is taken from a doc or guessed from a name, by rules that would rather refuse (return an empty
string) than say what does not read well after "which should".
"""

import itertools
import re

from transforms.samples.english import article, is_noun, is_plural, load_words, verb_forms

MIN_WORDS, MAX_WORDS, MAX_CHARS = 3, 20, 140
MAX_NAME_WORDS = 5

# Words that begin a noun phrase or a clause: what stands before them was a verb.
_DETERMINERS = frozenset(
    """a all an another any both each every its no some that the their them these this those
    whether""".split()
)
_OPENERS = _DETERMINERS | frozenset("exactly how if it itself one several up when which".split())
_NO_ARTICLE = (_OPENERS - {"up"}) | frozenset(
    """appropriate available false necessary needed none null possible self there true two three
    zero""".split()
)
# After a sure verb these still make a noun of it: "Return value of the call", "Copy of the table".
_NOUN_SIGNS = frozenset(
    """address code codes date factor flag is lock means name of only option options path size
    status time type types value values""".split()
)
_UNFINISHED = frozenset(
    """a an and as at but by for from if in into of on or that the their to which with""".split()
)
# Words that end a noun phrase, and those of them after which another one begins.
_BEFORE_NOUNS = frozenset("and from if into of onto or to up whether".split())
_PREPOSITIONS = frozenset("at by for from in into of on to with".split())
_BOUNDARIES = (
    _BEFORE_NOUNS
    | _PREPOSITIONS
    | frozenset(
        """about above across after against among around as because before below between but during
        except given inside instead like out outside over per since so starting than that then
        through under unless until upon used using via when where which while within
        without""".split()
    )
)
# After these a noun that can be counted has an article, but for what is said without one.
_BEFORE_COUNTED = frozenset("as at for in on using with without".split())
_IDIOMS = frozenset("case default format mode order place position state time".split())
# Verbs that may be followed by a preposition at once.
_WITH_PREPOSITION = frozenset(
    {("check", "for"), ("connect", "to"), ("load", "from"), ("read", "from"), ("save", "to")}
    | {("search", "for"), ("wait", "for"), ("write", "to")}
)
_LEAD = re.compile(
    r"(?:(?:this|the|a|an)? ?(?:(?:helper|utility|convenience) )?"
    r"(?:function|method|routine|procedure|subroutine|macro|helper|utility) |it )?"
    r"(?:that |which |to |(?:will|should|can be used to|is used to|used to) )?(?:simply |just )?",
    re.IGNORECASE,
)
_TO_DO = re.compile(r"\s*to\s", re.IGNORECASE)
_SENTENCE = re.compile(
    r"(.*?)(?:(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)\.(?=\s|$)|$)", re.IGNORECASE
)
# Markup, lists, code and addresses; then what speaks to the reader or of something else.
_REFUSED = re.compile(
    r"""[][`{}<>=*|\\@#~^:;?!&$%+_]|--|\.\.|\w\(|www\.|[ ]-[ ]|[ ]/|\(\)|(?<!\w)\)
    |\b(?i:todo|fixme|xxx|hack|deprecated|obsolete|legacy|internal|copyright|licen[cs]e|args|kwargs
    |e\.g|i\.e|etc|eg|ie|you|your|yours|we|our|us|i|me|my|here|above|below|following|see|example
    |note|please|now|\w+n't
    |this[ ](?:class|command|function|helper|macro|method|procedure|routine|script|test)
    |(?:and|but)[ ]do[ ]not|otherwise|that[ ]these
    |(?:as|at|by|for|from|in|of|on|to|under|with)[ ](?:current|given|passed|provided|specified))\b
    |(?<!\w)\.\w|[a-z][A-Z]""",
    re.VERBOSE,
)
# A capital where a sentence goes on: two of them ran together, or a list of parameters followed.
_RUN_ON = re.compile(
    r" (?:A|An|As|By|Defaults?|For|If|In|It|Parameters?|Raises?|Returns?|The|This|These|Throws?"
    r"|Used|When)\b"
)
# Kinds whose names say what is done.
_CALLABLE_KINDS = frozenset("function method procedure subroutine macro task iterator".split())
_PLAIN_NAME = re.compile("_?[A-Za-z][A-Za-z_]*[A-Za-z]")
_NAME_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def purpose_from_doc(summary: str) -> str:
    """Turn the first sentence of a doc's summary into a verb phrase in the base form.

    "Returns the area of a box." becomes "return the area of a box". Nothing is made of a sentence
    that has markup, code or an address in it, is not in English, is a question, has fewer than 3 or
    more than 20 words, speaks to its reader, leaves out articles, or does not surely begin with a
    verb that is known.
    """
    sentence = _first_sentence(" ".join(summary.replace("\u2019", "'").split()))
    words = sentence.split()
    if not MIN_WORDS <= len(words) <= MAX_WORDS or len(sentence) > MAX_CHARS:
        return ""
    if not sentence.isascii() or _REFUSED.search(sentence) or _RUN_ON.search(sentence):
        return ""
    if sentence.count('"') % 2 or sentence.count("(") != sentence.count(")"):
        return ""
    if _TO_DO.match(summary) and "," in sentence:
        return ""  # "To make one, call ...": what its reader is to do
    if words[-1].lower() in _UNFINISHED or not re.search(r"[\w\"')]$", sentence):
        return ""
    return _in_base_form(words)


def _first_sentence(text: str) -> str:
    found = _SENTENCE.match(text)
    sentence = found[1] if found else ""
    lead = _LEAD.match(sentence)
    return sentence[lead.end() :] if lead else sentence


def _in_base_form(words: list[str]) -> str:
    first, second = words[0], words[1].lower().rstrip(",")
    verb, ending = verb_forms().get(first.lower(), ("", ""))
    if not verb or first not in (first.lower(), first.capitalize()) or second in _NOUN_SIGNS:
        return ""
    if verb_forms().get(second, ("", ""))[0] == verb:
        return ""  # "Add adds ...": the name, then the verb
    if _is_told_of(second, words[2].lower()):
        return ""  # "Flatten redacts the ...": the name again
    is_cautious = verb in load_words().cautious_verbs or ending == "ing"
    if is_cautious and second not in _OPENERS:
        return ""
    if second in _PREPOSITIONS | {"as"} and (verb, second) not in _WITH_PREPOSITION:
        return ""
    if ending == "ing" and {"can", "is", "may", "should", "these", "will"} & set(words):
        return ""
    pairs = itertools.pairwise(words)
    if any(word.lower() in ("a", "an") and article(noun) != word.lower() for word, noun in pairs):
        return ""
    rest = [] if _drops_articles(words[1:]) else _rest_in_base_form(words[1:], ending)
    return " ".join([verb, *rest]) if rest else ""


def _is_told_of(second: str, third: str) -> bool:
    """Whether the second word looks like a verb in the third person, not like an object."""
    if not is_plural(second) or second in _OPENERS:
        return False
    return third in _DETERMINERS or not (is_noun(second) or third in _BOUNDARIES)


def _drops_articles(words: list[str]) -> bool:
    """Whether a noun stands without the article it needs, as in "add message to named mailbox"."""
    phrase: list[str] = []
    begins_noun, begins_counted = True, False
    for word in [*words, "and"]:
        plain = word.strip("\"'(),").lower()
        is_boundary = plain in _BOUNDARIES
        if not is_boundary:
            phrase.append(word.strip("\"'(),"))
            begins_counted = begins_counted and not word.startswith("(")
        if is_boundary or word.endswith((",", ")")):
            if phrase and begins_noun and not _stands_alone(phrase):
                return True
            if begins_counted and _lacks_article(phrase):
                return True
            phrase = []
            begins_noun, begins_counted = plain in _BEFORE_NOUNS, plain in _BEFORE_COUNTED
    return False


def _lacks_article(phrase: list[str]) -> bool:
    """Whether a phrase ends in a noun that is known and can be counted, and has no article."""
    if not phrase or phrase[-1] not in load_words().nouns - _IDIOMS or _stands_alone(phrase):
        return False
    is_action = verb_forms().get(phrase[0].lower(), ("", ""))[1] == "ing"
    return not is_action and _NO_ARTICLE.isdisjoint(map(str.lower, phrase))


def _stands_alone(phrase: list[str]) -> bool:
    """Whether a noun phrase needs no article, or has one or what does its work."""
    first, last = phrase[0], phrase[-1]
    if first.lower() in verb_forms() and len(phrase) > 1:
        return _stands_alone(phrase[1:])  # "and reads the header"
    if first.lower() in _NO_ARTICLE or first.endswith("'s"):
        return True
    return is_plural(last) or last in load_words().uncountable_nouns or not last.islower()


def _rest_in_base_form(words: list[str], ending: str) -> list[str]:
    """Put the verbs beside the first one into the base form too; nothing where that is not sure."""
    result = list(words)
    for at in range(1, len(words) - 1):
        before, word, after = words[at - 1].lower(), words[at].lower(), words[at + 1].lower()
        verb, found = verb_forms().get(word, ("", ""))
        if before.endswith(",") and verb in load_words().sure_verbs and found != "ing":
            return []  # two sentences, joined by a comma
        is_beside = before in ("and", "but", "or", "then") or before.endswith(",")
        if not ending or not is_beside or not word.endswith(ending) or word.endswith("ss"):
            continue
        has_object = after in _DETERMINERS or after in ("it", "if", "to")
        is_dependent = not {"if", "that", "when", "which", "who"}.isdisjoint(words[:at])
        if found == ending and has_object and not is_dependent:
            result[at] = verb
        elif verb or has_object:
            return []
    return result


def purpose_from_name(name: str, kind: str) -> str:
    """Guess a verb phrase from a name: "parse_config_file" becomes "parse the configuration file".

    Nothing is made of a name that is not of a function or the like, is of one word or more than
    five, has any word but verb, preposition and the nouns and modifiers that are known, or is as
    likely a noun, such as "write lock".
    """
    if kind not in _CALLABLE_KINDS or not _PLAIN_NAME.fullmatch(name):
        return ""
    verb, *words = [word.lower() for word in _NAME_WORD.findall(name)] or [""]
    if verb not in load_words().name_verbs or not 1 <= len(words) < MAX_NAME_WORDS:
        return ""
    if verb in load_words().compounding_verbs and words[0] in load_words().compounding_nouns:
        return ""
    at = next((at for at, word in enumerate(words) if word in _PREPOSITIONS), len(words))
    preposition, first, second = "".join(words[at : at + 1]), words[:at], words[at + 1 :]
    if preposition and not first and (verb, preposition) not in _WITH_PREPOSITION:
        return ""
    phrases = [_noun_phrase(first, verb)] if first else []
    if preposition:
        phrases += [preposition, _noun_phrase(second, preposition)]
    return " ".join([verb, *phrases]) if all(phrases) else ""


def _noun_phrase(words: list[str], before: str) -> str:
    """Join words behind the right article; nothing where they are not a noun phrase."""
    known = load_words()
    spelled = [known.spelled_out.get(word, word) for word in words]
    has_quantifier = words[:1] in (["all"], ["any"], ["each"], ["every"])
    described = spelled[1:] if has_quantifier else spelled
    if not described or not (is_noun(described[-1]) or described[-1].isupper()):
        return ""
    before_nouns = list(itertools.dropwhile(known.modifiers.__contains__, described[:-1]))
    if not all(is_noun(word) or word.isupper() for word in before_nouns):
        return ""
    noun, last = " ".join(spelled), described[-1].lower()
    if has_quantifier or before == "by":
        return noun
    if before in known.making_verbs:
        bare = is_plural(last) or last in known.uncountable_nouns
        return noun if bare else f"{article(noun)} {noun}"
    return noun if is_plural(last) and before in ("for", "of") else f"the {noun}"
