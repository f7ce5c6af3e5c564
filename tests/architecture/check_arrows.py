#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Every #include of ours goes along an arrow that CMakeLists.txt declares (written to arrows.txt in the build folder), and the
arrows have no cycle."""

import os
import re
import sys

import cpp_source as cpp

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


def parse_arrows(text):
    """{folder: {folders it may include from}}"""
    arrows = {}
    for line in text.splitlines():
        if line.strip():
            folder, _, uses = line.partition(":")
            arrows[folder.strip()] = set(re.split(r"[;\s]+", uses.strip())) - {""}
    return arrows


def cycle(arrows):
    """One cycle as a list of folders, empty if there is none."""
    done, path = set(), []

    def visit(folder):
        if folder in path:
            return path[path.index(folder) :] + [folder]
        if folder in done:
            return []
        path.append(folder)
        for used in sorted(arrows.get(folder, ())):
            found = visit(used)
            if found:
                return found
        path.pop()
        done.add(folder)
        return []

    for folder in sorted(arrows):
        found = visit(folder)
        if found:
            return found
    return []


def includes(text):
    """(line, path, quoted) of each #include."""
    lines = cpp.Lines(text)
    for match in _INCLUDE.finditer(cpp.without_comments(text)):
        yield lines.number(match.start()), match[1] or match[2], match[1] is not None


def findings(path, text, arrows, exists):
    """What is wrong with the includes of one production file. exists(path) tells whether a file of ours is there."""
    folder = os.path.dirname(path)
    if folder not in arrows:
        yield f"{path}: its folder is no gx_layer() in CMakeLists.txt"
        return
    own_places = tuple(f + "/" for f in cpp.PRODUCTION_FOLDERS + ("tests",))
    for line, included, quoted in includes(text):
        if not quoted:
            if included.startswith(own_places):
                yield f"{path}:{line}: <{included}> is ours; write it in quotes"
            continue
        if included.startswith("moc_") or included.endswith(".moc"):
            continue
        target = os.path.dirname(included)
        if not target:
            yield f'{path}:{line}: "{included}": write the path from the root'
        elif not exists(included):
            yield f'{path}:{line}: "{included}" is no file of ours'
        elif target != folder and target not in arrows[folder]:
            yield f'{path}:{line}: "{included}": no arrow from {folder} to {target}'


def check(root, arrows_file):
    with open(arrows_file, encoding="utf-8") as file:
        arrows = parse_arrows(file.read())
    problems = []
    found = cycle(arrows)
    if found:
        problems.append("arrows go round: " + " → ".join(found))
    problems += [f"arrows: {a} uses {b}, which is no layer" for a in sorted(arrows) for b in sorted(arrows[a] - set(arrows))]
    looked_at = 0
    for path in cpp.our_files(root):
        if cpp.is_production(path) and path.endswith(cpp.CPP_SUFFIXES):
            looked_at += 1
            problems += findings(path, cpp.read(root, path), arrows, lambda p: os.path.isfile(os.path.join(root, p)))
    return problems, looked_at


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} SOURCE_FOLDER ARROWS_FILE")
    sys.exit(cpp.report("check_arrows", *check(sys.argv[1], sys.argv[2])))
