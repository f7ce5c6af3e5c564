# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""What the checks of this folder share: which files are ours, and C++ text without what is not code."""

import bisect
import os
import re
import sys

SKIPPED_FOLDERS = {"build", ".git", "node_modules", "__pycache__", ".cache"}
PRODUCTION_FOLDERS = ("core", "ui", "app", "server")
CPP_SUFFIXES = (".cpp", ".h")


def our_files(root):
    """Paths of all files below root, relative to it, sorted; no build output, no foreign packages."""
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS)
        for name in sorted(files):
            yield os.path.relpath(os.path.join(folder, name), root)


def is_production(path):
    return path.split("/", 1)[0] in PRODUCTION_FOLDERS


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


_NOT_CODE = re.compile(
    r"""(?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)
      | (?P<raw>\b(?:u8|u|U|L)?R"(?P<tag>[^()\s\\]{0,16})\(.*?\)(?P=tag)")
      | (?P<string>"(?:\\.|[^"\\\n])*")
      | (?P<number>\b[0-9](?:[0-9a-zA-Z_.]|'(?=[0-9a-fA-F]))*)
      | (?P<char>'(?:\\.|[^'\\\n])+')""",
    re.DOTALL | re.VERBOSE,
)


def without_comments(text):
    """The text with comments turned to blanks; positions and lines stay."""
    return _NOT_CODE.sub(lambda m: _blank(m[0]) if m["comment"] else m[0], text)


def code_only(text):
    """The text without comments, and with the inside of strings and characters turned to blanks."""

    def replace(match):
        if match["number"]:
            return match[0]
        if match["comment"]:
            return _blank(match[0])
        inner = match[0]
        quote = '"' if inner[-1] == '"' else "'"
        first = inner.index(quote)
        return inner[:first].replace("R", " ") + quote + _blank(inner[first + 1 : -1]) + quote

    return _NOT_CODE.sub(replace, text)


def without_preprocessor(code):
    """Code with its preprocessor lines (and their continuations) turned to blanks."""
    return re.sub(r"(?m)^[ \t]*#(?:\\\n|[^\n])*", lambda m: _blank(m[0]), code)


class Lines:
    """Turns a position in a text into a line number, counted from 1."""

    def __init__(self, text):
        self.starts = [0] + [m.end() for m in re.finditer("\n", text)]

    def number(self, position):
        return bisect.bisect_right(self.starts, position)


class Token:
    __slots__ = ("text", "position", "partner")

    def __init__(self, text, position):
        self.text = text
        self.position = position
        self.partner = None  # index of the matching bracket


_TOKEN = re.compile(r"[A-Za-z_]\w*|[0-9][\w.']*|\"[^\"]*\"|'[^']*'|::|->|&&|\|\||==|!=|<=|>=|[^\s]")
_CLOSING = {")": "(", "]": "[", "}": "{"}


def tokens(code):
    """The tokens of code_only text, each bracket knowing its partner."""
    result = [Token(m[0], m.start()) for m in _TOKEN.finditer(without_preprocessor(code))]
    open_brackets = []
    for index, token in enumerate(result):
        if token.text in "([{":
            open_brackets.append(index)
        elif token.text in _CLOSING and open_brackets:
            if result[open_brackets[-1]].text == _CLOSING[token.text]:
                token.partner = open_brackets.pop()
                result[token.partner].partner = index
    return result


_BLOCK_WORDS = {"else", "do", "try", "const", "noexcept", "override", "final", "mutable", "namespace", "struct", "class", "union"}
_HEAD_WORDS = {"namespace", "struct", "class", "union", "enum", "->", "extern"}
_NOT_TYPE = {"return", "co_return", "co_await", "co_yield", "=", ",", "(", ")", "[", "]", "{", "}", ";", "?", "||", "&&", "!"}


def is_block(all_tokens, index):
    """Whether the brace at index opens a block or body rather than an initializer."""
    if index == 0:
        return True
    before = all_tokens[index - 1].text
    if before in {")", ";", "{", "}"}:
        return before != "{" or is_block(all_tokens, index - 1)
    if before in _BLOCK_WORDS:
        return True
    if before == "]":
        return _is_lambda_introducer(all_tokens, all_tokens[index - 1].partner)
    if before == ":":
        return True  # a label
    # Walk back over a type: `-> Async<void> {`, `class Outbox final : public QObject {`.
    back = index - 1
    while back >= 0 and all_tokens[back].text not in {";", "{", "}"}:
        text = all_tokens[back].text
        if text in _HEAD_WORDS:
            return True
        if text in {")", "]"} and all_tokens[back].partner is not None:
            back = all_tokens[back].partner
        elif text in _NOT_TYPE - {","}:
            return False
        back -= 1
    return False




def _is_lambda_introducer(all_tokens, index):
    """Whether the [ at index starts a lambda (and not a subscript or an attribute)."""
    if index is None or index == 0:
        return index == 0
    before = all_tokens[index - 1].text
    if before == "[" or (index + 1 < len(all_tokens) and all_tokens[index + 1].text == "["):
        return False
    return not (re.match(r"\w", before) or before in {")", "]", "}"} or before[0] in "\"'") or before in {
        "return",
        "co_return",
        "co_await",
        "co_yield",
    }


def is_lambda(all_tokens, index):
    """Whether the [ at index starts a lambda expression: [captures] and then (, {, < or mutable."""
    if not _is_lambda_introducer(all_tokens, index):
        return False
    close = all_tokens[index].partner
    return close is not None and close + 1 < len(all_tokens) and all_tokens[close + 1].text in {"(", "{", "<", "mutable"}


def report(name, problems, looked_at):
    """Prints the findings; the exit code of a check."""
    for problem in problems:
        print(problem)
    if not looked_at:
        print(f"{name}: nothing to look at; wrong folder?")
        return 1
    print(f"{name}: {len(problems)} findings in {looked_at} files")
    return 1 if problems else 0


def main(name, check):
    """check(root) → (problems, number of files)."""
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} SOURCE_FOLDER")
    problems, looked_at = check(sys.argv[1])
    sys.exit(report(name, problems, looked_at))
