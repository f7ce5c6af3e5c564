# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
import contextlib
import io
import os
import tempfile
import unittest

import check_headers
import clang_units
import run_tidy


class Flags(unittest.TestCase):
    def test_keeps_what_decides_the_meaning(self):
        command = "/usr/bin/clang++-19 -DA=\\\"1\\\" -I/x -isystem /usr/include/qt6 -O0 -g -std=c++20 -Wall -Werror -o a.o -c /x/a.cpp"
        self.assertEqual(clang_units.flags_of(command), ['-DA="1"', "-I/x", "-isystem", "/usr/include/qt6", "-std=c++20", "-Wall"])


    def test_of_all_files_together(self):
        by_file = {"a": ["-Da", "-isystem", "/x"], "b": ["-Db", "-isystem", "/y", "-Da"], "c": ["-isystem", "/x"]}
        self.assertEqual(clang_units.all_flags(by_file), ["-Da", "-isystem", "/x", "-Db", "-isystem", "/y"])


class Preludes(unittest.TestCase):
    CLOSURES = {
        "a.h": {"a.h", "QString"},
        "b.h": {"b.h", "a.h", "QString", "vector"},
        "c.h": {"c.h", "b.h", "a.h", "QString", "vector", "map"},
        "d.h": {"d.h", "b.h", "a.h", "QString", "vector"},
        "e.h": {"e.h", "map"},
    }

    def test_those_that_leave_least_to_parse_come_first(self):
        self.assertEqual(check_headers.choose_preludes(self.CLOSURES, [("QString",)], 2), [("QString",), ("b.h",), ("a.h",)])
        self.assertEqual(len(check_headers.choose_preludes(self.CLOSURES, [], 99)), 5)

    def test_the_largest_that_is_included_anyway(self):
        preludes = [("QString",), ("a.h",), ("b.h",)]
        self.assertEqual(check_headers.prelude_of("c.h", self.CLOSURES, preludes), ("b.h",))
        self.assertEqual(check_headers.prelude_of("b.h", self.CLOSURES, preludes), ("a.h",))
        self.assertEqual(check_headers.prelude_of("a.h", self.CLOSURES, preludes), ("QString",))
        self.assertIsNone(check_headers.prelude_of("e.h", self.CLOSURES, preludes))


class Units(unittest.TestCase):
    def test_one_folder_and_flags_to_a_unit(self):
        flags = {"core/a/x.cpp": ["-Da"], "core/a/y.cpp": ["-Da"], "core/b/z.cpp": ["-Db"]}
        self.assertEqual(run_tidy.units(sorted(flags), flags), [["core/a/x.cpp", "core/a/y.cpp"], ["core/b/z.cpp"]])

    def test_evenly_filled(self):
        paths = [f"core/a/{n:02}.cpp" for n in range(31)]
        self.assertEqual([len(u) for u in run_tidy.units(paths, dict.fromkeys(paths, []))], [16, 15])


class RunsWhatChanged(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.write("core/a/x.h", "int x;\n")
        self.write("core/a/x.cpp", '#include "core/a/x.h"\n')
        self.write("core/a/y.cpp", "int y;\n")

    def write(self, path, text):
        full = os.path.join(self.folder.name, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)

    def run_it(self, salt="", finding=""):
        analysed = []

        def analyse(paths):
            analysed.extend(paths)
            return finding

        with contextlib.redirect_stdout(io.StringIO()):
            code = clang_units.run_all(
                "test",
                self.folder.name,
                {"core/a/x.cpp": [], "core/a/y.cpp": []},
                os.path.join(self.folder.name, "memory"),
                salt,
                lambda paths: [[path] for path in paths],
                analyse,
            )
        return code, sorted(analysed)

    def test_all_first_then_none(self):
        self.assertEqual(self.run_it(), (0, ["core/a/x.cpp", "core/a/y.cpp"]))
        self.assertEqual(self.run_it(), (0, []))

    def test_a_changed_header(self):
        self.run_it()
        self.write("core/a/x.h", "long x;\n")
        self.assertEqual(self.run_it(), (0, ["core/a/x.cpp"]))

    def test_another_tool(self):
        self.run_it()
        self.assertEqual(self.run_it(salt="20")[1], ["core/a/x.cpp", "core/a/y.cpp"])

    def test_findings_are_not_remembered(self):
        self.assertEqual(self.run_it(finding="bad")[0], 1)
        self.assertEqual(self.run_it(), (0, ["core/a/x.cpp", "core/a/y.cpp"]))


if __name__ == "__main__":
    unittest.main()
