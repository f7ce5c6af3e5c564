// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/core/messenger/person.h"

namespace gx::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr char kPassword[] = "correct horse battery";

SecretBytes testKey() {
  return SecretBytes(QByteArrayView(QByteArray(32, 'k')));
}

template <typename T>
T must(Result<T> result) {
  EXPECT_TRUE(result) << describe(result.error()).toStdString();
  if (!result) std::abort();
  return std::move(*result);
}

void must(const Result<> &result) {
  ASSERT_TRUE(result) << describe(result.error()).toStdString();
}

}  // namespace

Person::Person(RelayProcess &relay, QByteArray account, QByteArray deviceName)
    : m_relay(relay), m_account(std::move(account)), m_deviceName(std::move(deviceName)) {
  reopens();
}

Person::~Person() {
  disconnects();
}

void Person::signsUp() {
  must(await(m_session->signIn().registerAccount({m_account, kPassword}, std::nullopt)));
  EXPECT_EQ(signsIn(), messenger::SignInOutcome::Approved);
}

messenger::SignInOutcome Person::signsIn(bool newIdentity) {
  return must(await(m_session->signIn().signIn({m_account, kPassword}, m_deviceName, newIdentity)));
}

void Person::connects() {
  must(await(m_session->start()));
  waitUntil([this] { return m_session->inbox().isCaughtUp(); }, 20s);
}

void Person::disconnects() {
  if (m_session) await(m_session->stop(), 30s);
  m_session.reset();
  if (m_http) await(m_http->shutdown());
  m_http.reset();
  if (m_vault) must(await(m_vault->close()));
  m_vault.reset();
}

void Person::reopens() {
  m_vault = must(await(vault::Vault::open(storePath(), testKey(), m_clock, m_random)));
  m_http = std::make_unique<net::HttpClient>(m_clock, net::TlsPolicy());
  const auto address = must(net::RelayAddress::parse(m_relay.url()));
  m_session = std::make_unique<messenger::AccountSession>(
      messenger::AccountSession::Parts{*m_vault, *m_http, m_clock, m_random, address});
  const auto record = must(await(m_vault->account().account()));
  if (record) must(await(m_session->restore()));
}

ConversationId Person::talksTo(const Person &other) {
  return must(await(m_session->conversations().with(QString::fromLatin1(other.account()))));
}

ClientMessageId Person::sends(ConversationId conversation, const QString &text) {
  return sendsContent(conversation, model::Text{text});
}

ClientMessageId Person::sendsContent(ConversationId conversation, model::Content content) {
  bool isAccepted = false;
  ClientMessageId id;
  QObject context;
  QObject::connect(&m_session->outbox(), &messenger::Outbox::accepted, &context,
                   [&](const ClientMessageId &accepted) { isAccepted = isAccepted || accepted == id; });
  id = writes(conversation, std::move(content));
  waitUntil([&] { return isAccepted; }, 20s);
  return id;
}

ClientMessageId Person::writes(ConversationId conversation, model::Content content) {
  return must(await(m_session->outbox().send(conversation, std::move(content)))).id;
}

bool Person::sees(ConversationId conversation, const QString &text) {
  return waitUntil([&] { return texts(conversation).contains(text); }, 20s);
}

bool Person::reaches(ConversationId conversation, ClientMessageId id, model::MessageState state) {
  return waitUntil([&] { return message(conversation, id).state == state; }, 20s);
}

void Person::readsAll(ConversationId conversation) {
  const auto page = must(await(m_session->conversations().history(conversation, {})));
  ASSERT_FALSE(page.messages.empty());
  must(await(m_session->conversations().markRead(conversation, page.messages.back().key)));
}

QStringList Person::texts(ConversationId conversation) {
  vault::PageRequest request;
  request.limit = 1000;
  QStringList out;
  for (const auto &line : must(await(m_session->conversations().history(conversation, request))).messages)
    out.append(line.message.isDeleted ? u"(deleted)"_s : line.message.text);
  return out;
}

model::Message Person::message(ConversationId conversation, ClientMessageId id) {
  const auto found = must(await(m_session->conversations().find(conversation, id)));
  return found ? found->line.message : model::Message();
}

model::DeviceAddress Person::self() {
  return must(await(m_vault->account().account()))->account.self;
}

}  // namespace gx::test
