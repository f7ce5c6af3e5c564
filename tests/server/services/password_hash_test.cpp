// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/password_hash.h"

#include <gtest/gtest.h>

#include "core/base/launch.h"
#include "tests/support/await.h"
#include "tests/support/fixed_random.h"

namespace gx::test {

using server::services::PasswordHash;
using server::services::ServiceSettings;

namespace {
ServiceSettings cheap() {
  ServiceSettings settings;
  settings.hashCost = {8 * 1024, 1};
  return settings;
}
}  // namespace

TEST(PasswordHash, TellsRightFromWrong) {
  FixedRandom random;
  PasswordHash hash(random, cheap());

  const auto phc = await(hash.make("correct"));

  ASSERT_TRUE(phc);
  EXPECT_TRUE(phc->startsWith("$argon2id$v=19$m=8,t=1,p=1$"));
  const auto right = await(hash.verify("correct", *phc));
  EXPECT_TRUE(right->matches);
  EXPECT_FALSE(right->isOutdated);
  EXPECT_FALSE(await(hash.verify("Correct", *phc))->matches);
  EXPECT_FALSE(await(hash.verify("", *phc))->matches);
  EXPECT_NE(*await(hash.make("correct")), *phc);  // another salt
}

TEST(PasswordHash, SeesThatAHashHasAnotherCost) {
  FixedRandom random;
  PasswordHash hash(random, cheap());
  ServiceSettings other = cheap();
  other.hashCost = {16 * 1024, 2};
  PasswordHash stronger(random, other);

  const auto verdict = await(hash.verify("pw", await(stronger.make("pw")).value()));

  EXPECT_TRUE(verdict->matches);
  EXPECT_TRUE(verdict->isOutdated);
}

TEST(PasswordHash, RefusesWhatIsNoHash) {
  FixedRandom random;
  PasswordHash hash(random, cheap());

  EXPECT_FALSE(await(hash.verify("pw", "nonsense"))->matches);
  EXPECT_FALSE(await(hash.verify("pw", ""))->matches);
  EXPECT_EQ(await(hash.verify("pw", QByteArray(1000, 'x'))).error().kind, ErrorKind::Corrupt);
  EXPECT_FALSE(await(hash.verify("pw", hash.dummy()))->matches);
}

TEST(PasswordHash, A35_RunsTheSettingsNumberAndKeepsAShortLine) {
  FixedRandom random;
  ServiceSettings settings = cheap();
  settings.parallelHashes = 1;
  settings.waitingHashes = 3;
  PasswordHash hash(random, settings);
  int good = 0;
  int unavailable = 0;
  QObject context;

  for (int i = 0; i < 10; ++i) {
    launch(&context, hash.make("pw"), [&](const Result<QByteArray> &phc) {
      good += phc ? 1 : 0;
      unavailable += !phc && phc.error().kind == ErrorKind::Unavailable && phc.error().retryAfter.count() > 0 ? 1 : 0;
    });
  }
  EXPECT_EQ(unavailable, 6);  // at once: one at work, three in line
  ASSERT_TRUE(waitUntil([&] { return good == 4; }));

  EXPECT_TRUE(await(hash.make("pw")));  // the line is free again
}

TEST(PasswordHash, CostsWhatSecurityAsksByDefault) {
  const ServiceSettings settings;

  EXPECT_EQ(settings.hashCost.memoryBytes, 64 * 1024 * 1024);
  EXPECT_EQ(settings.hashCost.passes, 3);
  EXPECT_EQ(settings.parallelHashes, 4);
  EXPECT_EQ(settings.waitingHashes, 64);
}

}  // namespace gx::test
