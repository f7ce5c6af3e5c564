// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/signal_key_store.h"

#include "core/store/key_batch_store.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

class SignalKeyStoreTest : public StoreTest {
 protected:
  static crypto::StoredSignedPreKey signedKey(quint32 id, qint64 millis) {
    return {id, "public", "signature", "record", "last" + QByteArray::number(id), "last record", fromMillis(millis)};
  }
  store::SignalKeyStore keys{*database};
  store::KeyBatchStore batches{*database};
  const model::DeviceAddress device{bob, DeviceId{2}};
};

TEST_F(SignalKeyStoreTest, KeepsSessionsPerDevice) {
  EXPECT_FALSE(must(keys.session(device)));
  must(keys.putSession(device, "one"));
  must(keys.putSession(device, "two"));

  EXPECT_EQ(must(keys.session(device)), "two");
  EXPECT_FALSE(must(keys.session({bob, DeviceId{3}})));
  EXPECT_EQ(must(keys.sessions()), std::vector<model::DeviceAddress>{device});
}

TEST_F(SignalKeyStoreTest, PutsADamagedSessionAwayButKeepsItsBytes) {
  must(keys.putSession(device, "damaged"));
  must(keys.quarantineSession(device));

  EXPECT_FALSE(must(keys.session(device)));
  EXPECT_EQ(count("SELECT count(*) FROM damaged_session WHERE record = 'damaged'"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM damaged_session"), 1);
}

TEST_F(SignalKeyStoreTest, RefusesAPrekeyIdThatIsTaken) {
  must(keys.putPreKey({5, "key", "record"}));

  EXPECT_FALSE(keys.putPreKey({5, "other", "record"}));
  EXPECT_EQ(must(keys.preKey(5)), (crypto::StoredPreKey{5, "key", "record"}));
  must(keys.removePreKey(5));
  EXPECT_FALSE(must(keys.preKey(5)));
}

TEST_F(SignalKeyStoreTest, KeepsBaseKeysAsLongAsTheirSignedPreKey) {
  must(keys.putSignedPreKey(signedKey(1, 0)));
  must(keys.putSignedPreKey(signedKey(2, 10)));
  must(batches.markReplaced(fromMillis(10)));
  must(batches.confirm(must(batches.gather(false, true)).number));
  must(keys.rememberBaseKey("hash", 1));
  must(keys.rememberBaseKey("hash", 1));
  EXPECT_TRUE(must(keys.wasBaseKeyUsed("hash")));
  EXPECT_FALSE(must(keys.wasBaseKeyUsed("other")));

  must(batches.forget(fromMillis(0), fromMillis(11)));

  EXPECT_FALSE(must(keys.signedPreKey(1)));
  EXPECT_EQ(must(keys.signedPreKey(2)), signedKey(2, 10));
  EXPECT_FALSE(must(keys.wasBaseKeyUsed("hash")));
}

TEST_F(SignalKeyStoreTest, RemembersWhenASessionWasRenewed) {
  EXPECT_FALSE(must(keys.renewedAt(device)));
  must(keys.setRenewedAt(device, fromMillis(5)));
  must(keys.setRenewedAt(device, fromMillis(9)));

  EXPECT_EQ(must(keys.renewedAt(device)), fromMillis(9));
}

}  // namespace

}  // namespace gx::test
