// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/session_record.h"

#include <gtest/gtest.h>

#include "tests/core/crypto/crypto_peer.h"

namespace gx::crypto {
namespace {

using namespace gx::test;

using SessionRecords = TwoPeers;

TEST_F(SessionRecords, AreEmptyBeforeThereIsASession) {
  const auto record = SessionRecord::load(alice.keyring(), bob.address);

  ASSERT_TRUE(record);
  EXPECT_TRUE(record->bytes.isEmpty());
}

TEST_F(SessionRecords, ComeBackAsTheyWereSaved) {
  talk();
  const SessionRecord record = *SessionRecord::load(alice.keyring(), bob.address);
  alice.store.sessions.clear();
  ASSERT_TRUE(record.save(alice.keyring(), bob.address));

  const SessionRecord again = *SessionRecord::load(alice.keyring(), bob.address);
  EXPECT_EQ(again.bytes, record.bytes);
  EXPECT_EQ(again.startedAt, alice.clock.wallNow());
}

TEST_F(SessionRecords, BelongToOnePeer) {
  talk();
  alice.store.sessions[mallory.address] = alice.store.sessions[bob.address];

  EXPECT_EQ(errorCode(SessionRecord::load(alice.keyring(), mallory.address)), codes::kSessionDamaged);
}

TEST_F(SessionRecords, BelongToOneKey) {
  talk();
  mallory.store.sessions[bob.address] = alice.store.sessions[bob.address];

  EXPECT_EQ(errorCode(SessionRecord::load(mallory.keyring(), bob.address)), codes::kSessionDamaged);
}

TEST_F(SessionRecords, AreNotSavedWhenMalformed) {
  EXPECT_FALSE((SessionRecord{{}, "\x0a"}.save(alice.keyring(), bob.address)));
  EXPECT_FALSE((SessionRecord{{}, QByteArray::fromHex("0a050809220161")}.save(alice.keyring(), bob.address)));
  EXPECT_TRUE(alice.store.sessions.empty());
}

}  // namespace
}  // namespace gx::crypto
