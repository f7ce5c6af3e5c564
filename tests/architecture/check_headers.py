#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Every production header compiles alone. Only headers whose content, or what they include, changed are parsed again.

Parsing what a header includes is nearly all of the cost, so the headers that save most are precompiled, and each header gets the
largest of those that it includes anyway; what it does not include it does not see either. (CMake's
all_verify_interface_header_sets says the same at ten times the cost: it parses all of it anew and also builds every library.)"""

import concurrent.futures
import os
import subprocess
import sys
import tempfile

import clang_units
import cpp_source as cpp

COMPILER = "clang++-19"
PRELUDES = 10  # precompiled headers; each takes two seconds to make


def compiler(*arguments):
    return subprocess.run([COMPILER, *arguments], capture_output=True, text=True, check=False)


def choose_preludes(closures, count):
    """The headers that, precompiled, leave least to parse, one after the other. closures: header → all that it includes."""
    left = {path: len(seen) for path, seen in closures.items()}

    def gains(candidate):
        saved = len(closures[candidate])
        return {path: gain for path, seen in closures.items() if candidate in seen and path != candidate
                if (gain := left[path] - (len(seen) - saved)) > 0}

    chosen = []
    for _ in range(min(count, len(closures))):
        best = max(sorted(closures), key=lambda candidate: sum(gains(candidate).values()))
        for path, gain in gains(best).items():
            left[path] -= gain
        chosen.append(best)
    return chosen


def prelude_of(path, closures, preludes):
    """The largest prelude that the header includes anyway, None if none."""
    fitting = [prelude for prelude in preludes if prelude in closures[path] and prelude != path]
    return max(fitting, key=lambda prelude: len(closures[prelude]), default=None)


def precompile(preludes, flags, work):
    """header → its precompiled file; a prelude that does not compile is left out and reported as a header."""
    ready = {}

    def make(number, prelude):
        target = os.path.join(work, f"prelude_{number}.pch")
        text = os.path.join(work, f"prelude_{number}.h")
        with open(text, "w", encoding="utf-8") as file:
            file.write(f'#include "{prelude}"\n')
        if compiler(*flags, "-x", "c++-header", text, "-o", target).returncode == 0:
            ready[prelude] = target

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        list(pool.map(make, range(len(preludes)), preludes))
    return ready


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
    closures = {path: prints.closure(path) for path in headers}
    preludes = choose_preludes(closures, PRELUDES)
    with tempfile.TemporaryDirectory(dir=build) as work:
        ready = {}

        def units(paths):
            wanted = {prelude_of(path, closures, preludes) for path in paths} - {None}
            ready.update(precompile(sorted(wanted), flags, work))
            return [[path] for path in paths]

        def analyse_one(paths):
            return analyse(paths[0], flags, ready.get(prelude_of(paths[0], closures, preludes)), work)

        memory = os.path.join(build, "headers_passed")
        version = compiler("--version").stdout
        return clang_units.run_all("headers", root, dict.fromkeys(headers, flags), memory, version, units, analyse_one)


if __name__ == "__main__":
    sys.exit(main())
