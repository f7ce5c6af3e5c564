// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/padding.h"

#include <gtest/gtest.h>

namespace gx::crypto {
namespace {

TEST(Padding, GoesInSteps) {
  EXPECT_EQ(paddedSize(0), 160);
  EXPECT_EQ(paddedSize(159), 160);
  EXPECT_EQ(paddedSize(160), 320);
  EXPECT_EQ(paddedSize(959), 960);
  EXPECT_EQ(paddedSize(960), 1024);
  EXPECT_EQ(paddedSize(1023), 1024);
  EXPECT_EQ(paddedSize(1024), 2048);
  EXPECT_EQ(paddedSize(94 * 1024), 95 * 1024);
}

TEST(Padding, ComesOffAgain) {
  for (qsizetype size = 0; size < 3000; ++size) {
    const QByteArray text(size, size % 2 ? '\0' : '\x80');
    const QByteArray padded = pad(text);
    ASSERT_EQ(padded.size(), paddedSize(size));
    ASSERT_EQ(*unpad(padded), text);
  }
}

TEST(Padding, RefusesWhatItNeverMakes) {
  EXPECT_FALSE(unpad({}));
  EXPECT_FALSE(unpad(QByteArray(160, '\0')));
  EXPECT_FALSE(unpad(QByteArray(160, 'x')));
  EXPECT_FALSE(unpad(pad("text").chopped(1)));
  EXPECT_FALSE(unpad(pad("text") + QByteArray(160, '\0')));
}

}  // namespace
}  // namespace gx::crypto
