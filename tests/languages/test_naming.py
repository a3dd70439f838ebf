import pytest

from tests.shared_corpus import hostile_files, real_files, vendored
from transforms.languages.naming import name_language


def name(path: str, text: bytes = b"") -> str | None:
    language = name_language(path, text)
    return language.name if language else None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/b/UPPER.PY", "python"),
        ("x.d.ts", "typescript"),
        ("x.tsx", "tsx"),
        ("x.jsx", "javascript"),
        ("api.pb.go", "go"),
        ("Dockerfile", "dockerfile"),
        ("docker/Dockerfile.debian", "dockerfile"),
        ("Makefile.am", "make"),
        ("CMakeLists.txt", "cmake"),
        ("notes.txt", "text"),
        ("README", "text"),
        ("BUILD", "starlark"),
        ("go.mod", "gomod"),
        (".gitignore", "gitignore"),
        ("x.py.bak", None),
        ("x.py~", None),
        ("Makefile.orig", None),
        ("editor~", None),
        ("unknown.zzz", None),
        ("no_extension", None),
        ("py", None),
        ("", None),
        (".", None),
    ],
)
def test_by_name(path: str, expected: str | None) -> None:
    assert name(path) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"#!/bin/sh", "bash"),
        (b"#!/usr/bin/env python3.11", "python"),
        (b"#!/usr/bin/env -S perl -w", "perl"),
        (b"#!/usr/local/bin/python2.7 -u", "python"),
        (b"#! /usr/bin/env node", "javascript"),
        (b"#!/usr/bin/lua5.4", "lua"),
        (b"#!/opt/strange/thing", None),
        (b"#!", None),
        (b"#!/usr/bin/env", None),
        (b"#!\xff\xfe", None),
        (b"# just a comment", None),
    ],
)
def test_by_first_line(line: bytes, expected: str | None) -> None:
    assert name("bin/tool", line + b"\nx\n") == expected


def test_an_extension_beats_a_first_line() -> None:
    assert name("x.py", b"#!/bin/sh\n") == "python"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("x.h", b"struct a;\nint f(void);\n", "c"),
        ("x.h", b"namespace a {\nclass B {\n};\n}\n", "cpp"),
        ("x.h", b"#import <a/b.h>\n@interface A\n- (void) b;\n@end\n", "objc"),
        ("x.h", b'#ifdef __cplusplus\nextern "C" {\n#endif\nint f(void);\n', "c"),
        ("x.m", b"function y = f(x)\n  y = x';\nend\n", "matlab"),
        ("x.m", b"#import <a.h>\n@implementation A\n@end\n", "objc"),
        ("x.pl", b"use strict;\nmy $x = 1;\n", "perl"),
        ("x.pl", b":- module(a, [b/1]).\nb(X) :- c(X).\n", "prolog"),
        ("x.pl", b"#!/usr/bin/swipl\nmain.\n", "prolog"),
        ("x.ts", b"export const a = 1;\n", "typescript"),
        ("x.ts", b'<?xml version="1.0"?>\n<!DOCTYPE TS>\n', "xml"),
        ("x.v", b"module m(input a);\nendmodule\n", "verilog"),
        ("x.v", b"Require Import Arith.\nLemma a : True.\nProof. auto. Qed.\n", "coq"),
        ("x.v", b"module main\n\nfn main() {\n}\n", "v"),
        ("x.d", b"module a;\nimport std.stdio;\nvoid main() {}\n", "d"),
        ("x.d", b"out/a.o: src/a.c \\\n  src/a.h\n", "makedep"),
        ("x.fs", b"module A\nlet f x = x + 1\n", "fsharp"),
        ("x.fs", b"\\ squares\n: square ( n -- n ) dup * ;\n", "forth"),
        ("x.fs", b"#version 330\nout vec4 c;\nvoid main() { c = vec4(1); }\n", "glsl"),
        ("x.cl", b"__kernel void f(__global int *a) {}\n", "opencl"),
        ("x.cl", b"(in-package :a)\n(defun f (x) x)\n", "commonlisp"),
        ("x.pp", b"class a {\n  file { '/b': }\n}\n", "puppet"),
        ("x.pp", b"unit a;\ninterface\nuses b;\nprocedure c;\n", "pascal"),
        ("x.t", b"use Test::More;\nok(1);\n", "perl"),
        ("x.t", b"A test:\n\n  $ echo a\n  a\n", "cram"),
        ("x.inc", b"<?php\nfunction f() {}\n", "php"),
        ("x.inc", b"procedure f(x: integer);\nbegin\nend;\n", "pascal"),
        ("x.inc", b"#define A 1\n#include <a.h>\n", "c"),
        ("x.inc", b"#include <a.h>\nnamespace a {\nstd::string b;\n}\n", "cpp"),
        ("x.inc", b"A := 1\nall: b\n\tcc $<\n", "make"),
        ("x.inc", b"what is this\n", None),
        ("x.s", b'#include "textflag.h"\nTEXT \xc2\xb7f(SB), NOSPLIT, $0\n', "goasm"),
        ("x.s", b".text\n.globl f\nf:\n  ret\n", "asm"),
        ("x.r", b"f <- function(x) x\n", "r"),
    ],
)
def test_by_content(path: str, text: bytes, expected: str | None) -> None:
    assert name(path, text) == expected


def test_the_real_files() -> None:
    differences = {
        (row["path"].rsplit("/", 1)[-1], row["language"], found)
        for row in real_files()
        if (found := name(row["path"], (vendored() / row["path"]).read_bytes())) != row["language"]
    }
    assert differences == {
        # the list has it from the name alone; the content is Objective-C
        ("AppDelegate.m", "matlab", "objc"),
        # the only lines of this C header that speak for a language have `struct::tree`
        ("ds.h", "c", "cpp"),
    }


# Names that the index leaves open, as unsupported; both are not taken for what they are not.
UNSUPPORTED = {
    "kind/coq.v": "coq",
    "kind/prolog.pl": "prolog",
    "kind/dep.d": "makedep",
    "kind/opencl.cl": "opencl",
    "kind/forth.fs": "forth",
    "kind/data.csv": "csv",
    "kind/pdf.txt": "text",
}
# Notebooks are read as their cells, and have their language from there.
NOTEBOOKS = {"kind/notebook.ipynb", "kind/broken_notebook.ipynb"}


def test_the_hostile_files_of_odd_kinds() -> None:
    for case in hostile_files():
        path = case["path"]
        if path.startswith("kind/") and path not in NOTEBOOKS:
            text = (vendored() / "adversarial" / path).read_bytes()
            assert name(path, text) == (case["language"] or UNSUPPORTED.get(path)), path
