// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/socketio_placeholders.h"

#include <gtest/gtest.h>

#include "core/wire/socketio_encoder.h"

namespace gx::wire {
namespace {

TEST(SocketIoPlaceholders, FindsThemAtEveryDepth) {
  const QByteArray zero = attachmentPlaceholder(0);
  const QByteArray one = attachmentPlaceholder(1);

  EXPECT_TRUE(checkPlaceholders('[' + zero + ']', 1));
  EXPECT_TRUE(checkPlaceholders("[[[{\"a\":" + one + "}]]," + zero + ']', 2));
  EXPECT_TRUE(checkPlaceholders("[{\"a\":" + zero + ",\"b\":[]},{\"c\":" + one + "}]", 2));
}

TEST(SocketIoPlaceholders, ComparesTheirNumberWithTheAttachments) {
  const QByteArray zero = attachmentPlaceholder(0);

  EXPECT_TRUE(checkPlaceholders("[]", 0));
  EXPECT_FALSE(checkPlaceholders("[]", 1));
  EXPECT_FALSE(checkPlaceholders('[' + zero + ']', 0));
  EXPECT_FALSE(checkPlaceholders('[' + zero + ']', 2));
  EXPECT_FALSE(checkPlaceholders('[' + zero + ',' + zero + ']', 1));
}

TEST(SocketIoPlaceholders, LeavesOtherObjectsAlone) {
  EXPECT_TRUE(
      checkPlaceholders(R"([{"_placeholder":"true","num":9},{"num":9},{"_placeholders":true},"_placeholder"])", 0));
}

TEST(SocketIoPlaceholders, StaysLinearWhenEveryLevelSaysToBeOne) {
  QByteArray nested = "1";
  for (int i = 0; i < 30; ++i)
    nested = "{\"_placeholder\":true,\"x\":\"" + QByteArray(20'000, 'x') + "\",\"num\":" + nested + '}';

  EXPECT_FALSE(checkPlaceholders(nested, 1));
}

}  // namespace
}  // namespace gx::wire
