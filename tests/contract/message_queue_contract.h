// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "tests/contract/repository_contract.h"

namespace gx::test {

// Alice with two devices (one of them sends), Bob with two, and their conversation.
class MessageQueueContract : public RepositoryContract {
 protected:
  void SetUp() override { arrange({}); }
  void arrange(HouseSettings settings) {
    open(settings);
    alice = account("alice@gxcoin.test");
    bob = account("bob@gxcoin.test");
    sender = activeDevice(alice, 1);
    own = activeDevice(alice, 2, 2);
    first = activeDevice(bob, 10);
    second = activeDevice(bob, 11, 2);
    chat = conversation(alice, bob);
  }
  domain::AppendRequest message(int number, const QByteArray &body = "body") {
    domain::AppendRequest request;
    request.id = newId<MessageId>(house().clock, house().random);
    request.conversation = chat;
    request.sender = alice.id;
    request.senderDevice = sender;
    request.clientMsgId.bytes[15] = static_cast<unsigned char>(number);
    request.clientMsgId.bytes[14] = static_cast<unsigned char>(number >> 8);
    request.bodyHash = sha256(body);
    request.now = now();
    request.members = await(ports().conversations.roster(chat))->members;
    for (const DeviceId device : {own, first, second})
      request.letters.push_back({device, wire::EnvelopeKind::Message, body + toText(device)});
    return request;
  }
  Result<domain::Appended> append(domain::AppendRequest request) {
    std::optional<Result<domain::Appended>> answer;
    ports().messages.append(std::move(request), [&](Result<domain::Appended> appended) { answer = appended; });
    EXPECT_TRUE(waitUntil([&] { return answer.has_value(); }));
    return *answer;
  }
  Result<domain::MailboxHead> acknowledge(DeviceId device, qint64 seq, std::optional<MessageId> letter = {}) {
    std::optional<Result<domain::MailboxHead>> answer;
    ports().messages.acknowledge(device, {seq, letter}, [&](Result<domain::MailboxHead> head) { answer = head; });
    EXPECT_TRUE(waitUntil([&] { return answer.has_value(); }));
    return *answer;
  }
  std::vector<qint64> seqs(DeviceId device, qint64 after = 0, int limit = 100) {
    std::vector<qint64> found;
    const auto page = await(ports().messages.page(device, {after}, limit));
    EXPECT_TRUE(page);
    for (const auto &item : page->messages) found.push_back(item.seq);
    return found;
  }

  domain::Account alice, bob;
  DeviceId sender, own, first, second;
  ConversationId chat;
};

}  // namespace gx::test
