// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/identity_store.h"

#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

class IdentityStoreTest : public StoreTest {
 protected:
  static store::IdentityRow row() {
    return {"public", SecretBytes(QByteArrayView("private")), 77, SecretBytes(QByteArrayView("record"))};
  }
  store::IdentityStore identities{*database};
};

TEST_F(IdentityStoreTest, IsMadeOnce) {
  EXPECT_FALSE(must(identities.identity()));
  must(identities.insert(row()));

  EXPECT_EQ(identities.insert(row()).error().kind, ErrorKind::Conflict);
  const auto kept = must(identities.identity());
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->publicKey, "public");
  EXPECT_EQ(kept->privateKey.view(), "private");
  EXPECT_EQ(kept->registrationId, 77U);
  EXPECT_EQ(kept->recordKey.view(), "record");
}

TEST_F(IdentityStoreTest, NeverGivesAnIdOfSignedPreKeysTwice) {
  must(identities.insert(row()));
  EXPECT_EQ(must(identities.takeSignedPreKeyId()), 1U);
  opens();
  store::IdentityStore again(*database);

  EXPECT_EQ(must(again.takeSignedPreKeyId()), 2U);
}

TEST_F(IdentityStoreTest, RemembersTheNextPreKeyAndTheUpload) {
  must(identities.insert(row()));
  EXPECT_EQ(must(identities.nextPreKeyId()), 1U);
  must(identities.setNextPreKeyId(101));
  EXPECT_FALSE(must(identities.isUploaded()));
  must(identities.setUploaded());

  EXPECT_EQ(must(identities.nextPreKeyId()), 101U);
  EXPECT_TRUE(must(identities.isUploaded()));
}

}  // namespace

}  // namespace gx::test
