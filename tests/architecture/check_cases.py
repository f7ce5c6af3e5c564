#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""tests/abuse/CASES.md: every abuse case has a row; a row names tests that exist and carry its number, or says why it cannot be
asked yet."""

import re

import cpp_source as cpp

TABLE = "tests/abuse/CASES.md"
LAST = 134  # the groups A to E
_ROW = re.compile(r"^\|\s*(\d+)\s*\|([^|]*)\|(.*)\|\s*$")
_NAME = re.compile(r"`(\w+)\.(A\d+\w*\*?)`")
_NUMBERS = re.compile(r"A\d+(?:_A\d+)*")
_TEST = re.compile(r"\bTEST(?:_F|_P)?\(\s*(\w+),\s*(A\d+\w*)\)")
_LITERAL = re.compile(r'"(A\d+_\w+)"')
_SUITE = re.compile(r"\b(?:class|struct)\s+(\w+)\b|\bTEST(?:_F|_P)?\(\s*(\w+),")


def numbers_of(name):
    """{8, 9} of "A08_A09_Framing"."""
    return {int(number) for number in re.findall(r"\d+", _NUMBERS.match(name)[0])}


def tests_in(text):
    """{suite: names} of one source: its tests, and for each of its suites the names of its table rows."""
    text = cpp.without_comments(text)
    rows = set(_LITERAL.findall(text))
    tests = {match[1] or match[2]: set(rows) for match in _SUITE.finditer(text)}
    for suite, name in _TEST.findall(text):
        tests.setdefault(suite, set()).add(name)
    return tests


def all_tests(sources):
    tests = {}
    for text in sources:
        for suite, names in tests_in(text).items():
            tests.setdefault(suite, set()).update(names)
    return tests


def _row_findings(number, asked_by, tests):
    named = _NAME.findall(asked_by)
    if not named and "later:" not in asked_by:
        yield f"case {number} names no test and no reason ('later: …')"
    for suite, name in named:
        known = tests.get(suite, set())
        found = any(test.startswith(name[:-1]) for test in known) if name.endswith("*") else name in known
        if not found:
            yield f"case {number}: there is no {suite}.{name}"
        elif number not in numbers_of(name):
            yield f"case {number}: {suite}.{name} carries another number"


def findings(table, tests):
    seen = []
    for line, text in enumerate(table.splitlines(), 1):
        row = _ROW.match(text)
        if not row:
            continue
        number = int(row[1])
        if number in seen:
            yield f"{TABLE}:{line}: case {number} stands here twice"
        seen.append(number)
        for problem in _row_findings(number, row[3], tests):
            yield f"{TABLE}:{line}: {problem}"
    for number in sorted(set(range(1, LAST + 1)) - set(seen)):
        yield f"{TABLE}: case {number} has no row"
    for number in sorted(set(seen) - set(range(1, LAST + 1))):
        yield f"{TABLE}: there is no case {number}"


def check(root):
    sources = [cpp.read(root, path) for path in cpp.our_files(root) if path.startswith("tests/") and path.endswith(cpp.CPP_SUFFIXES)]
    return list(findings(cpp.read(root, TABLE), all_tests(sources))), len(sources)


if __name__ == "__main__":
    cpp.main("check_cases", check)
