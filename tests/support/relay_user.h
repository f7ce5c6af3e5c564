// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include <QJsonArray>
#include <optional>

#include "core/base/bytes.h"
#include "core/crypto/signing.h"
#include "core/curve/manifest_entry.h"
#include "core/wire/keys_dto.h"
#include "core/wire/manifest_dto.h"
#include "core/wire/message_dto.h"
#include "tests/support/raw_http.h"
#include "tests/support/raw_socketio.h"

namespace gx::test {

// One process has one Signal context.
inline crypto::SignalContext &signalContext() {
  static OsRandom random;
  static const auto context = crypto::SignalContext::make(random);
  return **context;
}

// One device of one account of a relay at 127.0.0.1, with real keys and signatures, but ciphertexts that are just
// bytes.
class RelayUser final {
 public:
  RelayUser(quint16 port, QByteArray account, QByteArray password = "TestPass123")
      : m_http(port), m_port(port), m_account(std::move(account)), m_password(std::move(password)) {}

  RawHttp &http() { return m_http; }
  [[nodiscard]] const QByteArray &token() const { return m_token; }
  [[nodiscard]] const QByteArray &refreshToken() const { return m_refreshToken; }
  [[nodiscard]] const QByteArray &account() const { return m_account; }
  [[nodiscard]] UserId userId() const { return m_userId; }
  [[nodiscard]] DeviceId deviceId() const { return m_deviceId; }
  [[nodiscard]] const crypto::Identity &identity() const { return *m_identity; }
  [[nodiscard]] quint32 registrationId() const { return m_identity->registrationId; }

  RawResponse registers() {
    return m_http.post("/api/v1/auth/register",
                       "{\"account\":\"" + m_account + "\",\"password\":\"" + m_password + "\"}");
  }
  // A new, pending device.
  RawResponse logsIn(const QByteArray &deviceName = "desk") {
    m_deviceName = deviceName;
    const RawResponse response =
        m_http.post("/api/v1/auth/login", "{\"account\":\"" + m_account + "\",\"password\":\"" + m_password +
                                              "\",\"device_name\":\"" + deviceName + "\"}");
    if (response.status != 200) return response;
    takeTokens(response.json());
    m_userId = parseId<UserId>(response.json()[QLatin1String("user_id")].toString().toUtf8()).value_or(UserId{});
    m_deviceId = DeviceId{static_cast<quint32>(response.json()[QLatin1String("device_id")].toInt())};
    auto identity = crypto::makeIdentity(signalContext());
    if (identity) m_identity.emplace(std::move(*identity));
    return response;
  }
  void takeTokens(const QJsonObject &json) {
    m_token = json[QLatin1String("access_token")].toString().toUtf8();
    m_refreshToken = json[QLatin1String("refresh_token")].toString().toUtf8();
    m_http.setToken(m_token);
  }
  [[nodiscard]] QByteArray sign(const QByteArray &bytes) const {
    return crypto::sign(signalContext(), *m_identity, bytes).value_or(QByteArray());
  }

  // A complete first upload with `count` one-time prekeys from id 1.
  [[nodiscard]] wire::KeyUpload keys(int count = 5) const {
    wire::KeyUpload upload;
    upload.identityKey = m_identity->publicKey.bytes();
    upload.registrationId = m_identity->registrationId;
    const QByteArray signedKey = freshKey();
    upload.signedPreKey = wire::SignedPreKey{1, signedKey, sign(signedKey)};
    upload.lastResortPreKey = wire::PreKey{0xFFFFFF, freshKey()};
    for (int id = 1; id <= count; ++id) upload.preKeys.append({static_cast<quint32>(id), freshKey()});
    return upload;
  }
  RawResponse uploadsKeys(int count = 5) { return m_http.put("/api/v1/keys", keys(count).toJson()); }

  // An entry that `this` signs and that adds `device`; `before` is the chain so far.
  [[nodiscard]] wire::ManifestEntry addEntry(const RelayUser &device, const QList<wire::ManifestEntry> &before,
                                             bool isAdd = true) const {
    curve::ManifestEntry entry;
    entry.account = m_userId;
    entry.version = static_cast<quint64>(before.size()) + 1;
    entry.previousHash = before.isEmpty() ? QByteArray(32, '\0') : curve::entryHash(toCurve(before.last()));
    entry.operation = isAdd ? curve::ManifestOperation::Add : curve::ManifestOperation::Remove;
    entry.device = device.m_deviceId;
    entry.identityKey = device.m_identity->publicKey;
    entry.nameHash = sha256(device.m_deviceName);
    entry.createdAt = fromMillis(1'750'000'000'000);
    entry.byDevice = m_deviceId;
    entry.signature = sign(curve::signedBytes(entry));
    return toWire(entry);
  }
  RawResponse appends(const wire::ManifestEntry &entry, bool newChain = false) {
    wire::ManifestAppend append;
    append.entry = entry;
    append.newChain = newChain;
    return m_http.post("/api/v1/keys/manifest", append.toJson());
  }
  [[nodiscard]] QList<wire::ManifestEntry> manifestOf(UserId user) {
    const auto page = wire::ManifestPage::parse(m_http.get("/api/v1/keys/manifest/" + toText(user)).body);
    return page ? page->entries : QList<wire::ManifestEntry>();
  }

