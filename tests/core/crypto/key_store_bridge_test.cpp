// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/key_store_bridge.h"

#include <gtest/gtest.h>

#include "core/crypto/prekeys.h"
#include "core/crypto/signal_error.h"
#include "core/crypto/signal_handles.h"
#include "tests/core/crypto/crypto_peer.h"

namespace gx::crypto {
namespace {

using namespace gx::test;

// What the C library may do to the store, called as the library calls it.
struct Bridge : TwoPeers {
  [[nodiscard]] SignalRef<ec_public_key> keyOf(const CryptoPeer &peer) {
    SignalRef<ec_public_key> key;
    const QByteArrayView bytes = peer.identity.publicKey.view();
    EXPECT_GE(curve_decode_point(key.out(), octets(bytes), length(bytes), alice.context->raw()), 0);
    return key;
  }
  [[nodiscard]] int loadPreKey(quint32 id) {
    SignalRef<session_pre_key> key;
    return signal_protocol_pre_key_load_key(bridge.raw(), key.out(), id);
  }
  [[nodiscard]] int loadSignedPreKey(quint32 id) {
    SignalRef<session_signed_pre_key> key;
    return signal_protocol_signed_pre_key_load_key(bridge.raw(), key.out(), id);
  }

  KeyStoreBridge bridge{alice.keyring(), bob.address, bob.identity.publicKey};
};

TEST_F(Bridge, TrustsTheKeyOfTheManifestAlone) {
  EXPECT_EQ(signal_protocol_identity_is_trusted_identity(bridge.raw(), bridge.address(), keyOf(bob).get()), 1);
  EXPECT_EQ(signal_protocol_identity_is_trusted_identity(bridge.raw(), bridge.address(), keyOf(mallory).get()), 0);
}

TEST_F(Bridge, SavesNoIdentity) {
  const InMemoryKeyStore before = alice.store;

  EXPECT_GE(signal_protocol_identity_save_identity(bridge.raw(), bridge.address(), keyOf(bob).get()), 0);
  EXPECT_EQ(signal_protocol_identity_save_identity(bridge.raw(), bridge.address(), keyOf(mallory).get()),
            SG_ERR_UNTRUSTED_IDENTITY);
  EXPECT_GE(signal_protocol_identity_save_identity(bridge.raw(), bridge.address(), nullptr), 0);
  EXPECT_EQ(alice.store, before);
}

TEST_F(Bridge, GivesOurIdentity) {
  SignalRef<ratchet_identity_key_pair> pair;
  ASSERT_GE(signal_protocol_identity_get_key_pair(bridge.raw(), pair.out()), 0);
  EXPECT_EQ(ec_public_key_compare(ratchet_identity_key_pair_get_public(pair.get()), keyOf(alice).get()), 0);

  uint32_t registrationId = 0;
  ASSERT_GE(signal_protocol_identity_get_local_registration_id(bridge.raw(), &registrationId), 0);
  EXPECT_EQ(registrationId, alice.identity.registrationId);
}

TEST_F(Bridge, NamesThePeerForTheLibrary) {
  EXPECT_EQ(QByteArray(bridge.address()->name, static_cast<qsizetype>(bridge.address()->name_len)),
            toText(bob.address.user));
  EXPECT_EQ(bridge.address()->device_id, static_cast<int32_t>(bob.address.device.value));
}

TEST_F(Bridge, OnlyCollectsTheSession) {
  SignalRef<session_record> record;
  ASSERT_GE(signal_protocol_session_load_session(bridge.raw(), record.out(), bridge.address()), 0);
  EXPECT_EQ(signal_protocol_session_contains_session(bridge.raw(), bridge.address()), 0);

  ASSERT_GE(signal_protocol_session_store_session(bridge.raw(), bridge.address(), record.get()), 0);

  EXPECT_TRUE(bridge.storedSession());
  EXPECT_TRUE(alice.store.sessions.empty());
}

TEST_F(Bridge, DeletesNoSession) {
  EXPECT_LT(signal_protocol_session_delete_session(bridge.raw(), bridge.address()), 0);
  EXPECT_LT(signal_protocol_session_delete_all_sessions(bridge.raw(), "x", 1), 0);
}

TEST_F(Bridge, LoadsPreKeysAndOnlyNotesTheirUse) {
  EXPECT_GE(loadPreKey(1), 0);
  EXPECT_EQ(loadPreKey(99), SG_ERR_INVALID_KEY_ID);
  EXPECT_GE(loadSignedPreKey(1), 0);
  EXPECT_EQ(loadSignedPreKey(99), SG_ERR_INVALID_KEY_ID);

  ASSERT_GE(signal_protocol_pre_key_remove_key(bridge.raw(), 1), 0);
  EXPECT_EQ(bridge.usedPreKey(), 1U);
  EXPECT_TRUE(alice.store.preKeys.contains(1));
}

TEST_F(Bridge, FindsTheLastResortPreKeyBySignedPreKey) {
  EXPECT_EQ(loadPreKey(kLastResortPreKeyId), SG_ERR_INVALID_KEY_ID);  // whose?
  bridge.setSignedPreKeyId(1);
  EXPECT_GE(loadPreKey(kLastResortPreKeyId), 0);
  bridge.setSignedPreKeyId(2);
  EXPECT_EQ(loadPreKey(kLastResortPreKeyId), SG_ERR_INVALID_KEY_ID);
}

TEST_F(Bridge, CountsADamagedPreKeyAsGone) {
  alice.store.preKeys.at(1).record.chop(1);
  alice.store.signedPreKeys.at(1).record.clear();
  alice.store.signedPreKeys.at(1).lastResortRecord = alice.store.preKeys.at(2).record;
  bridge.setSignedPreKeyId(1);

  EXPECT_EQ(loadPreKey(1), SG_ERR_INVALID_KEY_ID);
  EXPECT_EQ(loadSignedPreKey(1), SG_ERR_INVALID_KEY_ID);
  EXPECT_EQ(loadPreKey(kLastResortPreKeyId), SG_ERR_INVALID_KEY_ID);
}

TEST_F(Bridge, KeepsWhatTheStoreSaid) {
  alice.store.isBroken = true;

  const int result = loadPreKey(1);

  EXPECT_LT(result, 0);
  EXPECT_EQ(bridge.errorOf(result, "load").kind, ErrorKind::Storage);
}

TEST_F(Bridge, ExplainsTheLibraryOtherwise) {
  EXPECT_EQ(bridge.errorOf(SG_ERR_NO_SESSION, "decrypt").code, codes::kNoSession);
}

}  // namespace
}  // namespace gx::crypto
