// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include "tests/contract/ports_house.h"

namespace gx::test {

// What every implementation of the repositories must do. Verbs that make people and devices without any cryptography:
// the repositories check none.
class RepositoryContract : public testing::TestWithParam<std::shared_ptr<PortsHouse> (*)(HouseSettings)> {
 protected:
  void SetUp() override { open({}); }
  void open(HouseSettings settings) { m_house = GetParam()(settings); }
  [[nodiscard]] domain::Ports ports() { return m_house->ports(); }
  [[nodiscard]] PortsHouse &house() { return *m_house; }
  [[nodiscard]] WallTime now() { return m_house->clock.wallNow(); }

  domain::Account account(const QByteArray &name) {
    domain::Account made{newId<UserId>(m_house->clock, m_house->random), name, "$argon2id$x", now()};
    EXPECT_TRUE(await(ports().accounts.create(made, std::nullopt)));
    return made;
  }
  struct Session {
    DeviceId device;
    domain::AccessRecord access;
    domain::RefreshRecord refresh;
  };
  // A pending device with tokens whose hashes are made from its number.
  Session signIn(const domain::Account &of, quint32 id) {
    domain::Device device;
    device.id = DeviceId{id};
    device.user = of.id;
    device.name = "device " + QByteArray::number(id);
    device.createdAt = now();
    Session session{device.id, {sha256("access" + toText(device.id)), now() + std::chrono::minutes(10)}, {}};
    session.refresh = {sha256("refresh" + toText(device.id)), QByteArray(16, char(id)), now() + std::chrono::days(30),
                       now() + std::chrono::days(90)};
    EXPECT_TRUE(await(ports().tokens.start(device, session.access, session.refresh)));
    return session;
  }
  static QByteArray key(quint32 number) { return '\x05' + sha256("key" + QByteArray::number(number)); }
  static wire::PreKey preKey(quint32 id) { return {id, key(id)}; }
  static wire::KeyUpload fullUpload(DeviceId device, quint32 preKeys = 3) {
    wire::KeyUpload upload;
    upload.identityKey = key(device.value);
    upload.registrationId = device.value + 1;
    upload.signedPreKey = wire::SignedPreKey{1, key(1000), QByteArray(64, 's')};
    upload.lastResortPreKey = wire::PreKey{wire::limits::kLastResortPrekeyId, key(2000)};
    for (quint32 id = 1; id <= preKeys; ++id) upload.preKeys.append(preKey(id));
    return upload;
  }
  static domain::ManifestAct act(const domain::Account &of, qint64 version, DeviceId device, bool isAdd = true) {
    domain::ManifestAct made;
    made.entry.userId = of.id;
    made.entry.version = version;
    made.entry.prevHash = version == 1 ? QByteArray(32, '\0') : sha256(of.name + QByteArray::number(version - 1));
    made.entry.isAdd = isAdd;
    made.entry.deviceId = device;
    made.entry.identityKey = key(device.value);
    made.entry.nameHash = QByteArray(32, 'n');
    made.entry.createdAt = 1;
    made.entry.byDevice = device;
    made.entry.signature = QByteArray(64, 's');
    made.entryHash = sha256(of.name + QByteArray::number(version));
    made.startsChain = version == 1;
    return made;
  }
  // Signed in, keys uploaded, in the manifest as its entry `version`.
  DeviceId activeDevice(const domain::Account &of, quint32 id, qint64 version = 1) {
    const Session session = signIn(of, id);
    EXPECT_TRUE(await(ports().preKeys.upload(session.device, fullUpload(session.device))));
    EXPECT_TRUE(await(ports().manifests.append(act(of, version, session.device))));
    return session.device;
  }
  ConversationId conversation(const domain::Account &a, const domain::Account &b) {
    domain::DirectConversation wanted{newId<ConversationId>(m_house->clock, m_house->random), a.id, b.id, now()};
    const auto opened = await(ports().conversations.openDirect(wanted));
    EXPECT_TRUE(opened);
    return opened ? opened->info.conversationId : ConversationId{};
  }

 private:
  std::shared_ptr<PortsHouse> m_house;
};

inline std::shared_ptr<PortsHouse> sqliteHouse(HouseSettings settings) {
  return std::make_shared<SqliteHouse>(settings);
}

#define GX_REPOSITORY_CONTRACT(Suite)         \
  class Suite : public RepositoryContract {}; \
  INSTANTIATE_TEST_SUITE_P(Sqlite, Suite, testing::Values(&sqliteHouse))

// The code of a refusal, empty when there was none.
template <typename T>
QByteArray codeOf(const Result<T> &result) {
  return result ? QByteArray() : result.error().code;
}

}  // namespace gx::test
