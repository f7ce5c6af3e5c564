// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/signal_context.h"

#include <gtest/gtest.h>

#include <QLoggingCategory>

#include "core/crypto/identity.h"
#include "tests/core/crypto/crypto_peer.h"

namespace gx::crypto {
namespace {

TEST(SignalContext, IsMadeWithItsProvider) {
  test::FixedRandom random;

  const auto context = SignalContext::make(random);

  ASSERT_TRUE(context);
  EXPECT_NE((*context)->raw(), nullptr);
  EXPECT_EQ(&(*context)->random(), &random);
  EXPECT_TRUE(makeIdentity(**context));
}

TEST(SignalContext, LocksAgainInsideDecrypt) {
  test::CryptoPeer alice{1}, bob{2};
  alice.trusts(bob);
  bob.trusts(alice);
  alice.startsWith(bob);

  EXPECT_EQ(bob.reads(alice, alice.sends(bob, "a plain mutex would hang here")), "a plain mutex would hang here");
}

TEST(SignalContext, SaysNothingOfAddressesInTheLog) {
  static QByteArray lines;
  lines.clear();
  const auto before = qInstallMessageHandler(
      [](QtMsgType, const QMessageLogContext &, const QString &text) { lines += text.toUtf8() + '\n'; });
  QLoggingCategory::setFilterRules(QStringLiteral("gx.core.crypto.debug=true"));
  test::CryptoPeer alice{1}, bob{2};
  alice.trusts(bob);
  bob.trusts(alice);
  alice.startsWith(bob);
  Ciphertext letter = alice.sends(bob, "x");
  letter.bytes[letter.bytes.size() - 20] = static_cast<char>(letter.bytes[letter.bytes.size() - 20] ^ 1);
  static_cast<void>(bob.opens(alice, letter));
  QLoggingCategory::setFilterRules({});
  qInstallMessageHandler(before);

  EXPECT_TRUE(lines.contains("notice of the library"));
  EXPECT_FALSE(lines.contains(toText(alice.address.user)));
}

}  // namespace
}  // namespace gx::crypto
