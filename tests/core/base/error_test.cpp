// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/error.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/base/result.h"

namespace gx {
namespace {

TEST(Error, TransientKindsAreThoseThatPassByThemselves) {
  for (const auto kind :
       {ErrorKind::Network, ErrorKind::Timeout, ErrorKind::Unavailable, ErrorKind::RateLimited, ErrorKind::Full})
    EXPECT_TRUE(isTransient(kind)) << name(kind);
  for (const auto kind :
       {ErrorKind::Unauthorized, ErrorKind::Forbidden, ErrorKind::NotFound, ErrorKind::Conflict, ErrorKind::Invalid,
        ErrorKind::TooLarge, ErrorKind::Storage, ErrorKind::Corrupt, ErrorKind::Locked, ErrorKind::Untrusted,
        ErrorKind::Unsupported, ErrorKind::Cancelled, ErrorKind::Internal})
    EXPECT_FALSE(isTransient(kind)) << name(kind);
}

TEST(Error, EveryKindHasItsOwnName) {
  std::set<std::string> names;
  for (int kind = 0; kind <= static_cast<int>(ErrorKind::Internal); ++kind)
    names.insert(name(static_cast<ErrorKind>(kind)));

  EXPECT_EQ(names.size(), static_cast<std::size_t>(ErrorKind::Internal) + 1);
}

TEST(Error, DescribesKindCodeAndDetail) {
  const Error error{ErrorKind::Conflict, "two devices", "device_mismatch"};

  EXPECT_EQ(describe(error), "conflict/device_mismatch: two devices");
  EXPECT_EQ(describe(Error{ErrorKind::Timeout, {}}), "timeout");
}

TEST(Result, CarriesTheErrorOfFail) {
  const Result<int> result = fail(ErrorKind::Invalid, "empty name", "bad_request");

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), (Error{ErrorKind::Invalid, "empty name", "bad_request"}));
}

}  // namespace
}  // namespace gx
