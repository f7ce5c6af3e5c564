# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
import unittest

import check_words

HEAD = "// SPDX-License-Identifier: GPL-3.0-or-later\n// SPDX-FileCopyrightText: The GX authors\n"


def findings(path, text):
    return list(check_words.findings(path, HEAD + text))


class Licence(unittest.TestCase):
    def test_missing_lines(self):
        self.assertEqual(len(list(check_words.findings("core/base/a.h", "#pragma once\n"))), 2)
        self.assertEqual(len(list(check_words.findings("dev", "#!/bin/sh\n"))), 2)

    def test_after_a_first_line(self):
        self.assertEqual(list(check_words.findings("tests/a.py", "#!/usr/bin/env python3\n" + HEAD.replace("//", "#"))), [])

    def test_documents_need_none(self):
        self.assertEqual(list(check_words.findings("README.md", "# GX\n")), [])


class ToDo(unittest.TestCase):
    def test_without_a_number(self):
        self.assertEqual(findings("core/base/a.cpp", "// TO" "DO tidy up\n"), ["core/base/a.cpp:3: a to-do without an issue number"])
        self.assertEqual(len(findings("core/base/a.cpp", "// FIX" "ME\n")), 1)

    def test_with_a_number(self):
        self.assertEqual(findings("core/base/a.cpp", "// TO" "DO(#12) tidy up\n"), [])


class ConfinedHeaders(unittest.TestCase):
    def test_signal(self):
        self.assertEqual(findings("core/crypto/session.cpp", "#include <signal_protocol.h>\n#include <session_cipher.h>\n"), [])
        self.assertEqual(findings("core/curve/a.cpp", "#include <curve.h>\n"), [])
        self.assertEqual(findings("tests/core/crypto/a_test.cpp", "#include <signal_protocol.h>\n"), [])
        self.assertEqual(len(findings("core/vault/a.cpp", "#include <signal_protocol.h>\n")), 1)
        self.assertEqual(len(findings("server/services/a.cpp", "#include <signal/curve.h>\n")), 1)

    def test_ours_of_a_similar_name(self):
        self.assertEqual(findings("core/vault/a.cpp", '#include "core/crypto/fingerprint.h"\n#include "core/crypto/session.h"\n'), [])

    def test_sqlite(self):
        self.assertEqual(findings("core/store/a.cpp", "#include <sqlcipher/sqlite3.h>\n"), [])
        self.assertEqual(len(findings("core/store/a.cpp", "#include <sqlite3.h>\n")), 1)
        self.assertEqual(len(findings("core/vault/a.cpp", "#include <sqlcipher/sqlite3.h>\n")), 1)
        self.assertEqual(len(findings("tests/support/a.cpp", "#include <sqlite3.h>\n")), 1)

    def test_keychain(self):
        self.assertEqual(findings("core/secrets/a.cpp", "#include <qt6keychain/keychain.h>\n"), [])
        self.assertEqual(len(findings("app/profile/a.cpp", "#include <qt6keychain/keychain.h>\n")), 1)

    def test_others(self):
        self.assertEqual(findings("server/net/tls_stream.cpp", "#include <openssl/ssl.h>\n#include <http_parser.h>\n"), [])
        self.assertEqual(findings("tests/support/test_ca.cpp", "#include <openssl/x509.h>\n"), [])
        self.assertEqual(len(findings("core/net/a.cpp", "#include <openssl/ssl.h>\n")), 1)
        self.assertEqual(len(findings("core/store/a.cpp", "#include <sodium.h>\n")), 1)
        self.assertEqual(len(findings("server/http/a.cpp", "#include <http_parser.h>\n")), 1)


class UsingNamespace(unittest.TestCase):
    def test_inside_a_namespace(self):
        self.assertEqual(findings("core/base/a.cpp", "namespace gx {\nusing namespace Qt::StringLiterals;\n}\n"), [])

    def test_at_file_level(self):
        self.assertEqual(len(findings("core/base/a.cpp", "namespace gx {\n}\nusing namespace Qt::StringLiterals;\n")), 1)

    def test_in_a_header(self):
        self.assertEqual(len(findings("core/base/a.h", "namespace gx {\nusing namespace Qt::StringLiterals;\n}\n")), 1)

    def test_in_a_comment(self):
        self.assertEqual(findings("core/base/a.cpp", "// using namespace std;\n"), [])


class SwitchedOff(unittest.TestCase):
    def test_gtest(self):
        self.assertEqual(len(findings("tests/a_test.cpp", "TEST(A, DISABLED" "_B) {\n  GTEST_" "SKIP();\n}\n")), 2)

    def test_node(self):
        self.assertEqual(len(findings("tests/interop/a.mjs", "test.sk" "ip('a', () => {});\n".replace("sk ip", "skip"))), 1)


class Logging(unittest.TestCase):
    def test_category(self):
        self.assertEqual(findings("core/net/a.cpp", "qCWarning(lcNet) << 1;\n"), [])
        self.assertEqual(len(findings("core/net/a.cpp", "qWarning() << 1;\n")), 1)
        self.assertEqual(findings("tests/a.cpp", "qWarning() << 1;\n"), [])


if __name__ == "__main__":
    unittest.main()
