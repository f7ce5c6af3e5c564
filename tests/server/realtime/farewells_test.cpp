// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/realtime/farewells.h"

#include <gtest/gtest.h>

namespace gx::server::realtime {
namespace {

using namespace std::chrono_literals;

PollQueue words(const QByteArray &text) {
  PollQueue queue;
  queue.append(text, false);
  queue.append("1", false);
  return queue;
}

struct FarewellsTest : ::testing::Test {
  // To a client that is gone: what it says goes nowhere.
  bool answers(Farewells &farewells, const QByteArray &sid) {
    return farewells.answer(sid, PollReply(net::ResponseToken(), {}));
  }
  SystemClock clock;
  net::EventLoop loop{clock};
};

TEST_F(FarewellsTest, AreSaidOnce) {
  Farewells farewells(loop, {.keepFor = 1h, .pollBytes = 1000});
  farewells.keep("a", words("4bye"));

  EXPECT_FALSE(answers(farewells, "b"));
  EXPECT_TRUE(answers(farewells, "a"));
  EXPECT_FALSE(answers(farewells, "a"));
}

TEST_F(FarewellsTest, LongOnesAreSaidInParts) {
  Farewells farewells(loop, {.keepFor = 1h, .pollBytes = 6});
  farewells.keep("a", words("4hello"));

  EXPECT_TRUE(answers(farewells, "a"));
  EXPECT_TRUE(farewells.holds("a"));
  EXPECT_TRUE(answers(farewells, "a"));
  EXPECT_FALSE(farewells.holds("a"));
}

TEST_F(FarewellsTest, TheOldestGoWhenThereAreTooMany) {
  Farewells farewells(loop, {.keepFor = 1h, .pollBytes = 1000, .sessions = 2});
  for (const char *sid : {"a", "b", "c"}) farewells.keep(sid, words("4bye"));

  EXPECT_FALSE(farewells.holds("a"));
  EXPECT_TRUE(farewells.holds("b"));
  EXPECT_TRUE(farewells.holds("c"));
}

TEST_F(FarewellsTest, TheOldestGoWhenTheyAreTooLong) {
  Farewells farewells(loop, {.keepFor = 1h, .pollBytes = 1000, .bytes = 100});
  farewells.keep("a", words(QByteArray(60, 'x')));
  farewells.keep("b", words(QByteArray(60, 'x')));

  EXPECT_FALSE(farewells.holds("a"));
  EXPECT_TRUE(farewells.holds("b"));
  farewells.keep("c", words(QByteArray(200, 'x')));
  EXPECT_FALSE(farewells.holds("c"));
}

}  // namespace
}  // namespace gx::server::realtime
