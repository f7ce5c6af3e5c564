# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
import unittest

import check_coroutines


def lines(text):
    return [line for line, _ in check_coroutines.findings(text)]


class GoodCode(unittest.TestCase):
    def assert_good(self, text):
        self.assertEqual(check_coroutines.findings(text), [])

    def test_plain_await(self):
        self.assert_good("Async<int> f() {\n  auto r = co_await g(a, b);\n  if (!r) co_return fail(x);\n  co_return *r;\n}")

    def test_names_first(self):
        self.assert_good("Async<void> f() {\n  Request request{.a = 1};\n  auto work = [this] { return 1; };\n  co_await run(work);\n}")

    def test_braces_in_another_statement(self):
        self.assert_good("Async<S> f() {\n  co_await g();\n  co_return S{1, 2};\n}")

    def test_control_blocks(self):
        self.assert_good("Task<> f() {\n  while (co_await g()) {\n    h();\n  }\n  for (int i = 0; i < 3; ++i) {\n    co_await k(i);\n  }\n}")

    def test_if_with_initializer_block(self):
        self.assert_good("Task<> f() {\n  if (auto r = co_await g(); !r) {\n    S s{1};\n  } else {\n    co_await k();\n  }\n}")

    def test_lambda_without_captures(self):
        self.assert_good("Task<> f() {\n  co_await run([](int a) { return a; });\n}")

    def test_await_inside_a_lambda_coroutine(self):
        self.assert_good("void f() {\n  auto start = [](P *p) -> QCoro::Task<> { co_await p->go(); };\n  start(S{1});\n}")

    def test_trailing_return_type(self):
        self.assert_good("auto f() -> Async<std::vector<int>> {\n  co_await g();\n}")

    def test_comments_and_strings(self):
        self.assert_good('Task<> f() {\n  // co_await g(S{1});\n  co_await log("T{1}" u"[this]"_s);\n}')

    def test_subscript_is_no_lambda(self):
        self.assert_good("Task<> f() {\n  co_await g(m_list[index]);\n  co_await m_map[key](1);\n}")

    def test_member_function_of_class(self):
        self.assert_good("class Outbox final : public QObject {\n public:\n  Async<void> go() { co_await m_a.run(); }\n};")

    def test_constructor_with_initializers(self):
        self.assert_good("A::A() : m_a{1}, m_b(2) {\n  go();\n}\nTask<> f() {\n  co_await g();\n}")

    def test_digit_separators_hide_nothing(self):
        self.assert_good("constexpr int k = 10'000;\nTask<> f() { co_await g(); }\nconstexpr int j = 1'0;")


class BadCode(unittest.TestCase):
    def test_capturing_lambda(self):
        self.assertEqual(lines("Task<> f() {\n  co_await run([q] { return q; });\n}"), [2])

    def test_capture_of_this_and_default(self):
        self.assertEqual(lines("Task<> f() {\n  co_await run([this] {});\n  co_await run([&] {});\n}"), [2, 3])

    def test_aggregate_argument(self):
        self.assertEqual(lines("Task<> f() {\n  co_await g({.a = 1});\n}"), [2])

    def test_typed_aggregate_argument(self):
        self.assertEqual(lines("Task<> f() {\n  auto r = co_await g(Request{1, 2});\n}"), [2])

    def test_await_inside_braces(self):
        self.assertEqual(lines("Task<> f() {\n  S s{.a = co_await g()};\n}"), [2])

    def test_return_of_braces_around_await(self):
        self.assertEqual(lines("Async<S> f() {\n  co_return S{co_await g()};\n}"), [2])

    def test_braces_beside_await(self):
        self.assertEqual(lines("Task<> f() {\n  h(S{1}, co_await g());\n}"), [2])

    def test_condition(self):
        self.assertEqual(lines("Task<> f() {\n  if (co_await g(S{1})) {\n    h();\n  }\n}"), [2])

    def test_template_type(self):
        self.assertEqual(lines("Task<> f() {\n  co_await g(std::vector<int>{1});\n}"), [2])

    def test_several_lines(self):
        self.assertEqual(lines("Task<> f() {\n  auto r = co_await g(\n      a,\n      Request{\n        1});\n}"), [4])

    def test_inside_a_lambda_coroutine(self):
        self.assertEqual(lines("void f() {\n  auto go = [](P *p) -> Task<> {\n    co_await p->run(S{1});\n  };\n}"), [3])


if __name__ == "__main__":
    unittest.main()
