// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/core/vault/test_device.h"

#include "core/store/transaction.h"
#include "core/vault/outbox_entries.h"

namespace gx::test {

TestDevice::TestDevice(TestRelay &relay, ManualClock &clock, const model::DeviceAddress &address,
                       const QString &account, quint64 seed)
    : self(address), m_relay(relay), m_clock(clock), m_random(seed), m_key(m_random.bytes(32)) {
  opensVault();
  vault::AccountRecord record;
  record.account.self = address;
  record.account.name = account;
  must(m_vault->account().signIn(record, SecretBytes(QByteArrayView("gxr_token"))));
}

void TestDevice::opensVault() {
  m_vault = must(vault::Vault::open(file(), m_key.copy(), m_clock, m_random));
}

void TestDevice::restarts() {
  m_vault.reset();
  opensVault();
}

void TestDevice::uploadsKeys(int wanted) {
  const auto batch = must(m_vault->deviceKeys().uploadBatch(wanted));
  if (batch.isEmpty()) return;
  m_relay.upload(self, batch);
  must(m_vault->deviceKeys().uploadConfirmed(batch.number));
}

ClientMessageId TestDevice::queues(ConversationId conversation, const QString &text) {
  return must(m_vault->outbox().append(conversation, model::Text{text})).id;
}

ClientMessageId TestDevice::sends(ConversationId conversation, const QString &text) {
  return sends(conversation, model::Content(model::Text{text}));
}

ClientMessageId TestDevice::sends(ConversationId conversation, const model::Content &content) {
  const auto change = must(m_vault->outbox().append(conversation, content));
  drains();
  return change.id;
}

void TestDevice::sendsUnchecked(ConversationId conversation, const model::Content &content) {
  {
    const auto room = vault::Strongroom::open(file(), m_key, m_clock, m_random);
    ASSERT_TRUE(room);
    store::Transaction transaction(*(*room)->database);
    ASSERT_TRUE(vault::OutboxEntries(**room).appendControl(conversation, content));
    ASSERT_TRUE(transaction.commit());
  }
  drains();
}

vault::SealedMessage TestDevice::seals(ClientMessageId item) {
  auto plan = must(m_vault->sealer().plan(item));
  for (const UserId &user : plan.needManifest) fetchesManifest(user);
  if (!plan.needManifest.empty()) plan = must(m_vault->sealer().plan(item));
  return must(m_vault->sealer().seal(item, m_relay.bundles(plan.needBundle)));
}

void TestDevice::drains() {
  for (;;) {
    const auto work = must(m_vault->outbox().work());
    if (work.ready.empty()) return;
    for (const ConversationId &conversation : work.ready) {
      const auto item = must(m_vault->outbox().next(conversation));
      if (!item) continue;
      const auto answer = m_relay.post(self, seals(item->id));
      m_clock.advance(std::chrono::milliseconds(1));
      must(m_vault->outbox().markSent(item->id, answer.id, answer.time));
    }
  }
}

vault::Opening TestDevice::opens(const vault::Incoming &letter) {
  return must(m_vault->opener().open(letter));
}

std::vector<vault::Opening> TestDevice::receives() {
  std::vector<vault::Opening> openings;
  auto &mailbox = m_relay.mailboxes[self];
  while (!mailbox.empty()) {
    auto opening = opens(mailbox.front());
    mailbox.pop_front();
    const auto wanted = opening.wantsManifest;
    openings.push_back(std::move(opening));
    if (!wanted) continue;
    fetchesManifest(*wanted);
    for (auto &again : must(m_vault->opener().reopenHeld(*wanted))) openings.push_back(std::move(again));
  }
  return openings;
}

vault::ManifestOutcome TestDevice::fetchesManifest(UserId user, bool whole) {
  const auto pinned = must(m_vault->manifests().pinned(user));
  std::vector<curve::ManifestEntry> served;
  for (const auto &entry : m_relay.accounts[user].chain)
    if (whole || entry.version > pinned.version) served.push_back(entry);
  return must(m_vault->manifests().apply(user, served));
}

std::vector<vault::ArchivedMessage> TestDevice::history(ConversationId conversation, int limit) {
  vault::PageRequest request;
  request.limit = limit;
  return must(m_vault->archive().page(conversation, request)).messages;
}

std::vector<QString> TestDevice::texts(ConversationId conversation) {
  std::vector<QString> texts;
  for (const auto &line : history(conversation)) texts.push_back(line.message.text);
  return texts;
}

std::optional<vault::MessageDetails> TestDevice::line(UserId author, ClientMessageId id) {
  return must(m_vault->archive().message({author, id}));
}

int TestDevice::unread(ConversationId conversation) {
  return must(m_vault->archive().conversation(conversation))->conversation.unread;
}

void TestDevice::reads(ConversationId conversation) {
  const auto lines = history(conversation);
  if (!lines.empty()) must(m_vault->archive().markRead(conversation, lines.back().key, true));
}

}  // namespace gx::test
