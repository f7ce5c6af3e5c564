// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "core/crypto/signing.h"
#include "server/services/conversations.h"
#include "server/services/devices.h"
#include "server/services/key_directory.h"
#include "server/services/links.h"
#include "server/services/mailbox.h"
#include "server/services/manifest_conversion.h"
#include "server/services/message_relay.h"
#include "server/services/presence.h"
#include "server/services/retention.h"
#include "server/services/sign_in.h"
#include "server/services/sign_up.h"
#include "server/services/typing.h"
#include "tests/contract/ports_house.h"

namespace gx::test {

namespace services = server::services;

inline crypto::SignalContext &servicesSignal() {
  static OsRandom random;
  static const auto context = crypto::SignalContext::make(random);
  return **context;
}

// One signed-in device of a test: real keys and signatures.
struct TestDevice {
  domain::Principal who;
  wire::LoginResponse login;
  std::shared_ptr<crypto::Identity> identity;  // shared: devices are copied about in tests
  wire::KeyUpload keys;

  [[nodiscard]] DeviceId id() const { return who.device; }
  [[nodiscard]] QByteArray sign(const QByteArray &bytes) const {
    return crypto::sign(servicesSignal(), *identity, bytes).value();
  }
};

inline QByteArray freshPublicKey() {
  return crypto::makeIdentity(servicesSignal())->publicKey.bytes();
}

// The code of a refusal, empty when there was none.
template <typename T>
QByteArray refusalOf(const Result<T> &result) {
  return result ? QByteArray() : result.error().code;
}

// All services on SQLite with a clock that moves when told, and verbs to speak about people.
class ServicesTest : public testing::Test {
 protected:
  static constexpr char kPassword[] = "a long enough secret";

  explicit ServicesTest(HouseSettings houseSettings = {}) : house(houseSettings) {
    settings.registration = services::Registration::Open;
    settings.environment = "test";
    settings.hashCost = {8 * 1024, 1};
    house.events.listen(&m_context, [this](std::span<const DeviceId> devices, const domain::DeviceEvent &event) {
      for (const DeviceId device : devices) heard.push_back({device, event});
    });
    build();
  }
  void build() { all = std::make_unique<All>(house.ports(), settings); }
  // The relay is restarted: the memory of the services is gone, the store stays.
  void restart() {
    all.reset();
    house.restart();
    build();
  }

  void relayIsBackedUp() {
    all.reset();
    house.backUp();
    build();
  }
  void backupIsRestored() {
    all.reset();
    house.restoreBackup();
    build();
  }

  struct All {
    All(const domain::Ports &ports, const services::ServiceSettings &settings)
        : hash(ports.random, settings),
          signUp(ports, hash, settings),
          tokens(ports, settings),
          signIn(ports, hash, tokens, settings),
          rosters(ports.conversations),
          devices(ports, tokens, rosters),
          links(ports),
          keys(ports, rosters),
          conversations(ports),
          relay(ports, rosters),
          mailbox(ports),
          presence(ports),
          typing(ports, rosters),
          retention(ports, tokens) {}
    services::PasswordHash hash;
    services::SignUp signUp;
    services::Tokens tokens;
    services::SignIn signIn;
    services::Rosters rosters;
    services::Devices devices;
    services::Links links;
    services::KeyDirectory keys;
    services::Conversations conversations;
    services::MessageRelay relay;
    services::Mailbox mailbox;
    services::Presence presence;
    services::Typing typing;
    services::Retention retention;
  };

