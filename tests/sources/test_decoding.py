import codecs

import pytest

from transforms.sources.decoding import Undecodable, decode

TEXT = "naïve = 'é'\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        pytest.param(TEXT.encode(), "utf-8", id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), "utf-8", id="utf-8 mark"),
        pytest.param(
            codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le", id="utf-16 little"
        ),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", id="utf-16 big"),
        pytest.param(
            codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le", id="utf-32 before utf-16"
        ),
    ],
)
def test_marks_and_utf8(raw: bytes, encoding: str) -> None:
    decoded = decode(raw)
    assert decoded.text == TEXT.encode()
    assert decoded.encoding == encoding


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        pytest.param("# -*- coding: latin-1 -*-\n", "iso8859-1", id="python first line"),
        pytest.param(
            "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n", "cp1252", id="python second"
        ),
        pytest.param("<?xml version='1.0' encoding='iso-8859-15'?>\n", "iso8859-15", id="xml"),
        pytest.param('<html><meta charset="latin-1">\n', "iso8859-1", id="html"),
    ],
)
def test_declared(head: str, encoding: str) -> None:
    decoded = decode((head + TEXT).encode("latin-1"))
    assert decoded.encoding == encoding
    assert decoded.text == (head + TEXT).encode()


def test_valid_utf8_beats_a_declaration() -> None:
    raw = "# coding: latin-1\nx = 'é'\n".encode()
    assert decode(raw).text == raw


def test_a_declaration_that_is_no_text_encoding_is_not_run() -> None:
    decoded = decode(b"# coding: rot13\n# caf\xe9 au lait, d\xe9j\xe0 vu\n")
    assert decoded.text.startswith(b"# coding: rot13\n# caf")


def test_newlines_stay() -> None:
    assert decode(b"a\r\nb\rc\n").text == b"a\r\nb\rc\n"


def test_broken_mark_is_undecodable() -> None:
    with pytest.raises(Undecodable, match="utf-16-le"):
        decode(codecs.BOM_UTF16_LE + b"\x00\xd8a")
