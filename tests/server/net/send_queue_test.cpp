// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/send_queue.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>

#include "tests/support/fixed_random.h"

namespace gx::server::net {
namespace {

void add(SendQueue &queue, const QByteArray &bytes) {
  std::memcpy(queue.append(bytes.size()), bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

QByteArray front(const SendQueue &queue, qsizetype capacity = 64 * 1024) {
  QByteArray scratch(capacity, Qt::Uninitialized);
  return queue.front(scratch.data(), capacity).toByteArray();
}

TEST(SendQueue, JoinsOwnAndSharedPackets) {
  SendQueue queue;
  add(queue, "one");
  queue.appendShared("two");
  add(queue, "three");

  EXPECT_EQ(queue.bytes(), 11);
  EXPECT_EQ(queue.packets(), 3);
  EXPECT_EQ(front(queue), "onetwothree");
}

TEST(SendQueue, SharesASingleFrameWithoutCopying) {
  SendQueue queue;
  const QByteArray frame(1000, 'f');
  queue.appendShared(frame);
  std::array<char, 8> scratch{};

  EXPECT_EQ(queue.front(scratch.data(), 8).data(), frame.constData());
}

TEST(SendQueue, ForgetsPacketsAsTheyAreTaken) {
  SendQueue queue;
  queue.appendShared("aaaa");
  queue.appendShared("bbbb");
  queue.appendShared("cccc");

  queue.taken(6);

  EXPECT_EQ(queue.packets(), 2);
  EXPECT_EQ(queue.bytes(), 6);
  EXPECT_EQ(front(queue), "bbcccc");
  queue.taken(6);
  EXPECT_TRUE(queue.isEmpty());
  EXPECT_EQ(queue.packets(), 0);
}

TEST(SendQueue, KeepsEveryByteInOrderUnderRandomUse) {
  test::FixedRandom random(3);
  SendQueue queue;
  QByteArray expected;
  QByteArray got;
  int next = 0;
  for (int i = 0; i < 20'000; ++i) {
    const auto size = static_cast<qsizetype>(random.below(i % 50 == 0 ? 30'000 : 200) + 1);
    const QByteArray packet(size, static_cast<char>('a' + next++ % 26));
    if (random.below(3) == 0)
      queue.appendShared(packet);
    else
      add(queue, packet);
    expected += packet;
    if (random.below(2) == 0) continue;
    const QByteArray sent = front(queue).left(static_cast<qsizetype>(random.below(8000)));
    got += sent;
    queue.taken(sent.size());
  }
  while (!queue.isEmpty()) {
    const QByteArray sent = front(queue);
    got += sent;
    queue.taken(sent.size());
  }
  EXPECT_TRUE(got == expected);
  EXPECT_EQ(queue.packets(), 0);
}

}  // namespace
}  // namespace gx::server::net
