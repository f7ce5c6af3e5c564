# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
import unittest

import coverage_report


def file(path, covered, count):
    return {"filename": path, "summary": {"lines": {"covered": covered, "count": count}}}


class Report(unittest.TestCase):
    def test_adds_up_folders_and_leaves_out_tests(self):
        files = [file("/r/core/wire/a.cpp", 8, 10), file("/r/core/wire/b.h", 10, 10), file("/r/tests/core/wire/a_test.cpp", 1, 1)]
        self.assertEqual(coverage_report.by_folder(files, "/r"), {"core/wire": (18, 20)})

    def test_floor_of_the_folders_held_to_it(self):
        found = list(coverage_report.rows({"core/wire": (84, 100), "core/base": (10, 100), "server/net": (85, 100)}))
        self.assertEqual([low for _, low in found], [False, True, False, False])
        self.assertIn("84.0 %", found[1][0])


if __name__ == "__main__":
    unittest.main()
