#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Every production header compiles alone. Only headers whose content, or what they include, changed are parsed again.

Parsing Qt's strings is nearly all of the cost, so a header that includes them (itself or through a header of ours) gets them
precompiled; a header that does not include them does not see them either. (CMake's all_verify_interface_header_sets says the
same at ten times the cost: it parses all of it anew and also builds every library.)"""

import os
import subprocess
import sys
import tempfile

import clang_units
import cpp_source as cpp

COMPILER = "clang++-19"
# What is precompiled together; used for headers that include all of it. The richest first.
PRELUDES = (("QByteArray", "QString", "QCoroTask"), ("QByteArray", "QString"))


def compiler(*arguments):
    return subprocess.run([COMPILER, *arguments], capture_output=True, text=True, check=False)


def prelude_of(closure):
    """The number of the richest prelude that the header includes anyway, None if none."""
    return next((number for number, names in enumerate(PRELUDES) if closure.issuperset(names)), None)


def precompile(flags, work):
    """Paths of the precompiled preludes."""
    paths = []
    for number, names in enumerate(PRELUDES):
        header = os.path.join(work, f"prelude_{number}.h")
        with open(header, "w", encoding="utf-8") as file:
            file.writelines(f"#include <{name}>\n" for name in names)
        done = compiler(*flags, "-x", "c++-header", header, "-o", header + ".pch")
        if done.returncode:
            sys.exit(done.stderr)
        paths.append(header + ".pch")
    return paths


def analyse(path, flags, prelude, work):
    with tempfile.NamedTemporaryFile("w", suffix=".cpp", dir=work, encoding="utf-8") as unit:
        unit.write(f'#include "{path}"\n')
        unit.flush()
        before = ["-include-pch", prelude] if prelude else []
        done = compiler(*flags, *before, "-Werror", "-fsyntax-only", unit.name)
    return "" if done.returncode == 0 else done.stderr or f"{path}: {COMPILER} ended with {done.returncode}\n"


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} SOURCE_FOLDER BUILD_FOLDER")
    root, build = map(os.path.realpath, sys.argv[1:])
    flags = clang_units.all_flags(clang_units.flags_by_file(build, root)) + [f"-I{root}"]
    headers = [path for path in cpp.our_files(root) if cpp.is_production(path) and path.endswith(".h")]
    prints = clang_units.Fingerprints(root)
    preludes = {path: prelude_of(prints.closure(path)) for path in headers}
    with tempfile.TemporaryDirectory(dir=build) as work:
        ready = []

        def units(paths):
            if paths:
                ready.extend(precompile(flags, work))
            return [[path] for path in paths]

        def analyse_one(paths):
            number = preludes[paths[0]]
            return analyse(paths[0], flags, None if number is None else ready[number], work)

        memory = os.path.join(build, "headers_passed")
        version = compiler("--version").stdout
        return clang_units.run_all("headers", root, dict.fromkeys(headers, flags), memory, version, units, analyse_one)


if __name__ == "__main__":
    sys.exit(main())
