// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/account_store.h"

#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class AccountStoreTest : public StoreTest {
 protected:
  store::AccountRow row() {
    store::AccountRow result;
    result.account.self = {alice, DeviceId{4}};
    result.account.name = u"alice@gxcoin.test"_s;
    result.account.deviceName = u"laptop"_s;
    result.relayUrl = u"https://relay"_s;
    result.environment = u"local"_s;
    return result;
  }
  store::AccountStore accounts{*database};
};

TEST_F(AccountStoreTest, IsEmptyBeforeSignIn) {
  EXPECT_FALSE(must(accounts.account()));
  EXPECT_EQ(accounts.self().error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(must(accounts.refresh()).token.isEmpty());
  EXPECT_EQ(must(accounts.boot()), store::BootRow());
  EXPECT_EQ(must(accounts.mailCursor()), model::MailCursor());
}

TEST_F(AccountStoreTest, KeepsOneAccount) {
  auto kept = row();
  must(accounts.insert(kept));
  EXPECT_FALSE(accounts.insert(kept));
  kept.account.isApproved = true;
  must(accounts.update(kept));

  EXPECT_EQ(must(accounts.account()), kept);
  EXPECT_EQ(must(accounts.self()), kept.account.self);
}

TEST_F(AccountStoreTest, KeepsTokenAndRequestTogether) {
  must(accounts.insert(row()));
  must(accounts.setRefresh({SecretBytes(QByteArrayView("token")), "request"}));

  EXPECT_EQ(must(accounts.refresh()).token.view(), "token");
  EXPECT_EQ(must(accounts.refresh()).request, "request");
}

TEST_F(AccountStoreTest, CountsAndNeverGoesBack) {
  must(accounts.insert(row()));
  must(accounts.countBoot());
  must(accounts.countSend());
  must(accounts.countSend());
  const model::MailCursor tenth{10, MessageId{{1, 2, 3}}};
  must(accounts.setMailCursor(tenth));
  must(accounts.setMailCursor({7, MessageId{{7}}}));

  EXPECT_EQ(must(accounts.boot()), (store::BootRow{1, 2}));
  EXPECT_EQ(must(accounts.mailCursor()), tenth);
}

TEST_F(AccountStoreTest, TheMailCursorGoesBackWithoutALetter) {
  must(accounts.insert(row()));
  const model::MailCursor tenth{10, MessageId{{1, 2, 3}}};
  must(accounts.setMailCursor(tenth));

  must(accounts.rewindMailCursor(12));
  EXPECT_EQ(must(accounts.mailCursor()), tenth);
  must(accounts.rewindMailCursor(4));

  EXPECT_EQ(must(accounts.mailCursor()), (model::MailCursor{4, std::nullopt}));
}

}  // namespace

}  // namespace gx::test
