// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/protobuf_reader.h"

#include <gtest/gtest.h>

namespace gx::crypto {
namespace {

int countOf(QByteArrayView bytes, bool &hasFailed) {
  ProtobufReader reader(bytes);
  int count = 0;
  while (reader.next()) ++count;
  hasFailed = reader.hasFailed();
  return count;
}

TEST(ProtobufReader, GivesFieldsInOrder) {
  const QByteArray input = QByteArray::fromHex("08ac021203616263");
  ProtobufReader reader(input);

  const auto number = reader.next();
  ASSERT_TRUE(number);
  EXPECT_EQ(number->number, 1U);
  EXPECT_EQ(number->value, 300U);
  const auto bytes = reader.next();
  ASSERT_TRUE(bytes);
  EXPECT_TRUE(bytes->isBytes);
  EXPECT_EQ(bytes->bytes, "abc");
  EXPECT_FALSE(reader.next());
  EXPECT_FALSE(reader.hasFailed());
}

TEST(ProtobufReader, TakesTheLargestNumberAndNoMore) {
  bool hasFailed = false;
  EXPECT_EQ(countOf(QByteArray::fromHex("08ffffffff0f"), hasFailed), 1);
  EXPECT_FALSE(hasFailed);
  EXPECT_EQ(countOf(QByteArray::fromHex("08ffffffff1f"), hasFailed), 0);
  EXPECT_TRUE(hasFailed);
  EXPECT_EQ(countOf(QByteArray::fromHex("08ffffffffff01"), hasFailed), 0);
  EXPECT_TRUE(hasFailed);
}

class BrokenProtobuf : public testing::TestWithParam<const char *> {};

TEST_P(BrokenProtobuf, A125_IsRefused) {
  bool hasFailed = false;
  countOf(QByteArray::fromHex(GetParam()), hasFailed);

  EXPECT_TRUE(hasFailed);
}

// Cut number, cut tag, cut length, length over the end, length near 2^32, field 0, field 32, fixed64, group, fixed32.
INSTANTIATE_TEST_SUITE_P(ProtobufReader, BrokenProtobuf,
                         testing::Values("08", "0880", "ff", "12", "1204616263", "12ffffffff0f", "0001", "820101",
                                         "090000000000000000", "0b", "0d00000000"));

TEST(ProtobufReader, StaysFailed) {
  const QByteArray input = QByteArray::fromHex("00010801");
  ProtobufReader reader(input);
  EXPECT_FALSE(reader.next());
  EXPECT_FALSE(reader.next());
  EXPECT_TRUE(reader.hasFailed());
}

}  // namespace
}  // namespace gx::crypto