  // Signs in with a device that is active at the end: the account's first, or one on a new chain.
  bool becomesActive(int preKeys = 5) {
    if (logsIn().status != 200 || uploadsKeys(preKeys).status != 200) return false;
    const bool hasChain = !manifestOf(m_userId).isEmpty();
    return appends(addEntry(*this, {}), hasChain).status == 201;
  }

  // The conversation with somebody, opened if need be.
  [[nodiscard]] ConversationId conversationWith(const QByteArray &account) {
    const RawResponse response = m_http.post("/api/v1/conversations", "{\"with\":[\"" + account + "\"]}");
    const QString id = response.json()[QLatin1String("conversation_id")].toString();
    return parseId<ConversationId>(id.toUtf8()).value_or(ConversationId{});
  }
  // For these devices, each with a ciphertext of its own.
  [[nodiscard]] static wire::SendRequest message(ConversationId conversation, const QList<const RelayUser *> &to,
                                                 const QByteArray &text = "sealed") {
    wire::SendRequest request;
    request.conversationId = conversation;
    request.clientMsgId = freshId();
    for (const RelayUser *device : to)
      request.envelopes.append({device->m_deviceId, device->registrationId(), wire::EnvelopeKind::Message,
                                text + " for " + toText(device->m_deviceId)});
    return request;
  }
  [[nodiscard]] static ClientMessageId freshId() {
    static OsRandom random;
    static const SystemClock clock;
    return newId<ClientMessageId>(clock, random);
  }
  RawResponse sends(const wire::SendRequest &request) { return m_http.post("/api/v1/messages", request.toJson()); }

  // Realtime, signed in with this device's token.
  // The message id of the letter that waits under `seq`, empty if none does.
  [[nodiscard]] QString letterAt(qint64 seq) {
    const auto page = m_http.get("/api/v1/messages?limit=1&after=" + QByteArray::number(seq - 1)).json();
    const auto letter = page[QLatin1String("messages")].toArray().at(0).toObject();
    return letter[QLatin1String("seq")].toInteger() == seq ? letter[QLatin1String("message_id")].toString() : QString();
  }
  // Everything up to the letter that waits under `seq`.
  RawResponse acknowledges(qint64 seq) {
    return m_http.post("/api/v1/messages/ack",
                       "{\"seq\":" + QByteArray::number(seq) + ",\"message_id\":\"" + letterAt(seq).toLatin1() + "\"}");
  }
  [[nodiscard]] std::unique_ptr<RawSocketIo> goesOnline(std::optional<qint64> after = {}) {
    auto socket = std::make_unique<RawSocketIo>(m_port);
    QJsonObject auth{{QLatin1String("token"), QString::fromUtf8(m_token)}};
    if (after) auth[QLatin1String("after")] = *after;
    const QString letter = after ? letterAt(*after) : QString();
    if (!letter.isEmpty()) auth[QLatin1String("message_id")] = letter;
    const QJsonObject refusal = socket->connectWith(auth);
    EXPECT_TRUE(refusal.isEmpty()) << "refused: " << refusal[QLatin1String("message")].toString().toStdString();
    return socket;
  }

  [[nodiscard]] static QByteArray freshKey() {
    const auto identity = crypto::makeIdentity(signalContext());
    return identity ? identity->publicKey.bytes() : QByteArray();
  }

 private:
  static curve::ManifestEntry toCurve(const wire::ManifestEntry &wire) {
    curve::ManifestEntry entry;
    entry.account = wire.userId;
    entry.version = static_cast<quint64>(wire.version);
    entry.previousHash = wire.prevHash;
    entry.operation = wire.isAdd ? curve::ManifestOperation::Add : curve::ManifestOperation::Remove;
    entry.device = wire.deviceId;
    entry.identityKey = curve::PublicKey::parse(wire.identityKey).value_or(curve::PublicKey());
    entry.nameHash = wire.nameHash;
    entry.createdAt = fromMillis(wire.createdAt);
    entry.byDevice = wire.byDevice;
    entry.signature = wire.signature;
    return entry;
  }
  static wire::ManifestEntry toWire(const curve::ManifestEntry &entry) {
    wire::ManifestEntry wire;
    wire.userId = entry.account;
    wire.version = static_cast<qint64>(entry.version);
    wire.prevHash = entry.previousHash;
    wire.isAdd = entry.operation == curve::ManifestOperation::Add;
    wire.deviceId = entry.device;
    wire.identityKey = entry.identityKey.bytes();
    wire.nameHash = entry.nameHash;
    wire.createdAt = toMillis(entry.createdAt);
    wire.byDevice = entry.byDevice;
    wire.signature = entry.signature;
    return wire;
  }

  RawHttp m_http;
  quint16 m_port;
  QByteArray m_account;
  QByteArray m_password;
  QByteArray m_deviceName;
  QByteArray m_token;
  QByteArray m_refreshToken;
  UserId m_userId{};
  DeviceId m_deviceId;
  std::optional<crypto::Identity> m_identity;
};

}  // namespace gx::test
