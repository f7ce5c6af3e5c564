#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Words that must stand in a file, and words that may not: licence lines, to-dos without an issue, third-party headers outside
the one folder that hides them, `using namespace` at file level, tests that are switched off, logging without a category."""

import os
import re

import cpp_source as cpp

_NEEDS_LICENCE = (".cpp", ".h", ".py", ".sh", ".js", ".mjs", ".ts", ".cmake", ".sql", "CMakeLists.txt", ".clang-tidy")
_LICENCE_FILES = {"dev", ".ci/run"}
_TO_DO = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b(?![^\n]*#\d+)")
_OFF = re.compile(r"\b(?:GTEST_" r"SKIP|Q" r"SKIP)\b|\bDISABLED" r"_\w|\b(?:it|test|describe)\.(?:skip|todo|only)\(|unittest\." r"skip")
_PLAIN_LOG = re.compile(r"\bq(?:Debug|Info|Warning|Critical)\s*\(\s*\)|\bq(?:Debug|Info|Warning|Critical)\s*\(\s*\"")
_USING = re.compile(r"\busing\s+namespace\b")
_INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*[<\"]([^>\"]+)[>\"]", re.MULTILINE)

# header → the only folders that may include it; a folder's tests may do what the folder may.
_CONFINED = (
    (re.compile(r"(?:signal/)?(?:signal_protocol(?:_types)?|session_(?:builder|cipher|pre_key|record|state)|key_helper|ratchet|"
                r"protocol|curve|hkdf|fingerprint|device_consistency|group_cipher|group_session_builder|"
                r"sender_key(?:_record|_state)?)\.h"), ("core/curve", "core/crypto"), "libsignal-protocol-c"),
    (re.compile(r"sqlcipher/sqlite3\.h"), ("core/store",), "SQLCipher"),
    (re.compile(r"sqlite3(?:ext)?\.h"), (), "plain SQLite"),
    (re.compile(r"(?:qt6)?keychain(?:/.*)?\.h|qt6?keychain/.*"), ("core/secrets",), "QtKeychain"),
    (re.compile(r"sodium(?:/.*)?\.h"), ("core/crypto", "server/services"), "libsodium"),
    (re.compile(r"openssl/.*"), ("core/curve", "core/crypto", "server/net"), "OpenSSL"),
    (re.compile(r"http_parser\.h|llhttp\.h|boost/.*"), ("server/net",), "the HTTP parser"),
    (re.compile(r"hiredis/.*"), ("server/cache",), "hiredis"),
    (re.compile(r"libpq-fe\.h|postgresql/.*"), ("server/sql",), "libpq"),
)  # fmt: skip
# Shared test programs may use what they must to play a peer or an attacker; the databases stay where they are.
_FREE_TESTS = ("tests/support", "tests/integration", "tests/interop", "tests/contract", "tests/fuzz", "tests/bench")


def _lines_with(pattern, text, words, path):
    lines = cpp.Lines(text)
    return [f"{path}:{lines.number(m.start())}: {words}" for m in pattern.finditer(text)]


def licence(path, text):
    if not (path.endswith(_NEEDS_LICENCE) or path in _LICENCE_FILES) or os.path.basename(path) == "package-lock.json":
        return
    head = "\n".join(text.split("\n", 5)[:4])
    for line in ("SPDX-License-Identifier: GPL-3.0-or-later", "SPDX-FileCopyrightText: The GX authors"):
        if line not in head:
            yield f"{path}:1: no line '{line}'"


def confined_headers(path, text):
    folder = os.path.dirname(path)
    subject = folder[len("tests/") :] if folder.startswith("tests/") else folder
    lines = cpp.Lines(text)
    for match in _INCLUDE.finditer(cpp.without_comments(text)):
        for pattern, allowed, library in _CONFINED:
            if not pattern.fullmatch(match[1]):
                continue
            database = "SQL" in library
            if subject not in allowed and (database or not path.startswith(_FREE_TESTS)):
                where = " and ".join(allowed) or "nowhere"
                yield f"{path}:{lines.number(match.start())}: <{match[1]}> is {library}, allowed in {where}"
            break


def using_namespace(path, text):
    code = cpp.without_preprocessor(cpp.code_only(text))
    lines = cpp.Lines(text)
    for match in _USING.finditer(code):
        before = code[: match.start()]
        if path.endswith(".h"):
            yield f"{path}:{lines.number(match.start())}: using namespace in a header"
        elif before.count("{") == before.count("}"):
            yield f"{path}:{lines.number(match.start())}: using namespace at file level; put it inside the namespace"


def findings(path, text):
    yield from licence(path, text)
    yield from _lines_with(_TO_DO, text, "a to-do without an issue number", path)
    is_cpp = path.endswith(cpp.CPP_SUFFIXES)
    if is_cpp or path.endswith((".mjs", ".js", ".ts", ".py")):
        yield from _lines_with(_OFF, cpp.without_comments(text) if is_cpp else text, "a test that is switched off", path)
    if is_cpp:
        yield from confined_headers(path, text)
        yield from using_namespace(path, text)
    if is_cpp and cpp.is_production(path):
        yield from _lines_with(_PLAIN_LOG, cpp.without_comments(text), "logging without a category", path)


def check(root):
    problems = []
    looked_at = 0
    for path in cpp.our_files(root):
        try:
            text = cpp.read(root, path)
        except UnicodeDecodeError:
            continue  # pictures, fuzz seeds
        if path == "LICENSE" or path.endswith((".json", ".svg")):
            continue
        looked_at += 1
        problems += findings(path, text)
    return problems, looked_at


if __name__ == "__main__":
    cpp.main("check_words", check)
