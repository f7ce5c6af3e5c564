// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/rest_failure.h"

#include <gtest/gtest.h>

#include "core/base/ids.h"

namespace gx::net {

namespace {

constexpr char kUser[] = "01890000-0000-7000-8000-000000000001";
constexpr char kMessage[] = "01890000-0000-7000-8000-000000000002";

}  // namespace

TEST(RestFailure, TakesKindCodeAndTimeFromAProblem) {
  wire::Problem problem;
  problem.code = "rate_limited";
  problem.message = "slow down";
  problem.requestId = "r-1";
  problem.retryAfter = 12;

  const RestFailure failure = toFailure(problem, 429);

  EXPECT_EQ(failure.error.kind, ErrorKind::RateLimited);
  EXPECT_EQ(failure.error.code, "rate_limited");
  EXPECT_EQ(failure.error.detail, "slow down (request r-1)");
  EXPECT_EQ(failure.error.retryAfter, std::chrono::seconds(12));
}

TEST(RestFailure, TakesTheKindOfTheStatusForACodeItDoesNotKnow) {
  wire::Problem problem;
  problem.code = "from_the_future";

  EXPECT_EQ(toFailure(problem, 409).error.kind, ErrorKind::Conflict);
  EXPECT_EQ(toFailure(problem, 418).error.kind, ErrorKind::Invalid);
  EXPECT_EQ(toFailure(problem, 401).error.kind, ErrorKind::Unauthorized);
  EXPECT_EQ(toFailure(problem, 413).error.kind, ErrorKind::TooLarge);
  EXPECT_EQ(toFailure(problem, 503).error.kind, ErrorKind::Unavailable);
  EXPECT_EQ(toFailure(problem, 507).error.kind, ErrorKind::Full);
  EXPECT_EQ(toFailure(problem, 409).error.code, "from_the_future");
}

TEST(RestFailure, CutsTheWordsOfAStranger) {
  wire::Problem problem;
  problem.code = "internal";
  problem.message = QByteArray(5000, 'x');

  EXPECT_LE(toFailure(problem).error.detail.size(), 300);
}

TEST(RestFailure, KeepsTheListsOfDevices) {
  const auto opened =
      openAck(R"({"error":{"code":"device_mismatch","message":"m","request_id":"r","missing":[{"user_id":")" +
              QByteArray(kUser) + R"(","device_id":7}],"extra":[]}})");

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().error.kind, ErrorKind::Conflict);
  ASSERT_EQ(opened.error().missing.size(), 1);
  EXPECT_EQ(opened.error().missing.at(0).deviceId, DeviceId{7});
}

TEST(RestFailure, OpensAcks) {
  EXPECT_EQ(openAck(R"({"ok":{"seq":3}})"), QByteArray(R"({"seq":3})"));
  EXPECT_EQ(*openPlainAck(R"({"ok":{}})"), "{}");
  EXPECT_EQ(openPlainAck(R"({"error":{"code":"not_found","message":""}})").error().kind, ErrorKind::NotFound);
}

TEST(RestFailure, RefusesAcksThatAreNone) {
  for (const auto *ack : {"null", "{}", "[]", "{\"error\":3}", "{\"ok\":", ""}) {
    const auto opened = openPlainAck(ack);
    ASSERT_FALSE(opened) << ack;
    EXPECT_EQ(opened.error().code, kBadAnswer) << ack;
  }
}

TEST(RestFailure, ReadsTheAckOfASentMessage) {
  const QByteArray accepted = R"({"message_id":")" + QByteArray(kMessage) + R"(","client_msg_id":")" + kMessage +
                              R"(","server_time":1750000000000})";

  const SendResult sent = openSendAck("{\"ok\":" + accepted + "}");

  ASSERT_TRUE(sent) << sent.error().error.detail.constData();
  EXPECT_EQ(sent->serverTime, 1'750'000'000'000);
  EXPECT_EQ(openSendAck(R"({"ok":{"message_id":3}})").error().error.code, kBadAnswer);
}

}  // namespace gx::net
