"""A file's decoded source: what is read of it, whichever kind of file it is."""

import dataclasses

from transforms.languages.naming import language_named, name_language
from transforms.languages.spec import Language, load_languages
from transforms.sources.decoding import decode
from transforms.sources.notebooks import is_notebook, read_notebook


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """A decoded source.

    Attributes:
      text: UTF-8; what all offsets of a build point into.
      code: what parsers are given in its place, as long as the text: it differs where a notebook
        has what its language has not.
      container: what kind of file the text was taken out of: `notebook`, or empty.
      language: its name, where the container says it.
    """

    text: bytes
    code: bytes
    container: str
    language: str = ""


def read_raw(path: str, raw: bytes) -> Source:
    """Decode a file's bytes.

    Args:
      path: below the input, or just a name.
      raw: all of the file.

    Raises:
      Undecodable: if no encoding fits.
      NotANotebook: if a notebook's file holds none.
    """
    text = decode(raw).text
    if not is_notebook(path):
        return Source(text, text, "")
    notebook = read_notebook(text)
    language = language_named(notebook.names or ("python",), notebook.extension)
    name = language.name if language else ""
    text = notebook.text
    return Source(text, notebook.python if name == "python" else text, "notebook", name)


def name_source(path: str, source: Source) -> Language | None:
    """Name the language of a file that was read; None where it is unknown."""
    if source.container:
        return load_languages().get(source.language)
    return name_language(path, source.text)
