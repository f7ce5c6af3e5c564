# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
import unittest

import check_arrows

ARROWS = check_arrows.parse_arrows("core/base: \ncore/wire: core/base\nserver/net: core/base;core/wire\n")


def findings(path, text):
    return list(check_arrows.findings(path, text, ARROWS, lambda p: p != "core/wire/gone.h"))


class ReadsArrows(unittest.TestCase):
    def test_folders_and_uses(self):
        self.assertEqual(ARROWS, {"core/base": set(), "core/wire": {"core/base"}, "server/net": {"core/base", "core/wire"}})

    def test_no_cycle(self):
        self.assertEqual(check_arrows.cycle(ARROWS), [])

    def test_cycle(self):
        self.assertEqual(check_arrows.cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}}), ["a", "b", "c", "a"])


class HoldsIncludesAgainstThem(unittest.TestCase):
    def test_along_an_arrow(self):
        self.assertEqual(findings("server/net/a.cpp", '#include "server/net/a.h"\n\n#include "core/wire/routes.h"\n#include <QString>\n'), [])

    def test_against_an_arrow(self):
        self.assertEqual(
            findings("core/wire/a.cpp", '#include "core/wire/a.h"\n#include "server/net/a.h"\n'),
            ['core/wire/a.cpp:2: "server/net/a.h": no arrow from core/wire to server/net'],
        )

    def test_production_includes_no_test(self):
        self.assertEqual(len(findings("core/wire/a.h", '#include "tests/support/await.h"\n')), 1)

    def test_folder_without_layer(self):
        self.assertEqual(len(findings("core/other/a.h", "")), 1)

    def test_path_not_from_the_root(self):
        self.assertEqual(len(findings("core/wire/a.cpp", '#include "a.h"\n')), 1)

    def test_ours_in_angle_brackets(self):
        self.assertEqual(len(findings("core/wire/a.cpp", "#include <core/base/result.h>\n")), 1)

    def test_file_that_is_not_there(self):
        self.assertEqual(len(findings("server/net/a.cpp", '#include "core/wire/gone.h"\n')), 1)

    def test_comments_and_generated_files(self):
        self.assertEqual(findings("core/wire/a.cpp", '// #include "server/net/a.h"\n/* \n#include "b.h"\n*/\n#include "a.moc"\n'), [])


if __name__ == "__main__":
    unittest.main()
