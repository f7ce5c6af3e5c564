// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/socketio_head.h"

#include <gtest/gtest.h>

namespace gx::wire {
namespace {

TEST(SocketIoHead, SplitsWhatStandsBeforeThePayload) {
  const auto head = parseSocketIoHead("52-/admin,15[\"bar\"]").value();

  EXPECT_EQ(head.type, SocketIoType::BinaryEvent);
  EXPECT_TRUE(head.isBinary());
  EXPECT_EQ(head.attachments, 2);
  EXPECT_EQ(head.nsp, "/admin");
  EXPECT_EQ(head.ackId, 15U);
  EXPECT_EQ(head.payload, "[\"bar\"]");
}

TEST(SocketIoHead, KnowsWhatIsLeftOut) {
  const auto head = parseSocketIoHead("2").value();

  EXPECT_FALSE(head.isBinary());
  EXPECT_EQ(head.nsp, "/");
  EXPECT_EQ(head.ackId, std::nullopt);
  EXPECT_EQ(head.payload, "");
}

TEST(SocketIoHead, CutsTheQueryOffANamespace) {
  EXPECT_EQ(parseSocketIoHead("0/a?token=1,{}")->nsp, "/a");
  EXPECT_EQ(parseSocketIoHead("0/?x")->nsp, "/");
}

TEST(SocketIoHead, TellsTooLargeFromInvalid) {
  EXPECT_EQ(parseSocketIoHead("0/" + QByteArray(64, 'n')).error().kind, ErrorKind::TooLarge);
  EXPECT_EQ(parseSocketIoHead("511-[]").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(parseSocketIoHead("22147483649[]").error().kind, ErrorKind::Invalid);
}

}  // namespace
}  // namespace gx::wire
