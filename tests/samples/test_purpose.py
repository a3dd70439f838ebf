"""Purposes from docs and from names; most docs are those of Python's standard library."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from transforms.samples.english import is_noun, is_plural, load_words, verb_forms
from transforms.samples.purpose import MAX_WORDS, purpose_from_doc, purpose_from_name

ACCEPTED_DOCS = [
    ("Return the area of a box.", "return the area of a box"),
    ("Returns the area of a box.", "return the area of a box"),
    ("Returning the area of a box.", "return the area of a box"),
    ("returns the area of a box", "return the area of a box"),
    ("Returns the area of a box. Negative sides count as zero.", "return the area of a box"),
    ("This function returns the area of a box.", "return the area of a box"),
    ("A function that returns the area of a box", "return the area of a box"),
    ("This method is used to close the connection.", "close the connection"),
    ("Helper function to get the value of the const.", "get the value of the const"),
    ("Test whether a path exists.", "test whether a path exists"),
    ("Change the current working directory to the specified path.",
     "change the current working directory to the specified path"),
    ("Copy count bytes from one file descriptor to another.",
     "copy count bytes from one file descriptor to another"),
    ("Extracts a device major number from a raw device number.",
     "extract a device major number from a raw device number"),
    ("Wait for completion of a specific child process.",
     "wait for completion of a specific child process"),
    ("Split a pathname.  Returns tuple \"(head, tail)\".", "split a pathname"),
    ("Return disk usage statistics about the given path.",
     "return disk usage statistics about the given path"),
    ("Wrap a single paragraph of text, returning a list of wrapped lines.",
     "wrap a single paragraph of text, returning a list of wrapped lines"),
    ("Iterate over the files in this directory.", "iterate over the files in this directory"),
    ("Return a new path with the stem changed.", "return a new path with the stem changed"),
    ("Find the n largest elements in a dataset.", "find the n largest elements in a dataset"),
    ("Determine if a record is loggable by consulting all the filters.",
     "determine if a record is loggable by consulting all the filters"),
    ("Chooses k unique random elements from a population sequence.",
     "choose k unique random elements from a population sequence"),
    ("Return true if the object is a coroutine function.",
     "return true if the object is a coroutine function"),
    ("Add the specified filter to this handler.", "add the specified filter to this handler"),
    ("Parse a sectioned configuration file.", "parse a sectioned configuration file"),
    ("Return all members of an object as (name, value) pairs sorted by name.",
     "return all members of an object as (name, value) pairs sorted by name"),
    ("Compile the source string, then disassemble the code object.",
     "compile the source string, then disassemble the code object"),
    ("Connects to the host, and then wraps the connection in a channel.",
     "connect to the host, and then wrap the connection in a channel"),
    ("Opens the file and reads the header.", "open the file and read the header"),
    ("Copies the table.", "copy the table"),
    ("Sets up the table.", "set up the table"),
    ("Searches the tree for a node.", "search the tree for a node"),
    ("Setting the locale for this thread.", "set the locale for this thread"),
    ("Adds a listener for changes of an option.", "add a listener for changes of an option"),
    ("Writes the text in ASCII mode.", "write the text in ASCII mode"),
    ("Finds the node by name, using a cache.", "find the node by name, using a cache"),
    ("Move the items from LIST in order.", "move the items from LIST in order"),
]  # fmt: skip
REFUSED_DOCS = [
    ("To create a dynamic mutex, just define an object of its type.", "what to do"),
    ("", "nothing"),
    ("Return self.", "short"),
    ("The final path component, if any.", "no verb"),
    ("Gaussian distribution.", "no verb"),
    ("Set of options for the parser.", "noun, not verb"),
    ("Index into the table.", "noun before a preposition"),
    ("List of the names of all members.", "noun before of"),
    ("Name of the current thread.", "noun"),
    ("Return value of the last call.", "Return value"),
    ("Open file descriptors of the process.", "adjective"),
    ("Testing utilities for this module.", "gerund without a determiner"),
    ("Adding a reader to a reactor will make sure it is polled.", "gerund as the subject"),
    ("Write eventfd value.", "no article"),
    ("Kill a process with a signal.", "unknown verb"),
    ("Push item onto heap, maintaining the heap invariant.", "no article, later on"),
    ("Look up log level by name.", "no article after a particle"),
    ("Add message and return assigned key.", "no articles"),
    ("Get an environment variable, return None if it doesn't exist.", "contraction"),
    ("Consume a comment, return a pair.", "comma splice"),
    ("Serialize ``obj`` as a JSON formatted stream.", "markup"),
    ("Return the repr() of an object.", "call"),
    ("Call the system call setpgid(pid, pgrp).", "call with arguments"),
    ("Return an int in the range [0,n).", "brackets"),
    ("Reads the page at https://example.org/index.html for the user.", "URL"),
    ("Return the <b>name</b> of the node.", "HTML"),
    ("Return x: the first coordinate.", "colon"),
    ("Is the path absolute?", "question"),
    ("Get what the user wants, will you?", "question with a verb"),
    ("Area returns the area of a box.", "begins with the name"),
    ("Add adds the number to the sum.", "begins with a name that is a verb"),
    ("execvpe(file, args, env)", "signature"),
    ("D.clear() -> None. Remove all items from D.", "signature first"),
    ("[DEPRECATED] Get the hardware address.", "deprecated"),
    ("Return the old value; deprecated.", "deprecated, later on"),
    ("TODO return the area of a box", "TODO"),
    ("Return the area. TODO", ""),
    ("Return the value of your choice.", "speaks to the reader"),
    ("Return the values described below.", "refers to elsewhere"),
    ("Return the following values.", "begins a list"),
    ("Create a box Parameters width the width", "parameter list"),
    ("Create a box The box is empty", "two sentences run together"),
    ("Return the name of the", "cut off"),
    ("Returns the names and creates of the file.", "unsure second verb"),
    ("Returns a node that is new and sets the root.", "verb of a clause"),
    ("Insert the current text as block.", "no article after as"),
    ("Update the buffer for commit on the line.", "no article after for"),
    ("Return the text for given column of the row.", "no article before given"),
    ("Starts a undo step.", "wrong article"),
    ("Apply the changes in the index but do not commit them.", "second verb in the base form"),
    ("Use this procedure to define a new tag.", "speaks of itself"),
    ("Flatten changes the object into one that is self-contained.", "name, then a verb"),
    ("Flatten redacts raw entries from the object.", "name, then a verb that is unknown"),
    ("Copy the numBytes of the buffer.", "code"),
    ("Build a file that will end in .gz files.", "ending of a file"),
    ("Keeping these together avoids many checks.", "gerund as the subject of a verb"),
    ("Check that these error correctly.", "refers to elsewhere by these"),
    ("Convert a path to the folder, otherwise leave it.", "two sentences"),
    ("Gibt die Fläche zurück.", "German"),
    ("Return the \u9762\u7a4d of a box.", "not Latin"),
    ('Return the unmatched "quote of it.', "quote"),
    ("Return the value of " + "the value of " * 10 + "it.", "long"),
]
ACCEPTED_NAMES = [
    ("parse_config_file", "parse the configuration file"),
    ("parseConfigFile", "parse the configuration file"),
    ("ParseConfigFile", "parse the configuration file"),
    ("_parse_header", "parse the header"),
    ("get_user_name", "get the user name"),
    ("getURL", "get the URL"),
    ("parseHTTPHeader", "parse the HTTP header"),
    ("create_connection", "create a connection"),
    ("create_url_adapter", "create a URL adapter"),
    ("add_item", "add an item"),
    ("add_arguments", "add arguments"),
    ("generate_code", "generate code"),
    ("raise_error", "raise an error"),
    ("remove_all_users", "remove all users"),
    ("get_number_of_items", "get the number of items"),
    ("find_node_by_id", "find the node by ID"),
    ("read_args_from_files", "read the arguments from the files"),
    ("wait_for_lock", "wait for the lock"),
    ("check_for_updates", "check for updates"),
    ("read_from_socket", "read from the socket"),
    ("remove_trailing_slots", "remove the trailing slots"),
]
REFUSED_NAMES = [
    "parse", "", "_", "test_parse_header", "__init__", "__get_name__", "is_valid", "on_click",
    "area_of_box", "parse_cfg", "get_xyzzy", "strip_ws", "get_all", "load_all_", "set_up", "setUp",
    "get_by_id", "convert_to_string", "get_or_create_user", "run_forever", "log_level",
    "start_time", "display_name", "sort_by_key", "find_sorted", "set_readonly", "bind_partial",
    "parse_date_test_", "write_lock", "sendTimeout", "build_mode", "load_utf8_text",
    "parse_error_previous_token", "get_the_name_of_the_user_node",
    "write_to", "update_careful", "\u00e4ndere_namen", "save!", "operator ==",
]  # fmt: skip


@pytest.mark.parametrize(("doc", "purpose"), ACCEPTED_DOCS, ids=[d[:40] for d, _ in ACCEPTED_DOCS])
def test_doc_becomes_a_phrase(doc: str, purpose: str) -> None:
    assert purpose_from_doc(doc) == purpose


@pytest.mark.parametrize(
    "doc", [pytest.param(doc, id=why) for doc, why in REFUSED_DOCS if why], indirect=False
)
def test_doc_is_refused(doc: str) -> None:
    assert purpose_from_doc(doc) == ""


@pytest.mark.parametrize(("name", "purpose"), ACCEPTED_NAMES, ids=[n for n, _ in ACCEPTED_NAMES])
def test_name_becomes_a_phrase(name: str, purpose: str) -> None:
    assert purpose_from_name(name, "function") == purpose


@pytest.mark.parametrize("name", REFUSED_NAMES)
def test_name_is_refused(name: str) -> None:
    assert purpose_from_name(name, "method") == ""


@pytest.mark.parametrize("kind", ["class", "constructor", "enum", "test", ""])
def test_only_names_of_callables_say_what_is_done(kind: str) -> None:
    assert purpose_from_name("parse_header", kind) == ""


def _library_docs() -> Iterator[tuple[str, str]]:
    for path in sorted(Path(ast.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.FunctionDef):
                yield node.name, ast.get_docstring(node) or ""


def test_the_standard_library_gives_many_phrases_of_one_form() -> None:
    definitions = list(_library_docs())
    phrases = [purpose_from_doc(doc.partition("\n\n")[0]) for _, doc in definitions if doc]
    made = [phrase for phrase in phrases if phrase]
    assert len(made) / len(phrases) > 0.25
    made += [phrase for name, _ in definitions if (phrase := purpose_from_name(name, "function"))]
    verbs = load_words().sure_verbs | load_words().cautious_verbs
    for phrase in made:
        assert phrase.split()[0] in verbs
        assert len(phrase.split()) <= MAX_WORDS
        assert not re.search(r"[`{}<>:?!*|\\\n]|  |\.$", phrase)


def test_words_are_distinct_small_letters() -> None:
    words = load_words()
    assert not words.sure_verbs & words.cautious_verbs
    assert not words.nouns & words.uncountable_nouns
    assert words.doubled_verbs | words.name_verbs <= words.sure_verbs | words.cautious_verbs
    assert words.making_verbs <= words.name_verbs
    for text in words.nouns | words.modifiers | words.name_verbs | set(words.spelled_out):
        assert re.fullmatch(r"[a-z]+", text)


@pytest.mark.parametrize(
    ("form", "verb"),
    [("copies", "copy"), ("plays", "play"), ("searches", "search"), ("parses", "parse"),
     ("processes", "process"), ("setting", "set"), ("parsing", "parse"), ("freeing", "free"),
     ("decoding", "decode"), ("applying", "apply"), ("gets", "get"), ("mixes", "mix")],
)  # fmt: skip
def test_verb_forms(form: str, verb: str) -> None:
    assert verb_forms()[form][0] == verb


@pytest.mark.parametrize(
    ("word", "noun", "plural"),
    [("entries", True, True), ("boxes", True, True), ("classes", True, True), ("box", True, False),
     ("status", True, False), ("class", True, False), ("axis", True, False), ("nodes", True, True),
     ("careful", False, False)],
)  # fmt: skip
def test_nouns(word: str, noun: bool, plural: bool) -> None:
    assert (is_noun(word), is_plural(word)) == (noun, plural)
