#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Every production header compiles alone. Only headers whose content, or what they include, changed are parsed again.

Parsing what a header includes is nearly all of the cost: Qt's strings and coroutines, and the headers of ours that save most
beyond them, are precompiled, and each header gets the largest of these that it includes anyway; what it does not include it does
not see either. (CMake's
all_verify_interface_header_sets says the same at ten times the cost: it parses all of it anew and also builds every library.)"""

import concurrent.futures
import os
import subprocess
import sys
import tempfile

import clang_units
import cpp_source as cpp

COMPILER = "clang++-19"
FOREIGN = (("chrono",), ("QByteArray", "QString"), ("QByteArray", "QString", "QCoroTask"))
OURS = 4  # headers of ours that are precompiled; each takes two seconds to make


def compiler(*arguments):
    return subprocess.run([COMPILER, *arguments], capture_output=True, text=True, check=False)


def weight(names):
    """About how much there is to parse."""
    return sum(1 if "/" in name else 20 if name == "QCoroTask" else 8 if name.startswith("Q") or name == "chrono" else 3 for name in names)


def choose_preludes(closures, foreign, count):
    """What to precompile: `foreign`, and the headers of ours that leave least to parse, one after the other. Tuples of names.
    closures: header → all that it includes."""
    left = {path: weight(seen) - max((weight(names) for names in foreign if seen.issuperset(names)), default=0)
            for path, seen in closures.items()}

    def gains(candidate):
        saved = weight(closures[candidate])
        return {path: gain for path, seen in closures.items() if candidate in seen and path != candidate
                if (gain := left[path] - (weight(seen) - saved)) > 0}

    chosen = list(foreign)
    for _ in range(min(count, len(closures))):
        best = max(sorted(closures), key=lambda candidate: sum(gains(candidate).values()))
        for path, gain in gains(best).items():
            left[path] -= gain
        chosen.append((best,))
    return chosen


def prelude_of(path, closures, preludes):
    """The largest prelude that the header includes anyway, None if none."""
    fitting = [names for names in preludes if closures[path].issuperset(names) and path not in names]
    return max(fitting, key=lambda names: sum(weight(closures.get(name, [name])) for name in names), default=None)


def precompile(preludes, flags, work):
    """prelude → its precompiled file. What does not compile is left out: the header itself will be reported."""
    ready = {}

    def make(number, names):
        text = os.path.join(work, f"prelude_{number}.h")
        with open(text, "w", encoding="utf-8") as file:
            file.writelines(f'#include "{name}"\n' if name.endswith(".h") else f"#include <{name}>\n" for name in names)
        if compiler(*flags, "-x", "c++-header", text, "-o", text + ".pch").returncode == 0:
            ready[names] = text + ".pch"

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
    preludes = choose_preludes(closures, FOREIGN, OURS)
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
