// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/exit_code.h"

#include <gtest/gtest.h>

namespace gx::cli {
namespace {

TEST(ExitCode, FollowsTheTableOfHelp) {
  EXPECT_EQ(exitCodeOf({ErrorKind::Locked, {}, "profile_in_use"}), kProfileInUse);
  EXPECT_EQ(exitCodeOf({ErrorKind::NotFound, {}, "no_profile"}), kNotSignedIn);
  EXPECT_EQ(exitCodeOf({ErrorKind::Unauthorized, {}}), kNotSignedIn);
  EXPECT_EQ(exitCodeOf({ErrorKind::Unauthorized, {}, "wrong_credentials"}), kRefused);
  EXPECT_EQ(exitCodeOf({ErrorKind::NotFound, {}, "not_found"}), kRefused);
  EXPECT_EQ(exitCodeOf({ErrorKind::Network, {}, "connection_refused"}), kNotReached);
  EXPECT_EQ(exitCodeOf({ErrorKind::Untrusted, {}, "tls_expired"}), kNotReached);
  EXPECT_EQ(exitCodeOf({ErrorKind::Forbidden, {}, "device_pending"}), kPending);
  EXPECT_EQ(exitCodeOf({ErrorKind::Unavailable, {}, "digits_unconfirmed"}), kPending);
  EXPECT_EQ(exitCodeOf({ErrorKind::Untrusted, {}, "digits_differ"}), kDigitsDiffer);
  EXPECT_EQ(exitCodeOf({ErrorKind::Locked, {}, "no_slot_opened"}), kProfileLocked);
  EXPECT_EQ(exitCodeOf({ErrorKind::Untrusted, {}, "store_unreadable"}), kProfileLocked);
  EXPECT_EQ(exitCodeOf({ErrorKind::Invalid, {}, "insecure_address"}), kUsage);
  EXPECT_EQ(exitCodeOf({ErrorKind::Internal, {}}), kFailed);
}

}  // namespace
}  // namespace gx::cli
