#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Every C++ file has at most 300 lines; in production code a function has at most 40 and takes at most 5 parameters."""

import re

import cpp_source as cpp

FILE_LINES = 300
FUNCTION_LINES = 40
PARAMETERS = 5

_NO_FUNCTION = {"if", "while", "for", "switch", "catch", "return", "sizeof", "alignas", "decltype", "noexcept", "requires", "operator"}


def _parameter_list(tokens, brace):
    """The index of the ( of the parameter list of the body that opens at brace; None when it is no function's."""
    index = brace - 1
    candidate = None
    while index >= 0 and tokens[index].text not in {";", "{"}:
        token = tokens[index]
        if token.text == "}" and (token.partner is None or cpp.is_block(tokens, token.partner)):
            break
        if token.text in {"namespace", "class", "struct", "union", "enum", "="} and candidate is None:
            return None
        if token.text in ")]}" and token.partner is not None:
            index = token.partner
            name = tokens[index - 1].text if index else ""
            if tokens[index].text == "(" and (re.fullmatch(r"[A-Za-z_]\w*", name) or _is_operator(tokens, index)):
                if name not in _NO_FUNCTION:
                    candidate = index
        elif token.text == ":" and candidate is not None and tokens[index - 1].text in {"public", "private", "protected", "Q_SIGNALS"}:
            break
        index -= 1
    return candidate


def _is_operator(tokens, index):
    return any(token.text == "operator" for token in tokens[max(0, index - 4) : index])


def _parameter_count(tokens, opening):
    first, last = opening + 1, tokens[opening].partner
    if last is None or first == last or (last == first + 1 and tokens[first].text == "void"):
        return 0
    count, angles, index = 1, 0, first
    while index < last:
        text = tokens[index].text
        if text in "([{" and tokens[index].partner is not None:
            index = tokens[index].partner
        elif text == "<":
            angles += 1
        elif text == ">":
            angles -= 1
        elif text == "," and angles == 0:
            count += 1
        index += 1
    return count


def functions(text):
    """(name, line, lines of the body, parameters) of each function defined in the text; what is inside one belongs to it."""
    tokens = cpp.tokens(cpp.code_only(text))
    lines = cpp.Lines(text)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.text == "{" and token.partner is not None and cpp.is_block(tokens, index):
            opening = _parameter_list(tokens, index)
            if opening is not None:
                first = lines.number(token.position)
                last = lines.number(tokens[token.partner].position)
                yield tokens[opening - 1].text, first, last - first + 1, _parameter_count(tokens, opening)
                index = token.partner
        index += 1


def findings(path, text):
    count = text.count("\n")
    if count > FILE_LINES:
        yield f"{path}: {count} lines, at most {FILE_LINES}; split it by noun"
    if not cpp.is_production(path):
        return
    for name, line, length, parameters in functions(text):
        if length > FUNCTION_LINES:
            yield f"{path}:{line}: {name}() has {length} lines, at most {FUNCTION_LINES}"
        if parameters > PARAMETERS:
            yield f"{path}:{line}: {name}() takes {parameters} parameters, at most {PARAMETERS}; make a struct"


def check(root):
    problems = []
    looked_at = 0
    for path in cpp.our_files(root):
        if path.endswith(cpp.CPP_SUFFIXES):
            looked_at += 1
            problems += findings(path, cpp.read(root, path))
    return problems, looked_at


if __name__ == "__main__":
    cpp.main("check_sizes", check)
