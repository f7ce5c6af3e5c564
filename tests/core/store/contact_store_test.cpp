// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/contact_store.h"

#include "core/store/manifest_store.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class ContactStoreTest : public StoreTest {
 protected:
  store::ContactStore contacts{*database};
  store::ManifestStore manifests{*database};
};

TEST_F(ContactStoreTest, KnowsNoStranger) {
  EXPECT_FALSE(must(contacts.contact(bob)));
  EXPECT_FALSE(must(contacts.userOf(u"bob@gxcoin.test"_s)));
}

TEST_F(ContactStoreTest, KeepsWhatThePersonSetWhenTheAccountChanges) {
  must(contacts.ensure(bob, u"bob@gxcoin.test"_s));
  auto contact = *must(contacts.contact(bob));
  contact.displayName = u"Bob"_s;
  contact.isBlocked = true;
  must(contacts.update(contact));
  must(contacts.ensure(bob, u"robert@gxcoin.test"_s));
  must(contacts.ensure(bob, QString()));

  contact.account = u"robert@gxcoin.test"_s;
  EXPECT_EQ(must(contacts.contact(bob)), contact);
  EXPECT_EQ(must(contacts.userOf(u"robert@gxcoin.test"_s)), bob);
  EXPECT_FALSE(must(contacts.userOf(u"bob@gxcoin.test"_s)));
}

TEST_F(ContactStoreTest, UpdatesOnlyWhomItKnows) {
  must(contacts.update({bob, u"bob@gxcoin.test"_s, u"Bob"_s}));

  EXPECT_FALSE(must(contacts.contact(bob)));
}

TEST_F(ContactStoreTest, TakesTrustFromTheDeviceListAlone) {
  must(contacts.ensure(bob, u"bob@gxcoin.test"_s));
  auto contact = *must(contacts.contact(bob));
  contact.trust = model::Trust::Verified;
  must(contacts.update(contact));
  EXPECT_EQ(must(contacts.contact(bob))->trust, model::Trust::Unverified);

  must(manifests.setTrust(bob, {true, {}}));
  EXPECT_EQ(must(contacts.contact(bob))->trust, model::Trust::Verified);
  must(manifests.setTrust(bob, {true, "manifest_fork"}));
  EXPECT_EQ(must(contacts.contact(bob))->trust, model::Trust::Broken);
}

}  // namespace

}  // namespace gx::test
