#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""clang-tidy over the production files that changed since they last passed.

Parsing Qt costs far more than the checks, so files of one folder are analysed together, several to a translation unit, as the
unity build compiles them.
"""

import os
import re
import subprocess
import sys
import tempfile

import clang_units
import cpp_source as cpp

TIDY = "clang-tidy-19"
FILES_PER_UNIT = 30
_NOISE = re.compile(r"^\d+ warnings? |^Suppressed |^Use -header-filter|^\d+ warnings treated as errors|^\s*$")


def units(paths, flags):
    """Lists of at most FILES_PER_UNIT files that share folder and flags, evenly filled, the longest first."""
    groups = {}
    for path in paths:
        groups.setdefault((os.path.dirname(path), tuple(flags[path])), []).append(path)
    result = []
    for files in groups.values():
        count = -(-len(files) // FILES_PER_UNIT)
        result += [files[part::count] for part in range(count)]
    return sorted(result, key=len, reverse=True)


def analyse(paths, flags, root, work):
    with tempfile.NamedTemporaryFile("w", suffix=".cpp", dir=work, encoding="utf-8") as unit:
        unit.writelines(f'#include "{os.path.join(root, path)}"\n' for path in paths)
        unit.flush()
        command = [TIDY, "--quiet", f"--config-file={root}/.clang-tidy", unit.name, "--", *flags[paths[0]]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    errors = "".join(f"{line}\n" for line in done.stderr.splitlines() if not _NOISE.match(line))
    return done.stdout + errors or f"{TIDY} ended with {done.returncode}\n"


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} SOURCE_FOLDER BUILD_FOLDER")
    root, build = map(os.path.realpath, sys.argv[1:])
    version = subprocess.run([TIDY, "--version"], capture_output=True, text=True, check=True).stdout
    flags = clang_units.flags_by_file(build, root)
    with tempfile.TemporaryDirectory(dir=build) as work:
        return clang_units.run_all(
            "clang-tidy",
            root,
            flags,
            os.path.join(build, "tidy_passed"),
            version + cpp.read(root, ".clang-tidy"),
            lambda paths: units(paths, flags),
            lambda paths: analyse(paths, flags, root, work),
        )


if __name__ == "__main__":
    sys.exit(main())
