// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/digest.h"

#include <gtest/gtest.h>

namespace gx::crypto {
namespace {

TEST(Digest, IsTheSameInPieces) {
  Digest digest;
  digest.add("a");
  digest.add("");
  digest.add("bc");

  EXPECT_EQ(digest.take().toHex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, StartsAgain) {
  Digest digest;
  digest.add("something");
  static_cast<void>(digest.take());

  EXPECT_EQ(digest.take().toHex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace gx::crypto
