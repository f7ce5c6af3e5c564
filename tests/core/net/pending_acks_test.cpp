// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/pending_acks.h"

#include <gtest/gtest.h>

namespace gx::net {

namespace {

SocketIoAck ackOf(const QByteArray &argument) {
  SocketIoAck ack;
  ack.arguments = {argument};
  return ack;
}

const Error kLost{ErrorKind::Network, "lost", "connection_cut"};

}  // namespace

TEST(PendingAcks, GivesEveryWaiterItsOwnAck) {
  PendingAcks acks;
  PendingAcks::Acked one;
  PendingAcks::Acked two;
  const quint32 idOne = acks.add("/", one);
  const quint32 idTwo = acks.add("/", two);

  acks.take(idTwo, "/", ackOf("2"));
  acks.take(idOne, "/", ackOf("1"));

  EXPECT_NE(idOne, idTwo);
  EXPECT_EQ(one.await_resume()->arguments, QList<QByteArray>{"1"});
  EXPECT_EQ(two.await_resume()->arguments, QList<QByteArray>{"2"});
}

TEST(PendingAcks, IgnoresAcksNobodyWaitsFor) {
  PendingAcks acks;
  PendingAcks::Acked waiter;
  const quint32 id = acks.add("/", waiter);

  acks.take(id + 1, "/", ackOf("x"));
  acks.take(id, "/other", ackOf("x"));
  EXPECT_FALSE(waiter.isFinished());

  acks.remove(id);
  acks.take(id, "/", ackOf("x"));
  EXPECT_FALSE(waiter.isFinished());
}

TEST(PendingAcks, FailsThoseOfOneNamespace) {
  PendingAcks acks;
  PendingAcks::Acked here;
  PendingAcks::Acked there;
  static_cast<void>(acks.add("/", here));
  static_cast<void>(acks.add("/there", there));

  acks.failNamespace("/there", kLost);

  EXPECT_FALSE(here.isFinished());
  EXPECT_EQ(there.await_resume().error(), kLost);
}

TEST(PendingAcks, FailsAll) {
  PendingAcks acks;
  PendingAcks::Acked here;
  PendingAcks::Acked there;
  static_cast<void>(acks.add("/", here));
  static_cast<void>(acks.add("/there", there));

  acks.failAll(kLost);

  EXPECT_TRUE(here.isFinished());
  EXPECT_TRUE(there.isFinished());
}

}  // namespace gx::net
