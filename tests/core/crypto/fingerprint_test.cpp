// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/fingerprint.h"

#include <gtest/gtest.h>

#include <QCryptographicHash>

#include "tests/core/crypto/crypto_peer.h"

namespace gx::crypto {
namespace {

using namespace gx::test;

// The algorithm of the JavaScript FingerprintGenerator(5200), written down once more.
QByteArray halfNumber(const QByteArray &id, const QByteArray &key) {
  QByteArray hash = QByteArray(2, '\0') + key + id;
  for (int i = 0; i < 5200; ++i) hash = QCryptographicHash::hash(hash + key, QCryptographicHash::Sha512);
  QByteArray digits;
  for (int group = 0; group < 6; ++group) {
    quint64 number = 0;
    for (int i = 0; i < 5; ++i) number = number << 8 | static_cast<unsigned char>(hash[group * 5 + i]);
    digits += QByteArray::number(number % 100000).rightJustified(5, '0');
  }
  return digits;
}

struct SafetyNumbers : testing::Test {
  static FingerprintParty party(const CryptoPeer &peer) { return {peer.address.user, {peer.identity.publicKey}}; }
  model::SafetyNumber numberOf(const FingerprintParty &local, const FingerprintParty &remote) {
    return *safetyNumber(*alice.context, local, remote);
  }

  CryptoPeer alice{1}, bob{2}, mallory{3};
};

TEST_F(SafetyNumbers, AreThoseOfTheJavaScriptLibrary) {
  const QByteArray one = halfNumber(toText(alice.address.user), alice.identity.publicKey.bytes());
  const QByteArray two = halfNumber(toText(bob.address.user), bob.identity.publicKey.bytes());

  EXPECT_EQ(numberOf(party(alice), party(bob)).digits.toLatin1(), std::min(one, two) + std::max(one, two));
}

TEST_F(SafetyNumbers, AreEqualOnBothSides) {
  const model::SafetyNumber ours = numberOf(party(alice), party(bob));
  const model::SafetyNumber theirs = numberOf(party(bob), party(alice));

  EXPECT_EQ(ours.digits.size(), 60);
  EXPECT_EQ(ours.digits, theirs.digits);
  EXPECT_EQ(*compareScanned(ours, theirs.scannable), ScanOutcome::Match);
  EXPECT_EQ(*compareScanned(theirs, ours.scannable), ScanOutcome::Match);
}

TEST_F(SafetyNumbers, CoverAllDevicesInAnyOrder) {
  FingerprintParty twoDevices = party(bob);
  twoDevices.keys.push_back(mallory.identity.publicKey);
  FingerprintParty otherOrder = twoDevices;
  std::swap(otherOrder.keys[0], otherOrder.keys[1]);

  EXPECT_EQ(numberOf(party(alice), twoDevices), numberOf(party(alice), otherOrder));
  EXPECT_NE(numberOf(party(alice), twoDevices).digits, numberOf(party(alice), party(bob)).digits);
}

TEST_F(SafetyNumbers, NeedKeysOnBothSides) {
  EXPECT_EQ(safetyNumber(*alice.context, party(alice), {bob.address.user, {}}).error().kind, ErrorKind::Invalid);
  EXPECT_FALSE(safetyNumber(*alice.context, {alice.address.user, {curve::PublicKey()}}, party(bob)));
}

TEST_F(SafetyNumbers, A131_TellWhatWasScanned) {
  const model::SafetyNumber own = numberOf(party(alice), party(bob));

  EXPECT_EQ(*compareScanned(own, own.scannable), ScanOutcome::OwnCode);
  EXPECT_EQ(*compareScanned(own, numberOf(party(mallory), party(alice)).scannable), ScanOutcome::Mismatch);
  QByteArray otherVersion = numberOf(party(bob), party(alice)).scannable;
  otherVersion[1] = 2;
  EXPECT_EQ(*compareScanned(own, otherVersion), ScanOutcome::OtherVersion);
}

TEST_F(SafetyNumbers, A131_RefuseWhatIsNoCode) {
  const model::SafetyNumber own = numberOf(party(alice), party(bob));

  for (const QByteArray &scanned : {QByteArray(), QByteArray("https://example.org"), QByteArray(1000, 'x'),
                                    own.scannable.left(5), QByteArray::fromHex("0801")})
    EXPECT_FALSE(compareScanned(own, scanned)) << scanned.toStdString();
}

}  // namespace
}  // namespace gx::crypto
