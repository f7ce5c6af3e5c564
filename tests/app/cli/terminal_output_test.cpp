// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/cli/output.h"
#include "app/cli/raw_terminal.h"

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;

// Standard output is a terminal of our own for a while.
class TerminalOutput : public ::testing::Test {
 protected:
  void SetUp() override {
    m_master = posix_openpt(O_RDWR | O_NOCTTY);
    ASSERT_GE(m_master, 0);
    ASSERT_EQ(grantpt(m_master), 0);
    ASSERT_EQ(unlockpt(m_master), 0);
    m_slave = open(ptsname(m_master), O_RDWR | O_NOCTTY);
    ASSERT_GE(m_slave, 0);
    m_before = dup(STDOUT_FILENO);
    std::fflush(stdout);
    dup2(m_slave, STDOUT_FILENO);
    m_noColor = qgetenv("NO_COLOR");
    qunsetenv("NO_COLOR");
  }
  void TearDown() override {
    std::fflush(stdout);
    dup2(m_before, STDOUT_FILENO);
    for (const int descriptor : {m_before, m_slave, m_master}) close(descriptor);
    if (m_noColor.isNull())
      qunsetenv("NO_COLOR");
    else
      qputenv("NO_COLOR", m_noColor);
  }

 private:
  int m_master = -1;
  int m_slave = -1;
  int m_before = -1;
  QByteArray m_noColor;
};

TEST_F(TerminalOutput, HasColours) {
  const Output output(false);

  EXPECT_EQ(output.bold(u"bob"_s), u"\x1b[1mbob\x1b[0m"_s);
  EXPECT_EQ(output.dim(u"seen"_s), u"\x1b[2mseen\x1b[0m"_s);
}

TEST_F(TerminalOutput, NoColorIsObeyedEvenWhenEmpty) {
  qputenv("NO_COLOR", "");

  EXPECT_EQ(Output(false).bold(u"bob"_s), u"bob"_s);
}

TEST_F(TerminalOutput, JsonHasNoColours) {
  EXPECT_EQ(Output(true).dim(u"seen"_s), u"seen"_s);
}

}  // namespace
}  // namespace gx::cli
