// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/request_rate.h"

#include <gtest/gtest.h>

#include "tests/support/manual_clock.h"

namespace gx::server::http {

namespace {

template <typename Who>
int requestsUntilRefused(RequestRate &rate, const Who &who) {
  for (int count = 0; count < 100'000; ++count)
    if (!rate.takeFor(who)) return count;
  return -1;
}

net::PeerAddress addressEndingIn(unsigned char last) {
  net::PeerAddress address;
  address.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, last};
  return address;
}

}  // namespace

TEST(RequestRate, AllowsABurstThenSoManyASecond) {
  test::ManualClock clock;
  RequestRate rate(clock);

  EXPECT_EQ(requestsUntilRefused(rate, DeviceId{1}), 500);
  const auto refused = rate.takeFor(DeviceId{1});
  EXPECT_EQ(refused.error().kind, ErrorKind::RateLimited);
  EXPECT_GT(refused.error().retryAfter.count(), 0);
  clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(requestsUntilRefused(rate, DeviceId{1}), 50);
}

TEST(RequestRate, OthersAreNotTouched) {
  test::ManualClock clock;
  RequestRate rate(clock);
  requestsUntilRefused(rate, DeviceId{1});
  requestsUntilRefused(rate, addressEndingIn(1));

  EXPECT_TRUE(rate.takeFor(DeviceId{2}));
  EXPECT_TRUE(rate.takeFor(addressEndingIn(2)));
  EXPECT_FALSE(rate.takeFor(addressEndingIn(1)));
}

TEST(RequestRate, GrowsWithItsScale) {
  test::ManualClock clock;
  RequestRate rate(clock, 10);

  EXPECT_EQ(requestsUntilRefused(rate, DeviceId{1}), 5000);
  clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(requestsUntilRefused(rate, DeviceId{1}), 500);
}

}  // namespace gx::server::http
