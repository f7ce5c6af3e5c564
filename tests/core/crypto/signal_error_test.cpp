// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/signal_error.h"

#include <gtest/gtest.h>
#include <signal_protocol.h>

namespace gx::crypto {
namespace {

TEST(SignalError, GivesEachResultItsCode) {
  EXPECT_EQ(signalError(SG_ERR_DUPLICATE_MESSAGE, "x").code, codes::kDuplicateMessage);
  EXPECT_EQ(signalError(SG_ERR_INVALID_MESSAGE, "x").code, codes::kInvalidMessage);
  EXPECT_EQ(signalError(SG_ERR_NO_SESSION, "x").code, codes::kNoSession);
  EXPECT_EQ(signalError(SG_ERR_INVALID_KEY_ID, "x").code, codes::kInvalidKeyId);
  EXPECT_EQ(signalError(SG_ERR_UNTRUSTED_IDENTITY, "x").code, codes::kUntrustedIdentity);
  EXPECT_EQ(signalError(SG_ERR_LEGACY_MESSAGE, "x").code, codes::kUnknownVersion);
  EXPECT_EQ(signalError(SG_ERR_INVALID_PROTO_BUF, "x").code, codes::kBadShape);
}

TEST(SignalError, NamesTheCallAndTheNumber) {
  const Error error = signalError(-1234, "session_cipher_encrypt");

  EXPECT_EQ(error.kind, ErrorKind::Internal);
  EXPECT_EQ(error.detail, "session_cipher_encrypt: -1234");
  EXPECT_EQ(signalError(SG_ERR_NOMEM, "x").kind, ErrorKind::Full);
}

}  // namespace
}  // namespace gx::crypto
