// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/admission.h"

#include <gtest/gtest.h>

namespace gx::server::net {
namespace {

PeerAddress from(unsigned char last) {
  PeerAddress peer;
  peer.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, last};
  return peer;
}

NetLimits admitting(int perAddress, int unauthenticated, int total) {
  NetLimits limits;
  limits.unauthenticatedPerAddress = perAddress;
  limits.unauthenticatedTotal = unauthenticated;
  limits.connectionsTotal = total;
  return limits;
}

TEST(Admission, MovesAConnectionToTheClientOfAProxy) {
  Admission admission(admitting(1, 0, 0));
  std::vector<TrustedProxies::Network> proxies(1);
  proxies[0].bytes = from(9).bytes;
  admission.setProxies(TrustedProxies(proxies));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(admission.enter(from(9)));  // a proxy has no limit of its own

  EXPECT_TRUE(admission.move(from(9), from(1)));
  EXPECT_FALSE(admission.move(from(9), from(1)));
  EXPECT_TRUE(admission.move(from(9), from(2)));
  EXPECT_FALSE(admission.enter(from(2)));
  EXPECT_TRUE(admission.move(from(1), from(9)));
  EXPECT_TRUE(admission.move(from(9), from(1)));
  EXPECT_EQ(admission.unauthenticatedCount(), 3);

  admission.left(from(1), false);
  admission.left(from(2), false);
  admission.left(from(9), false);
  EXPECT_EQ(admission.unauthenticatedCount(), 0);
  EXPECT_EQ(admission.connectionCount(), 0);
  EXPECT_TRUE(admission.enter(from(1)));
}

TEST(Admission, CountsByAddressUntilSignedInOrGone) {
  Admission admission(admitting(2, 0, 0));

  EXPECT_TRUE(admission.enter(from(1)));
  EXPECT_TRUE(admission.enter(from(1)));
  EXPECT_FALSE(admission.enter(from(1)));
  EXPECT_TRUE(admission.enter(from(2)));
  EXPECT_EQ(admission.refusedCount(), 1U);

  admission.authenticated(from(1));
  EXPECT_TRUE(admission.enter(from(1)));
  EXPECT_FALSE(admission.enter(from(1)));
  admission.left(from(1), true);
  EXPECT_FALSE(admission.enter(from(1)));
  admission.left(from(1), false);
  EXPECT_TRUE(admission.enter(from(1)));
}

TEST(Admission, HasATotalForTheUnauthenticatedAndOneForAll) {
  Admission unauthenticated(admitting(0, 2, 0));
  EXPECT_TRUE(unauthenticated.enter(from(1)));
  EXPECT_TRUE(unauthenticated.enter(from(2)));
  EXPECT_FALSE(unauthenticated.enter(from(3)));
  unauthenticated.authenticated(from(2));
  EXPECT_TRUE(unauthenticated.enter(from(3)));
  EXPECT_EQ(unauthenticated.unauthenticatedCount(), 2);

  Admission total(admitting(0, 0, 2));
  EXPECT_TRUE(total.enter(from(1)));
  total.authenticated(from(1));
  EXPECT_TRUE(total.enter(from(1)));
  EXPECT_FALSE(total.enter(from(2)));
  EXPECT_EQ(total.connectionCount(), 2);
}

TEST(Admission, WithoutLimitsTakesAll) {
  Admission admission(NetLimits::withoutAdmission());
  for (int i = 0; i < 5000; ++i) EXPECT_TRUE(admission.enter(from(1)));
  for (int i = 0; i < 5000; ++i) admission.left(from(1), i % 2 == 0);
}

}  // namespace
}  // namespace gx::server::net
