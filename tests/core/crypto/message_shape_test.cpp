// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/message_shape.h"

#include <gtest/gtest.h>

#include "tests/core/crypto/crypto_peer.h"

namespace gx::crypto {
namespace {

using namespace gx::test;

const QByteArray kRatchetKey = "\x05" + QByteArray(32, '\x42');
const QByteArray kOtherKey = "\x05" + QByteArray(32, '\x43');

QByteArray numberField(int number, quint32 value) {
  QByteArray field(1, static_cast<char>(number << 3));
  for (; value >= 0x80; value >>= 7) field.append(static_cast<char>(value | 0x80));
  return field + static_cast<char>(value);
}
QByteArray bytesField(int number, const QByteArray &bytes) {
  QByteArray field(1, static_cast<char>(number << 3 | 2));
  auto size = static_cast<quint32>(bytes.size());
  for (; size >= 0x80; size >>= 7) field.append(static_cast<char>(size | 0x80));
  return field + static_cast<char>(size) + bytes;
}

// The parts of a message, changed by a test before they are put together.
struct Parts {
  QByteArray version = "3";
  QByteArray key = bytesField(1, kRatchetKey);
  QByteArray counter = numberField(2, 7);
  QByteArray previous = numberField(3, 5);
  QByteArray body = bytesField(4, QByteArray(32, 'b'));
  QByteArray more{};

  [[nodiscard]] QByteArray bytes() const {
    return version + key + counter + previous + body + more + QByteArray(8, 'm');
  }
};
struct StartParts {
  QByteArray preKeyId = numberField(1, 9);
  QByteArray baseKey = bytesField(2, kRatchetKey);
  QByteArray identityKey = bytesField(3, kOtherKey);
  QByteArray message = bytesField(4, Parts().bytes());
  QByteArray registrationId = numberField(5, 1000);
  QByteArray signedPreKeyId = numberField(6, 3);
  QByteArray more{};

  [[nodiscard]] QByteArray bytes() const {
    return "3" + preKeyId + baseKey + identityKey + message + registrationId + signedPreKeyId + more;
  }
};

TEST(MessageShape, IsRead) {
  const auto shape = messageShape(Parts().bytes());

  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->ratchetKey.bytes(), kRatchetKey);
  EXPECT_EQ(shape->counter, 7U);
}

TEST(MessageShape, MayLackThePreviousCounter) {
  EXPECT_TRUE(messageShape(Parts{.previous = {}}.bytes()));
}

TEST(MessageShape, A124_OfAnotherVersionIsTold) {
  for (const char *version : {"\x22", "\x32", "\x34", "\x44"})
    EXPECT_EQ(errorCode(messageShape(Parts{.version = version}.bytes())), codes::kUnknownVersion);
}

TEST(MessageShape, A124_RefusesWhatIsNotExact) {
  const Parts bad[] = {
      {.key = {}},
      {.key = bytesField(1, kRatchetKey) + bytesField(1, kOtherKey)},
      {.key = bytesField(1, kRatchetKey.left(32))},
      {.key = bytesField(1, "\x05" + QByteArray(32, '\0'))},
      {.key = numberField(1, 5)},
      {.counter = {}},
      {.counter = bytesField(2, "7")},
      {.counter = numberField(2, 7) + numberField(2, 8)},
      {.previous = bytesField(3, "5")},
      {.body = {}},
      {.body = bytesField(4, {})},
      {.body = bytesField(4, QByteArray(31, 'b'))},
      {.more = numberField(5, 1)},
      {.more = "\x08"},
  };
  for (std::size_t i = 0; i < std::size(bad); ++i)
    EXPECT_EQ(errorCode(messageShape(bad[i].bytes())), codes::kBadShape) << i;
}

TEST(PreKeyMessageShape, IsRead) {
  const auto shape = preKeyMessageShape(StartParts().bytes());

  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->preKeyId, 9U);
  EXPECT_EQ(shape->signedPreKeyId, 3U);
  EXPECT_EQ(shape->registrationId, 1000U);
  EXPECT_EQ(shape->baseKey.bytes(), kRatchetKey);
  EXPECT_EQ(shape->identityKey.bytes(), kOtherKey);
  EXPECT_EQ(shape->message.counter, 7U);
}

TEST(PreKeyMessageShape, TakesTheLastResortPreKey) {
  EXPECT_TRUE(preKeyMessageShape(StartParts{.preKeyId = numberField(1, 0xFFFFFF)}.bytes()));
}

TEST(PreKeyMessageShape, A124_RefusesWhatIsNotExact) {
  const StartParts bad[] = {
      {.preKeyId = {}},
      {.preKeyId = numberField(1, 0)},
      {.preKeyId = numberField(1, 0x1000000)},
      {.baseKey = {}},
      {.baseKey = bytesField(2,
                             "\x05"
                             "\x01" +
                                 QByteArray(31, '\0'))},
      {.identityKey = bytesField(3, kOtherKey.left(20))},
      {.message = {}},
      {.message = bytesField(4, {})},
      {.message = bytesField(4, Parts{.key = {}}.bytes())},
      {.registrationId = numberField(5, 0)},
      {.registrationId = numberField(5, 0x80000000)},
      {.registrationId = {}},
      {.signedPreKeyId = {}},
      {.signedPreKeyId = numberField(6, 0x1000000)},
      {.more = numberField(7, 1)},
      {.more = numberField(5, 1000)},
  };
  for (std::size_t i = 0; i < std::size(bad); ++i)
    EXPECT_EQ(errorCode(preKeyMessageShape(bad[i].bytes())), codes::kBadShape) << i;
}

TEST(PreKeyMessageShape, IsThatOfARealMessage) {
  CryptoPeer alice{1}, bob{2};
  alice.trusts(bob);
  alice.startsWith(bob);

  const auto shape = preKeyMessageShape(alice.sends(bob, "x").bytes);

  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->identityKey, alice.identity.publicKey);
  EXPECT_EQ(shape->registrationId, alice.identity.registrationId);
  EXPECT_EQ(shape->preKeyId, 1U);
  EXPECT_EQ(shape->message.counter, 0U);
}

}  // namespace
}  // namespace gx::crypto
