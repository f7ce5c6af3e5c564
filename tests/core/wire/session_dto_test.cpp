// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/session_dto.h"

#include <gtest/gtest.h>

namespace gx::wire {
namespace {

TEST(SessionDto, ConnectAuthHasItsMembers) {
  const auto first = ConnectAuth::parse(R"({"token":"t"})").value();
  const auto again = ConnectAuth::parse(R"({"token":"t","after":12,"boot":{"counter":3,"sends":400}})").value();

  EXPECT_EQ(first.token, "t");
  EXPECT_FALSE(first.after || first.bootCounter || first.bootSends);
  EXPECT_EQ(again.after, 12);
  EXPECT_EQ(again.bootCounter, 3);
  EXPECT_EQ(again.bootSends, 400);
  EXPECT_EQ(again.toJson(), R"({"token":"t","after":12,"boot":{"counter":3,"sends":400}})");
}

TEST(SessionDto, ConnectAuthNamesTheLetterOfItsCursor) {
  const QByteArray json = R"({"token":"t","after":12,"message_id":"0198c6f2-0000-7000-8000-00000000000c"})";

  const auto auth = ConnectAuth::parse(json).value();

  EXPECT_EQ(auth.messageId, parseId<MessageId>("0198c6f2-0000-7000-8000-00000000000c"));
  EXPECT_EQ(auth.toJson(), json);
  EXPECT_FALSE(ConnectAuth::parse(R"({"token":"t","after":12,"message_id":"12"})"));
}

TEST(SessionDto, ConnectAuthIsAnObject) {
  for (const char *json : {"", "[]", "[{\"token\":\"t\"}]", "\"t\"", "{}"})
    EXPECT_FALSE(ConnectAuth::parse(json)) << json;
}

TEST(SessionDto, ReadyHasItsMembers) {
  const auto ready =
      Ready::parse(
          R"({"device_id":17,"head":12,"acked":9,"expired":3,"prekeys":99,"rolled_back":true,"server_time":1750000000000})")
          .value();

  EXPECT_EQ(ready.deviceId, DeviceId{17});
  EXPECT_EQ(ready.head, 12);
  EXPECT_EQ(ready.acked, 9);
  EXPECT_EQ(ready.expired, 3);
  EXPECT_EQ(ready.preKeys, 99);
  EXPECT_TRUE(ready.rolledBack);
  EXPECT_EQ(ready.serverTime, 1'750'000'000'000);
}

TEST(SessionDto, SmallEventsHaveTheirMember) {
  EXPECT_EQ(KeysLow::parse(R"({"prekeys":4})")->preKeys, 4);
  EXPECT_EQ(AuthRenew::parse(R"({"token":"t"})")->token, "t");
  EXPECT_EQ(AuthRenewed::parse(R"({"expires_in":600})")->expiresIn, 600);
  EXPECT_EQ(AuthExpiring::parse(R"({"seconds":60})")->seconds, 60);
  EXPECT_EQ(Closing::parse(R"({"retry_after_ms":1500})")->retryAfterMs, 1500);
}

TEST(SessionDto, RelayInfoIsFoundInALargeDescription) {
  QByteArray json = "{\"paths\":{";
  for (int i = 0; i < 3000; ++i) json += (i > 0 ? ",\"/" : "\"/") + QByteArray::number(i) + "\":{}";
  json += R"(},"x-gx-relay":{"api_level":1,"environment":"local","demo":true,"registration":"invite"}})";

  const auto info = RelayInfo::parse(json).value();

  EXPECT_EQ(info.apiLevel, 1);
  EXPECT_EQ(info.environment, "local");
  EXPECT_TRUE(info.demo);
  EXPECT_EQ(info.registration, "invite");
}

TEST(SessionDto, RelayInfoRefusesWhatIsNoRelay) {
  for (const char *json : {"", "<html>", "{}", "[\"x-gx-relay\"]", "{\"x-gx-relay\":1}", "{\"x-gx-relay\":{}} x"})
    EXPECT_FALSE(RelayInfo::parse(json)) << json;
}

}  // namespace
}  // namespace gx::wire
