// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/link_dto.h"

#include <gtest/gtest.h>

namespace gx::wire {
namespace {

const UserId kLinkUser = parseId<UserId>("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b").value();
const QByteArray kNewIdentity = '\x05' + QByteArray(32, 'n');
const QByteArray kListedIdentity = '\x05' + QByteArray(32, 'o');
const QByteArray kNewNonce(16, '1');
const QByteArray kListedNonce(16, '2');

TEST(LinkDto, CommitsToIdentityAndNonce) {
  EXPECT_EQ(linkCommitment(kLinkUser, DeviceId{23}, kNewIdentity, kNewNonce).toHex(),
            "83cb145767610fb0e8ed9f5139efd706aecc3e692bd695c9da5f311ee682ebb2");
}

TEST(LinkDto, ShowsSixDigitsWithLeadingZeros) {
  const LinkParty listed{DeviceId{17}, kListedIdentity, kListedNonce};

  EXPECT_EQ(linkDigits(kLinkUser, {DeviceId{23}, kNewIdentity, kNewNonce}, listed), "136201");
  EXPECT_EQ(linkDigits(kLinkUser, {DeviceId{27}, kNewIdentity, kNewNonce}, listed), "007549");
}

TEST(LinkDto, DigitsDependOnWhichDeviceIsNew) {
  const LinkParty one{DeviceId{23}, kNewIdentity, kNewNonce};
  const LinkParty other{DeviceId{17}, kListedIdentity, kListedNonce};

  EXPECT_NE(linkDigits(kLinkUser, one, other), linkDigits(kLinkUser, other, one));
}

TEST(LinkDto, PutNamesIdentityAndNonceOnlyTogether) {
  const LinkPut commitment{QByteArray(32, 'c')};
  const LinkPut revealed{QByteArray(32, 'c'), kNewIdentity, kNewNonce};

  const auto first = LinkPut::parse(commitment.toJson()).value();
  const auto second = LinkPut::parse(revealed.toJson()).value();

  EXPECT_EQ(first.commitment, commitment.commitment);
  EXPECT_FALSE(first.identityKey || first.nonce);
  EXPECT_EQ(second.identityKey, kNewIdentity);
  EXPECT_EQ(second.nonce, kNewNonce);
}

TEST(LinkDto, StateKeepsAnswerAndReveal) {
  const LinkState state{.deviceId = {23},
                        .name = "Phone",
                        .commitment = QByteArray(32, 'c'),
                        .answer = LinkState::Answer{DeviceId{17}, kListedIdentity, kListedNonce},
                        .reveal = LinkState::Reveal{kNewIdentity, kNewNonce}};

  const auto read = LinkState::parse(state.toJson()).value();

  EXPECT_EQ(read.deviceId, DeviceId{23});
  EXPECT_EQ(read.name, "Phone");
  EXPECT_EQ(read.commitment, state.commitment);
  EXPECT_EQ(read.answer, state.answer);
  EXPECT_EQ(read.reveal, state.reveal);
}

TEST(LinkDto, AnswerAndEventHaveTheirMembers) {
  const auto answer = LinkAnswer::parse(LinkAnswer{kListedIdentity, kListedNonce}.toJson()).value();

  EXPECT_EQ(answer.identityKey, kListedIdentity);
  EXPECT_EQ(answer.nonce, kListedNonce);
  EXPECT_EQ(DeviceLinkEvent::parse(R"({"device_id":23})")->deviceId, DeviceId{23});
}

}  // namespace
}  // namespace gx::wire