  void hasAccount(const QByteArray &name) { EXPECT_TRUE(await(all->signUp.seed(name, kPassword))); }
  Result<wire::LoginResponse> logsIn(const QByteArray &name, const QByteArray &password = kPassword,
                                     const QByteArray &address = "192.0.2.1") {
    return await(all->signIn.login({name, password, "laptop"}, address));
  }
  TestDevice pendingDevice(const QByteArray &account) {
    TestDevice device;
    const auto login = logsIn(account);
    if (!login) qFatal("%s", describe(login.error()).constData());
    device.login = *login;
    device.identity = std::make_shared<crypto::Identity>(crypto::makeIdentity(servicesSignal()).value());
    device.who = await(all->tokens.check(login->tokens.accessToken)).value();
    return device;
  }
  static wire::KeyUpload fullKeys(const TestDevice &device, quint32 preKeys = 2) {
    wire::KeyUpload upload;
    upload.identityKey = device.identity->publicKey.bytes();
    upload.registrationId = device.identity->registrationId;
    wire::SignedPreKey signedKey{1, freshPublicKey(), {}};
    signedKey.signature = device.sign(signedKey.publicKey);
    upload.signedPreKey = signedKey;
    upload.lastResortPreKey = wire::PreKey{wire::limits::kLastResortPrekeyId, freshPublicKey()};
    for (quint32 id = 1; id <= preKeys; ++id) upload.preKeys.append({id, freshPublicKey()});
    return upload;
  }
  TestDevice deviceWithKeys(const QByteArray &account, quint32 preKeys = 2) {
    TestDevice device = pendingDevice(account);
    device.keys = fullKeys(device, preKeys);
    EXPECT_TRUE(await(all->keys.upload(device.who, device.keys)));
    return device;
  }
  // The entry that `by` signs about `device`, next in the chain that stands.
  wire::ManifestAppend manifestEntry(const TestDevice &by, const TestDevice &device, bool isAdd = true,
                                     bool startsChain = false) {
    const auto chain = await(house.ports().manifests.entries(by.who.user, 0, wire::limits::kManifestEntries)).value();
    wire::ManifestAppend append;
    append.entry.userId = by.who.user;
    append.entry.prevHash = QByteArray(32, '\0');
    append.entry.version = 1;
    if (!chain.empty() && !startsChain) {
      append.entry.version = chain.back().version + 1;
      append.entry.prevHash = curve::entryHash(services::toCurve(chain.back()).value());
    }
    append.entry.isAdd = isAdd;
    append.entry.deviceId = device.id();
    append.entry.identityKey = device.identity->publicKey.bytes();
    append.entry.nameHash = sha256("laptop");
    append.entry.createdAt = toMillis(house.clock.wallNow());
    append.entry.byDevice = by.id();
    sign(by, append.entry);
    return append;
  }
  static void sign(const TestDevice &by, wire::ManifestEntry &entry) {
    entry.signature = QByteArray(64, '\0');
    const auto converted = services::toCurve(entry);
    if (converted) entry.signature = by.sign(curve::signedBytes(*converted));
  }
  TestDevice approved(TestDevice device) {
    device.who.state = wire::DeviceState::Active;
    return device;
  }
  // The account's first device.
  TestDevice firstDevice(const QByteArray &account, quint32 preKeys = 2) {
    const TestDevice device = deviceWithKeys(account, preKeys);
    EXPECT_TRUE(await(all->devices.append(device.who, manifestEntry(device, device))));
    return approved(device);
  }
  TestDevice furtherDevice(const TestDevice &old, const QByteArray &account) {
    const TestDevice device = deviceWithKeys(account);
    EXPECT_TRUE(await(all->devices.append(old.who, manifestEntry(old, device))));
    return approved(device);
  }
  ConversationId opensChat(const TestDevice &from, const QByteArray &with) {
    wire::ConversationCreate request;
    request.with.append(with);
    const auto opened = await(all->conversations.create(from.who, request));
    EXPECT_TRUE(opened);
    return opened ? opened->info.conversationId : ConversationId{};
  }
  static wire::SendRequest message(ConversationId chat, const std::vector<TestDevice> &to, int number = 1,
                                   const QByteArray &body = "sealed") {
    wire::SendRequest request;
    request.conversationId = chat;
    request.clientMsgId.bytes[14] = static_cast<unsigned char>(number >> 8);
    request.clientMsgId.bytes[15] = static_cast<unsigned char>(number);
    for (const TestDevice &device : to)
      request.envelopes.append({device.id(), *device.keys.registrationId, wire::EnvelopeKind::Message, body});
    return request;
  }
  services::SendOutcome sends(const TestDevice &from, const wire::SendRequest &request) {
    std::optional<services::SendOutcome> outcome;
    all->relay.send(from.who, request, [&](services::SendOutcome sent) { outcome = std::move(sent); });
    EXPECT_TRUE(waitUntil([&] { return outcome.has_value(); }));
    return *outcome;
  }
  QList<wire::MailItem> mailOf(const TestDevice &device, qint64 after = 0) {
    return await(all->mailbox.page(device.who, {after}, 100)).value().messages;
  }
  template <typename Event>
  int timesHeard(DeviceId device) const {
    int times = 0;
    for (const auto &[to, event] : heard) times += to == device && std::holds_alternative<Event>(event) ? 1 : 0;
    return times;
  }

  struct Heard {
    DeviceId to;
    domain::DeviceEvent event;
  };
  SqliteHouse house;
  services::ServiceSettings settings;
  std::vector<Heard> heard;
  std::unique_ptr<All> all;

 private:
  QObject m_context;
};

inline QByteArray refusalOf(const services::SendOutcome &outcome) {
  return outcome ? QByteArray() : outcome.error().error.code;
}

}  // namespace gx::test
