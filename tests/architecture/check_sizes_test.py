# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
import unittest

import check_sizes


def names(text):
    return [(name, length, parameters) for name, _, length, parameters in check_sizes.functions(text)]


def body(lines):
    return "{\n" + "  go();\n" * (lines - 2) + "}\n"


class FindsFunctions(unittest.TestCase):
    def test_free_function(self):
        self.assertEqual(names("int f(int a, int b) {\n  return a;\n}"), [("f", 3, 2)])

    def test_nothing_in_declarations(self):
        self.assertEqual(names("int f(int a);\nclass A;\nint b = g(1);\nstd::array<int, 2> c{1, 2};"), [])

    def test_methods_in_namespace_and_class(self):
        text = "namespace gx {\nclass A final : public B {\n public:\n  int a() const { return 1; }\n  void b();\n private:\n  int m{2};\n};\n}"
        self.assertEqual(names(text), [("a", 1, 0)])

    def test_constructor_with_initializers(self):
        self.assertEqual(names("A::A(int a, C c) : m_a(a), m_c{std::move(c)} {\n  go();\n}"), [("A", 3, 2)])

    def test_constructor_with_parenthesised_initializers(self):
        self.assertEqual(names("A::A(int a) : B(a), m_a(a) {}"), [("A", 1, 1)])

    def test_trailing_words(self):
        self.assertEqual(names("auto A::f(int a) const noexcept -> Result<int> {\n}"), [("f", 2, 1)])

    def test_lambda_belongs_to_its_function(self):
        self.assertEqual(names("void f() {\n  auto g = [](int a) {\n    return a;\n  };\n}"), [("f", 5, 0)])

    def test_control_statements_are_no_functions(self):
        self.assertEqual(names("void f() {\n  if (a) {\n  }\n}\nvoid g() {\n  for (;;) {\n  }\n}"), [("f", 4, 0), ("g", 4, 0)])

    def test_operator(self):
        self.assertEqual([n[1:] for n in names("A &A::operator=(const A &other) {\n}\nbool A::operator()(int a, int b) {\n}")], [(2, 1), (2, 2)])

    def test_template_commas_and_defaults(self):
        self.assertEqual(names("void f(std::map<int, int> a, B b = {1, 2}, C c = g(1, 2)) {}"), [("f", 1, 3)])

    def test_preprocessor_and_strings(self):
        self.assertEqual(names('#define X(a) { a\nvoid f() {\n  g("}{", \'{\');\n}'), [("f", 3, 0)])

    def test_destructor_and_struct_with_initializer(self):
        self.assertEqual(names("struct S {\n  int a = 1;\n  std::vector<int> b{1, 2};\n};\nA::~A() {\n}"), [("A", 2, 0)])


class SaysWhatIsTooLong(unittest.TestCase):
    def test_at_the_limit(self):
        self.assertEqual(list(check_sizes.findings("core/base/a.cpp", "void f(int a, int b, int c, int d, int e) " + body(40))), [])

    def test_long_function(self):
        self.assertEqual(list(check_sizes.findings("core/base/a.cpp", "void f() " + body(41))), ["core/base/a.cpp:1: f() has 41 lines, at most 40"])

    def test_long_function_in_a_test_is_allowed(self):
        self.assertEqual(list(check_sizes.findings("tests/core/base/a_test.cpp", "void f() " + body(60))), [])

    def test_many_parameters(self):
        found = list(check_sizes.findings("server/net/a.cpp", "void f(int a, int b, int c, int d, int e, int g) {}"))
        self.assertEqual(len(found), 1)
        self.assertIn("takes 6 parameters", found[0])

    def test_long_file(self):
        self.assertEqual(list(check_sizes.findings("tests/a.cpp", "\n" * 300)), [])
        self.assertEqual(len(list(check_sizes.findings("tests/a.cpp", "\n" * 301))), 1)


if __name__ == "__main__":
    unittest.main()
