#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Rule C1: in an expression with co_await no braces T{...} and no lambda with captures. g++ 12 destroys both twice; the rule
keeps the code right with every compiler. Rule C9: no co_return of a member as it stands; QCoro 0.8 moves out of it where its
type is not exactly the task's, so name the copy."""

import re

import cpp_source as cpp

_RETURNED_MEMBER = re.compile(r"co_return\s+\**m_\w+(?:(?:\.|->)\w+)*\s*;")
_CONTROL = {"if", "while", "for", "switch"}


def _enclosing(tokens, index):
    """Index of the innermost bracket around index, -1 at file level."""
    back = index - 1
    while back >= 0:
        token = tokens[back]
        if token.text in ")]}" and token.partner is not None:
            back = token.partner
        elif token.text in "([{":
            return back
        back -= 1
    return -1


def _is_control(tokens, index):
    if tokens[index].text != "(" or index == 0:
        return False
    before = tokens[index - 1].text
    return before in _CONTROL or (before == "constexpr" and index > 1 and tokens[index - 2].text == "if")


def _statement(tokens, index):
    """[first, last) of the full expression around index, or the position of braces around it that make it wrong at once."""
    around = _enclosing(tokens, index)
    inner = index
    while around >= 0 and not _is_control(tokens, around):
        if tokens[around].text == "{":
            if not cpp.is_block(tokens, around):
                return around, None
            break
        inner = around
        around = _enclosing(tokens, around)
    first = inner
    while first - 1 > around:
        before = tokens[first - 1]
        if before.text == ";":
            break
        if before.text in ")]" and before.partner is not None:
            first = before.partner
            continue
        if before.text == "}" and before.partner is not None:
            if cpp.is_block(tokens, before.partner):
                break
            first = before.partner
            continue
        first -= 1
    last = inner
    while last < len(tokens) and tokens[last].text not in {";", ")", "}", "]"}:
        token = tokens[last]
        if token.text in "([{" and token.partner is not None:
            last = token.partner
        last += 1
    return first, last


def _faults(tokens, first, last):
    """(position, words) of each brace and capture in [first, last), lambda bodies left out: they are statements of their own."""
    index = first
    while index < last:
        token = tokens[index]
        if token.text == "[" and cpp.is_lambda(tokens, index):
            if token.partner > index + 1:
                yield token.position, "a lambda with captures"
            index = token.partner
        elif token.text == "{":
            if cpp.is_block(tokens, index):
                index = token.partner or index
            else:
                yield token.position, "braces"
        index += 1


def findings(text):
    """(line, words) for each breach in a C++ text."""
    code = cpp.code_only(text)
    tokens = cpp.tokens(code)
    lines = cpp.Lines(text)
    found = set()
    for index, token in enumerate(tokens):
        if token.text != "co_await":
            continue
        first, last = _statement(tokens, index)
        if last is None:
            found.add((lines.number(tokens[first].position), "co_await inside braces (rule C1)"))
            continue
        for position, words in _faults(tokens, first, last):
            found.add((lines.number(position), f"{words} in an expression with co_await (rule C1)"))
    for match in _RETURNED_MEMBER.finditer(code):
        found.add((lines.number(match.start()), "a member returned as it stands (rule C9)"))
    return sorted(found)


def check(root):
    problems = []
    looked_at = 0
    for path in cpp.our_files(root):
        if path.endswith(cpp.CPP_SUFFIXES):
            looked_at += 1
            problems += [f"{path}:{line}: {words}; name it first" for line, words in findings(cpp.read(root, path))]
    return problems, looked_at


if __name__ == "__main__":
    cpp.main("check_coroutines", check)
