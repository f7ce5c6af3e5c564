// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/account_dto.h"

#include <gtest/gtest.h>

#include "tests/core/wire/vectors.h"

namespace gx::wire {
namespace {

QJsonObject accountVector(const QString &name, int index) {
  return test::vectors(QStringLiteral("dto/account.json"))[name][QStringLiteral("valid")][index].toObject();
}

TEST(AccountDto, RegisterRequestHasItsMembers) {
  const auto plain = RegisterRequest::parse(R"({"account":"a@x.test","password":"p"})").value();
  const auto invited = RegisterRequest::parse(R"({"account":"a@x.test","password":"p","invite":"i"})").value();

  EXPECT_EQ(plain.account, "a@x.test");
  EXPECT_EQ(plain.password, "p");
  EXPECT_EQ(plain.invite, std::nullopt);
  EXPECT_EQ(invited.invite, "i");
  EXPECT_EQ(plain.toJson(), R"({"account":"a@x.test","password":"p"})");
}

TEST(AccountDto, LoginResponseHasItsMembersFlat) {
  const auto response = LoginResponse::parse(test::compact(accountVector(QStringLiteral("LoginResponse"), 0))).value();

  EXPECT_EQ(toText(response.userId), "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");
  EXPECT_EQ(response.account, "alice@gxcoin.test");
  EXPECT_EQ(response.deviceId, DeviceId{2147483647});
  EXPECT_EQ(response.deviceState, DeviceState::Pending);
  EXPECT_EQ(response.serverTime, 1'750'000'000'000);
  EXPECT_EQ(response.environment, "local");
  EXPECT_EQ(response.tokens, (TokenPair{"gxa_" + QByteArray(43, 'A'), 600, "gxr_" + QByteArray(43, 'B'), 2'592'000}));
}

TEST(AccountDto, LoginRequestHasItsMembers) {
  const auto request = LoginRequest::parse(R"({"account":"a","password":"p","device_name":"d"})").value();

  EXPECT_EQ(request.account, "a");
  EXPECT_EQ(request.password, "p");
  EXPECT_EQ(request.deviceName, "d");
}

TEST(AccountDto, RefreshRequestSignsItsTokenAndId) {
  const RefreshRequest request{.refreshToken = "gxr_1", .requestId = "r-1"};

  EXPECT_EQ(request.signedBytes().toHex(), "0000000c67782d726566726573682d31000000056778725f3100000003722d31");
}

TEST(AccountDto, RefreshRequestCarriesASignature) {
  const RefreshRequest request{"gxr_1", "r-1", QByteArray(64, 's')};

  const auto read = RefreshRequest::parse(request.toJson()).value();

  EXPECT_EQ(read.refreshToken, "gxr_1");
  EXPECT_EQ(read.requestId, "r-1");
  EXPECT_EQ(read.signature, QByteArray(64, 's'));
}

TEST(AccountDto, DeviceListHasItsMembers) {
  const auto list = DeviceList::parse(test::compact(accountVector(QStringLiteral("DeviceList"), 1))).value();

  ASSERT_EQ(list.devices.size(), 2);
  EXPECT_EQ(list.devices[0].deviceId, DeviceId{17});
  EXPECT_EQ(list.devices[0].name, "Laptop");
  EXPECT_EQ(list.devices[0].state, DeviceState::Active);
  EXPECT_EQ(list.devices[0].createdAt, 1'750'000'000'000);
  EXPECT_EQ(list.devices[0].lastSeenDay, "2026-01-31");
  EXPECT_TRUE(list.devices[0].current);
  EXPECT_FALSE(list.devices[1].current);
}

TEST(AccountDto, DeviceStatesHaveNames) {
  for (const auto state : {DeviceState::Pending, DeviceState::Active, DeviceState::Revoked})
    EXPECT_EQ(parseDeviceState(toText(state)), state);
  EXPECT_STREQ(toText(DeviceState::Revoked), "REVOKED");
  EXPECT_EQ(parseDeviceState("active"), std::nullopt);
}

}  // namespace
}  // namespace gx::wire
