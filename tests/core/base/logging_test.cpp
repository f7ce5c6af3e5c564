// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/logging.h"

#include <gtest/gtest.h>

namespace gx {
namespace {

TEST(Logging, WritesOneEscapedLineWithItsCategory) {
  installLogPattern();
  testing::internal::CaptureStderr();

  qCWarning(lcNet) << "cut\nadmin: yes";

  const std::string line = testing::internal::GetCapturedStderr();
  qInstallMessageHandler(nullptr);
  EXPECT_NE(line.find(" warning gx.core.net: "), std::string::npos) << line;
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  EXPECT_NE(line.find("\\x0a"), std::string::npos) << line;
}

TEST(Logging, IsQuietAboutDebug) {
  EXPECT_FALSE(lcMessenger().isDebugEnabled());
  EXPECT_TRUE(lcMessenger().isInfoEnabled());
}

}  // namespace
}  // namespace gx
