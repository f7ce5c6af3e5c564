// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/account_book.h"

#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class AccountBookTest : public VaultTest {
 protected:
  vault::AccountBook &book() { return alice->vault().account(); }
};

TEST_F(AccountBookTest, KnowsWhoIsSignedIn) {
  auto record = *must(book().account());
  record.relayUrl = u"http://127.0.0.1:3007"_s;
  record.environment = u"local"_s;

  must(book().signIn(record, SecretBytes(QByteArrayView("gxr_next"))));
  must(book().setApproved(true));
  alice->restarts();

  record.account.isApproved = true;
  EXPECT_EQ(must(book().account()), record);
}

TEST_F(AccountBookTest, RefusesAnotherDeviceInTheSameStore) {
  auto record = *must(book().account());
  record.account.self.device = DeviceId{99};

  const auto signedIn = await(book().signIn(record, SecretBytes(QByteArrayView("x"))));

  ASSERT_FALSE(signedIn);
  EXPECT_EQ(signedIn.error().kind, ErrorKind::Conflict);
  EXPECT_EQ(must(book().account())->account.self.device, DeviceId{11});
}

TEST_F(AccountBookTest, KeepsTheRequestIdOfARefreshUntilItIsFinished) {
  const auto first = must(book().beginRefresh());
  alice->restarts();  // C21: rotated at the relay, the answer lost

  const auto again = must(book().beginRefresh());
  must(book().finishRefresh(SecretBytes(QByteArrayView("gxr_second"))));
  const auto next = must(book().beginRefresh());

  EXPECT_EQ(first.requestId, again.requestId);
  EXPECT_EQ(again.refreshToken.view(), "gxr_token");
  EXPECT_EQ(next.refreshToken.view(), "gxr_second");
  EXPECT_NE(next.requestId, first.requestId);
}

TEST_F(AccountBookTest, HasNothingToRefreshWithAfterTheTokenIsDropped) {
  must(book().dropRefreshToken());

  const auto attempt = await(book().beginRefresh());

  ASSERT_FALSE(attempt);
  EXPECT_EQ(attempt.error().kind, ErrorKind::Unauthorized);
}

TEST_F(AccountBookTest, CountsStartsAndSends) {
  EXPECT_EQ(must(book().countBoot()).counter, 1);
  alice->sends(chat, u"one"_s);
  alice->sends(chat, u"two"_s);
  alice->restarts();

  const auto mark = must(book().countBoot());

  EXPECT_EQ(mark, (vault::BootMark{2, 2}));
  EXPECT_EQ(must(book().bootMark()), mark);
}

TEST_F(AccountBookTest, KeepsSettings) {
  EXPECT_FALSE(must(book().setting(u"read_receipts"_s)));
  must(book().setSetting(u"read_receipts"_s, u"on"_s));
  must(book().setSetting(u"read_receipts"_s, u"off"_s));

  EXPECT_EQ(must(book().setting(u"read_receipts"_s)), u"off"_s);
}

TEST_F(AccountBookTest, KeepsADraftUntilItIsEmpty) {
  model::Draft draft;
  draft.conversation = chat;
  draft.text = u"half a sent"_s;
  must(book().saveDraft(draft));
  alice->restarts();

  EXPECT_EQ(must(book().draft(chat))->text, u"half a sent"_s);
  draft.text.clear();
  must(book().saveDraft(draft));
  EXPECT_FALSE(must(book().draft(chat)));
}

}  // namespace

}  // namespace gx::test
