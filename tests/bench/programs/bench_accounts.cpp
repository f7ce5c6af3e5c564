// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// bench_accounts --data DIR --count N --people FILE [--star S]
// Fills a relay's empty data folder with N accounts of one active device each, two and two with a conversation (of the
// first S each with the very first), as if they had registered, signed in, uploaded keys and signed a manifest; only
// the hashing of passwords is left out. Writes a line for each to FILE: access token (good for ten minutes), device id,
// registration id, conversation id, user id.
#include <QCoreApplication>
#include <QFile>
#include <cstdio>

#include "core/base/bytes.h"
#include "core/base/launch.h"
#include "core/base/task_scope.h"
#include "core/wire/limits.h"
#include "server/main/relay_store.h"
#include "server/services/tokens.h"

namespace {

using namespace gx;
using namespace gx::server;

struct Person {
  UserId user;
  DeviceId device;
  quint32 registration = 0;
  QByteArray token;
  ConversationId conversation{};
};

class Settlers final {
 public:
  Settlers(RelayStore &store, int count, int star)
      : m_ports(store.ports()),
        m_tokens(m_ports, m_settings),
        m_people(static_cast<std::size_t>(count)),
        m_star(static_cast<std::size_t>(star)) {}

  Async<> settle() {
    for (std::size_t i = 0; i < m_people.size(); ++i) m_scope.spawn(settleOne(i));
    co_await m_scope.drained();
    for (std::size_t i = 1; i < m_star; ++i) m_scope.spawn(introduce(0, i));
    for (std::size_t i = m_star; i + 1 < m_people.size(); i += 2) m_scope.spawn(introduce(i, i + 1));
    co_await m_scope.drained();
    co_return Result<>(m_outcome);
  }
  [[nodiscard]] QByteArray list() const {
    QByteArray text;
    for (const Person &person : m_people)
      text += person.token + ' ' + toText(person.device) + ' ' + QByteArray::number(person.registration) + ' ' +
              toText(person.conversation) + ' ' + toText(person.user) + '\n';
    return text;
  }

 private:
  QCoro::Task<> settleOne(std::size_t number) {
    Person person;
    person.user = newId<UserId>(m_ports.clock, m_ports.random);
    domain::Account account;
    account.id = person.user;
    account.name = "person" + QByteArray::number(qsizetype(number)) + "@gxcoin.test";
    account.passwordHash = "$argon2id$none";
    account.createdAt = m_ports.clock.wallNow();
    Async<> creating = m_ports.accounts.create(account, std::nullopt);
    const Result<> created = co_await creating;
    if (!created) co_return note(created.error());
    domain::Device device;
    device.user = person.user;
    device.name = "desk";
    device.createdAt = account.createdAt;
    Async<std::pair<domain::Device, wire::TokenPair>> starting = m_tokens.start(device);
    const auto started = co_await starting;
    if (!started) co_return note(started.error());
    person.device = started->first.id;
    person.token = started->second.accessToken;
    person.registration = static_cast<quint32>(number % 16'000 + 1);
    Async<> activating = activate(person);
    const Result<> activated = co_await activating;
    if (!activated) co_return note(activated.error());
    m_people[number] = std::move(person);
  }

  Async<> activate(Person person) {
    wire::KeyUpload keys;
    keys.identityKey = key();
    keys.registrationId = person.registration;
    keys.signedPreKey = wire::SignedPreKey{1, key(), m_ports.random.bytes(64)};
    keys.lastResortPreKey = wire::PreKey{wire::limits::kLastResortPrekeyId, key()};
    keys.preKeys.append({1, key()});
    Async<wire::KeyCount> uploading = m_ports.preKeys.upload(person.device, keys);
    const auto uploaded = co_await uploading;
    if (!uploaded) co_return fail(uploaded.error());
    domain::ManifestAct act;
    act.entry.userId = person.user;
    act.entry.version = 1;
    act.entry.prevHash = QByteArray(32, '\0');
    act.entry.deviceId = act.entry.byDevice = person.device;
    act.entry.identityKey = *keys.identityKey;
    act.entry.nameHash = sha256("desk");
    act.entry.createdAt = toMillis(m_ports.clock.wallNow());
    act.entry.signature = m_ports.random.bytes(64);
    act.entryHash = m_ports.random.bytes(32);
    act.startsChain = true;
    Async<std::vector<DeviceId>> appending = m_ports.manifests.append(std::move(act));
    const auto appended = co_await appending;
    if (!appended) co_return fail(appended.error());
    co_return Result<>();
  }

  QCoro::Task<> introduce(std::size_t opener, std::size_t other) {
    domain::DirectConversation wanted;
    wanted.id = newId<ConversationId>(m_ports.clock, m_ports.random);
    wanted.opener = m_people[opener].user;
    wanted.other = m_people[other].user;
    wanted.now = m_ports.clock.wallNow();
    Async<domain::OpenedConversation> opening = m_ports.conversations.openDirect(wanted);
    const auto opened = co_await opening;
    if (!opened) co_return note(opened.error());
    m_people[opener].conversation = m_people[other].conversation = opened->info.conversationId;
  }

  void note(const Error &error) {
    if (m_outcome) m_outcome = fail(error);
  }
  [[nodiscard]] QByteArray key() { return '\x05' + m_ports.random.bytes(32); }

  domain::Ports m_ports;
  services::ServiceSettings m_settings;
  services::Tokens m_tokens;
  std::vector<Person> m_people;
  std::size_t m_star;
  Result<> m_outcome;
  TaskScope m_scope;
};

QByteArray option(const char *name) {
  const QStringList arguments = QCoreApplication::arguments();
  const qsizetype at = arguments.indexOf(QLatin1StringView(name));
  return at < 0 ? QByteArray() : arguments.value(at + 1).toUtf8();
}

int giveUp(const QByteArray &why) {
  std::fprintf(stderr, "bench_accounts: %s\n", why.constData());
  return 1;
}

int writePeople(const Settlers &settlers) {
  QFile file(QString::fromUtf8(option("--people")));
  const QByteArray text = settlers.list();
  const bool isWritten = file.open(QFile::WriteOnly | QFile::Truncate) && file.write(text) == text.size();
  return isWritten ? 0 : giveUp("cannot write the list of people");
}

}  // namespace

int main(int argc, char **argv) {
  QCoreApplication app(argc, argv);
  config::SettingSources sources;
  sources.commandLine = {{"data", option("--data")}};
  const auto config = config::Config::load(sources);
  if (!config) return giveUp(describe(config.error()));
  SystemClock clock;
  OsRandom random;
  const auto store = RelayStore::open(*config, clock, random);
  if (!store) return giveUp(describe(store.error()));
  Settlers settlers(**store, option("--count").toInt(), option("--star").toInt());
  int code = 1;
  const auto settled = [&](const Result<> &outcome) {
    code = outcome ? writePeople(settlers) : giveUp(describe(outcome.error()));
    QCoreApplication::quit();
  };
  QMetaObject::invokeMethod(&app, [&] { launch(&app, settlers.settle(), settled); }, Qt::QueuedConnection);
  QCoreApplication::exec();
  return code;
}
