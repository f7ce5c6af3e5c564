# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
import unittest

import check_cases

SOURCE = """
struct Rows : public Relay {};
TEST(HttpSession, A08_A09_Framing) {}
TEST_F(Other, SaysNothing) {}
const char *names[] = {"A10_OneLength", "A11_Two"};
TEST_P(Rows, AreRefused) {}
// TEST(HttpSession, A99_Commented) {}
"""


def findings(rows, last=2):
    check_cases.LAST = last
    return list(check_cases.findings(rows, check_cases.all_tests([SOURCE])))


class Numbers(unittest.TestCase):
    def test_one_and_several(self):
        self.assertEqual(check_cases.numbers_of("A06_Large"), {6})
        self.assertEqual(check_cases.numbers_of("A08_A09_A10_Framing"), {8, 9, 10})
        self.assertEqual(check_cases.numbers_of("A112_32Bytes"), {112})


class Tests(unittest.TestCase):
    def test_tests_and_rows(self):
        tests = check_cases.all_tests([SOURCE])
        self.assertIn("A08_A09_Framing", tests["HttpSession"])
        self.assertIn("A10_OneLength", tests["Rows"])
        self.assertNotIn("A99_Commented", tests["HttpSession"])


class Table(unittest.TestCase):
    def test_a_whole_table(self):
        rows = "| case | what | asked by |\n|---|---|---|\n| 1 | a | later: files |\n| 2 | b | later: groups |\n"
        self.assertEqual(findings(rows), [])

    def test_a_missing_and_a_strange_number(self):
        found = findings("| 1 | a | later: files |\n| 7 | a | later: files |\n")
        self.assertEqual([line.split(": ")[1] for line in found], ["case 2 has no row", "there is no case 7"])

    def test_a_number_twice(self):
        self.assertEqual(len(findings("| 1 | a | later: x |\n| 1 | a | later: x |\n| 2 | b | later: x |\n")), 1)

    def test_names_must_exist(self):
        rows = "".join(f"| {n} | x | later: x |\n" for n in range(1, 8))
        self.assertEqual(findings(rows + "| 8 | b | `HttpSession.A08_A09_Framing` |\n", 8), [])
        self.assertEqual(len(findings(rows + "| 8 | b | `HttpSession.A08_Gone` |\n", 8)), 1)
        self.assertEqual(len(findings(rows + "| 8 | b | `Nowhere.A08_A09_Framing` |\n", 8)), 1)

    def test_names_must_carry_the_number(self):
        self.assertEqual(len(findings("| 1 | a | `Rows.A10_OneLength` |\n| 2 | b | later: x |\n")), 1)

    def test_all_rows_of_a_number(self):
        rows = "".join(f"| {n} | x | later: x |\n" for n in range(1, 11))
        self.assertEqual(findings(rows.replace("| 10 | x | later: x |", "| 10 | x | `Rows.A10_*` |"), 10), [])
        self.assertEqual(len(findings(rows.replace("| 9 | x | later: x |", "| 9 | x | `Rows.A09_*` |"), 10)), 1)

    def test_neither_test_nor_reason(self):
        self.assertEqual(len(findings("| 1 | a | soon |\n| 2 | b | later: x |\n")), 1)


if __name__ == "__main__":
    unittest.main()
