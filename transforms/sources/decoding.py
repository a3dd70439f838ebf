"""The decoded source: a file's text as UTF-8 bytes.

Newlines stand as in the file; a byte order mark is removed.
"""

import codecs
import dataclasses
import re

import charset_normalizer

# UTF-32 comes first: its little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# PEP 263 looks at the first two lines; XML 1.0 section 4.3.3 at the first; HTML at the first 1,024
# bytes.
_CODING_LINE = re.compile(rb"\A(?:[^\n]*\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)")
_XML_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']([-\w.]+)[\"']")
_HTML_CHARSET = re.compile(rb"<meta[^>]*?charset\s*=\s*[\"']?([-\w.]+)", re.IGNORECASE)
_DETECT_BYTES = 1 << 16


@dataclasses.dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded source.

    Attributes:
      text: UTF-8; what all offsets of a build point into.
      encoding: the file's own encoding, by its Python name.
    """

    text: bytes
    encoding: str


class Undecodable(ValueError):
    """No encoding fits the bytes."""


def decode(raw: bytes) -> Decoded:
    """Decode a file.

    By its byte order mark, as UTF-8, by its own declaration, or by detection, in this order.

    Raises:
      Undecodable: if none of them fits.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], encoding)
    if _is_utf8(raw):
        return Decoded(raw, "utf-8")
    declared = _declared_encoding(raw)
    if declared is not None:
        try:
            return _decoded(raw, declared)
        except Undecodable:
            pass  # a wrong declaration is common; the bytes may still tell
    telling = b"\n".join(line for line in raw.split(b"\n") if not line.isascii())
    detected = charset_normalizer.from_bytes(telling[:_DETECT_BYTES]).best()
    if detected is None:
        raise Undecodable("no encoding fits its bytes")
    return _decoded(raw, detected.encoding)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _declared_encoding(raw: bytes) -> str | None:
    head = raw[:1024]
    for pattern in (_CODING_LINE, _XML_DECLARATION, _HTML_CHARSET):
        found = pattern.search(head)
        if found:
            return found[1].decode("ascii", "replace")
    return None


def _decoded(raw: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        # Only text encodings: "rot13" or "hex" in a coding line must not run. A lone surrogate has
        # no UTF-8.
        return Decoded(raw.decode(name).encode("utf-8"), name)
    except (LookupError, UnicodeError, AttributeError, TypeError) as error:
        raise Undecodable(f"not {encoding}: {error}") from error
