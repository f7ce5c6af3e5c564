#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Line coverage of the unit suites, a row for each folder, and the floors that some folders must keep."""

import glob
import json
import os
import subprocess
import sys

import cpp_source as cpp

TOOLS = "/usr/lib/llvm-19/bin/"
FLOOR = 85.0
HELD_TO_IT = ("core/wire", "core/crypto", "core/vault", "server/net", "server/realtime", "server/services")


def by_folder(files, root):
    """{folder: (covered lines, lines)} of production files in llvm-cov's export."""
    folders = {}
    for file in files:
        path = os.path.relpath(file["filename"], root)
        if cpp.is_production(path):
            lines = file["summary"]["lines"]
            covered, count = folders.get(os.path.dirname(path), (0, 0))
            folders[os.path.dirname(path)] = (covered + lines["covered"], count + lines["count"])
    return folders


def rows(folders):
    """(text, whether it is below its floor) for each folder and for all together."""
    for folder, (covered, count) in sorted(folders.items()):
        share = 100.0 * covered / count if count else 100.0
        low = folder in HELD_TO_IT and share < FLOOR
        yield f"  {folder:<20} {share:6.1f} %  {covered:6} of {count:6} lines{'  below ' + str(FLOOR) + ' %' if low else ''}", low
    covered, count = (sum(values) for values in zip(*folders.values()))
    yield f"  {'all':<20} {100.0 * covered / max(count, 1):6.1f} %  {covered:6} of {count:6} lines", False


def measured(build):
    """llvm-cov's list of files for all test programs of a build folder."""
    profiles = glob.glob(os.path.join(build, "profiles", "*.profraw"))
    programs = [p for p in glob.glob(os.path.join(build, "bin", "tests", "*_test")) if os.access(p, os.X_OK)]
    programs += [p for p in glob.glob(os.path.join(build, "bin", "gx-*")) if os.access(p, os.X_OK)]
    if not profiles or not programs:
        sys.exit(f"coverage_report: no profiles or programs in {build}")
    merged = os.path.join(build, "merged.profdata")
    subprocess.run([TOOLS + "llvm-profdata", "merge", "-sparse", "-o", merged, *profiles], check=True)
    objects = [word for program in programs[1:] for word in ("-object", program)]
    command = [TOOLS + "llvm-cov", "export", "-summary-only", f"-instr-profile={merged}", programs[0], *objects]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["data"][0]["files"]


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} SOURCE_FOLDER BUILD_FOLDER")
    low_folders = 0
    for text, low in rows(by_folder(measured(sys.argv[2]), os.path.realpath(sys.argv[1]))):
        print(text)
        low_folders += low
    return 1 if low_folders else 0


if __name__ == "__main__":
    sys.exit(main())
