// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/tls_policy.h"

#include <gtest/gtest.h>

#include <QFile>

#include "tests/support/temp_folder.h"
#include "tests/support/test_certificates.h"

namespace gx::net {

using namespace Qt::StringLiterals;

TEST(TlsPolicy, ReadsAFileOfCertificates) {
  const test::TempFolder folder;
  QFile file(folder.file(u"ca.pem"_s));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(test::TestCertificates::instance().ca());
  file.close();

  const auto pem = readCaFile(folder.file(u"ca.pem"_s));

  ASSERT_TRUE(pem);
  EXPECT_EQ(*pem, test::TestCertificates::instance().ca());
}

TEST(TlsPolicy, RefusesFilesWithoutOne) {
  const test::TempFolder folder;
  QFile file(folder.file(u"words"_s));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write("hello");
  file.close();

  EXPECT_EQ(readCaFile(folder.file(u"words"_s)).error().code, "ca_file_empty");
  EXPECT_EQ(readCaFile(folder.file(u"none"_s)).error().kind, ErrorKind::NotFound);
}

}  // namespace gx::net
