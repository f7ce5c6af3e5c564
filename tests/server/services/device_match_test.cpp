// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/device_match.h"

#include <gtest/gtest.h>

#include "core/wire/limits.h"

namespace gx::test {

using server::domain::Principal;
using server::domain::Roster;
using server::services::findExcess;
using server::services::findMismatch;

class DeviceMatchTest : public testing::Test {
 protected:
  DeviceMatchTest() {
    alice.bytes[0] = 1;
    bob.bytes[0] = 2;
    roster.members = {{alice, 1}, {bob, 1}};
    roster.devices = {{DeviceId{1}, alice, 101}, {DeviceId{2}, alice, 102}, {DeviceId{3}, bob, 103}};
    sender.user = alice;
    sender.device = DeviceId{1};
  }
  static wire::SendRequest to(std::initializer_list<std::pair<quint32, quint32>> envelopes) {
    wire::SendRequest request;
    for (const auto &[device, registration] : envelopes)
      request.envelopes.append({DeviceId{device}, registration, wire::EnvelopeKind::Message, "sealed"});
    return request;
  }
  static QList<quint32> numbers(const QList<wire::DeviceRef> &refs) {
    QList<quint32> list;
    for (const auto &ref : refs) list.append(ref.deviceId.value);
    return list;
  }
  UserId alice, bob;
  Roster roster;
  Principal sender;
};

TEST_F(DeviceMatchTest, FitsWhenEveryOtherDeviceIsNamedOnce) {
  EXPECT_FALSE(findMismatch(roster, sender, to({{2, 102}, {3, 103}})));
  EXPECT_FALSE(findMismatch(roster, sender, to({{3, 103}, {2, 102}})));
}

TEST_F(DeviceMatchTest, ListsWhatIsMissingAndWhatIsTooMuch) {
  const auto refused = findMismatch(roster, sender, to({{9, 1}, {2, 102}, {8, 1}}));

  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->error.code, "device_mismatch");
  EXPECT_EQ(refused->error.kind, ErrorKind::Conflict);
  EXPECT_EQ(numbers(refused->missing), QList<quint32>{3});
  EXPECT_EQ(refused->missing[0].userId, bob);
  EXPECT_EQ(numbers(refused->extra), (QList<quint32>{9, 8}));
  EXPECT_TRUE(refused->stale.isEmpty());
}

TEST_F(DeviceMatchTest, TellsOfStaleOnesWhenTheRestFits) {
  const auto stale = findMismatch(roster, sender, to({{2, 102}, {3, 104}}));
  const auto both = findMismatch(roster, sender, to({{3, 104}}));

  ASSERT_TRUE(stale && both);
  EXPECT_EQ(stale->error.code, "stale_device");
  EXPECT_EQ(numbers(stale->stale), QList<quint32>{3});
  EXPECT_EQ(both->error.code, "device_mismatch");
  EXPECT_TRUE(both->stale.isEmpty());
}

TEST_F(DeviceMatchTest, WantsADeviceOfEveryMemberAndASenderAmongThem) {
  Principal stranger;
  stranger.user.bytes[0] = 9;
  EXPECT_EQ(findMismatch(roster, stranger, to({}))->error.code, "not_found");
  roster.devices.pop_back();
  EXPECT_EQ(findMismatch(roster, sender, to({{2, 102}}))->error.code, "no_devices");
}

TEST_F(DeviceMatchTest, HoldsCountsAndSizes) {
  using namespace wire::limits;
  const auto sized = [](qsizetype count, qsizetype bytes) {
    wire::SendRequest request;
    for (qsizetype i = 0; i < count; ++i)
      request.envelopes.append({DeviceId{quint32(i + 1)}, 1, wire::EnvelopeKind::Message, QByteArray(bytes, 'x')});
    return request;
  };

  EXPECT_FALSE(findExcess(sized(0, 0)));
  EXPECT_FALSE(findExcess(sized(kRecipientDevices, 100)));
  EXPECT_EQ(findExcess(sized(kRecipientDevices + 1, 100))->error.code, "too_large");
  EXPECT_FALSE(findExcess(sized(1, kEnvelopeBytes)));
  EXPECT_EQ(findExcess(sized(1, kEnvelopeBytes + 1))->error.code, "too_large");
  EXPECT_EQ(findExcess(sized(11, kEnvelopeBytes))->error.code, "too_large");
  EXPECT_FALSE(findExcess(sized(10, kEnvelopeBytes)));
  EXPECT_EQ(findExcess(sized(1, 0))->error.code, "bad_request");
  EXPECT_EQ(findExcess(to({{2, 1}, {2, 1}}))->error.code, "bad_request");
}

}  // namespace gx::test
