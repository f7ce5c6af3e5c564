// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/event_answer.h"

#include <gtest/gtest.h>

namespace gx::server::gateway {

TEST(EventAnswer, WrapsWhatWentWell) {
  EXPECT_EQ(okAnswer("{\"seq\":3}"), "{\"ok\":{\"seq\":3}}");
}

TEST(EventAnswer, SaysAProblemWithItsCode) {
  EXPECT_EQ(errorAnswer(Error{ErrorKind::Invalid, "seq: missing"}),
            "{\"error\":{\"code\":\"bad_request\",\"message\":\"seq: missing\"}}");
  EXPECT_EQ(errorAnswer(Error{ErrorKind::Full, "full", "mailbox_full"}),
            "{\"error\":{\"code\":\"mailbox_full\",\"message\":\"full\"}}");
}

TEST(EventAnswer, OwnErrorsTellNothing) {
  const QByteArray answer = errorAnswer(Error{ErrorKind::Storage, "UNIQUE constraint failed: Account.name"});

  EXPECT_EQ(answer, "{\"error\":{\"code\":\"internal\",\"message\":\"internal error\"}}");
}

TEST(EventAnswer, NamesTheTimeToComeBack) {
  EXPECT_EQ(eventProblem(Error{ErrorKind::RateLimited, "", "", std::chrono::milliseconds(2100)}).retryAfter, 3);
  EXPECT_EQ(eventProblem(Error{ErrorKind::Unavailable, ""}).retryAfter, 5);
  EXPECT_FALSE(eventProblem(Error{ErrorKind::NotFound, ""}).retryAfter);
}

TEST(EventAnswer, ListsTheDevicesThatDoNotFit) {
  services::SendRefusal refusal{Error{ErrorKind::Conflict, "devices", "device_mismatch"}};
  refusal.missing.append({UserId{}, DeviceId{5}});
  refusal.extra.append({UserId{}, DeviceId{6}});

  const QByteArray answer = errorAnswer(refusal);
  const auto problem = wire::Problem::parse(answer.sliced(9, answer.size() - 10));

  ASSERT_TRUE(problem) << answer.constData();
  EXPECT_EQ(problem->code, "device_mismatch");
  EXPECT_EQ(problem->missing, refusal.missing);
  EXPECT_EQ(problem->extra, refusal.extra);
  EXPECT_TRUE(problem->stale.isEmpty());
}

}  // namespace gx::server::gateway
