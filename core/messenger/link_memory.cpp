// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/link_memory.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace gx::messenger {

using namespace Qt::StringLiterals;

namespace {

constexpr char kAnsweredSetting[] = "linking.answered";
constexpr char kGivenSetting[] = "linking.given.";  // and the pending device's number

QString linkText(const QJsonObject &note) {
  return QString::fromUtf8(QJsonDocument(note).toJson(QJsonDocument::Compact));
}

QJsonObject linkNote(const std::optional<QString> &text) {
  return QJsonDocument::fromJson(text.value_or(QString()).toUtf8()).object();
}

QString hexOf(const QByteArray &bytes) {
  return QString::fromLatin1(bytes.toHex());
}

QByteArray bytesOf(const QJsonObject &note, const QString &member) {
  return QByteArray::fromHex(note[member].toString().toLatin1());
}

QString givenSetting(DeviceId device) {
  return QString::fromLatin1(kGivenSetting) + QString::number(device.value);
}

DeviceId deviceOf(const QJsonObject &note) {
  return DeviceId{static_cast<quint32>(note[u"device"_s].toInteger())};
}

}  // namespace

Async<std::optional<LinkMemory::Answered>> LinkMemory::answered() {
  const auto text = co_await m_vault.account().setting(QString::fromLatin1(kAnsweredSetting));
  if (!text) co_return tl::unexpected(text.error());
  const QJsonObject note = linkNote(*text);
  std::optional<Answered> kept;
  if (note.isEmpty()) co_return kept;
  kept.emplace();
  kept->nonce = bytesOf(note, u"nonce"_s);
  kept->answer.deviceId = deviceOf(note);
  kept->answer.identityKey = bytesOf(note, u"key"_s);
  kept->answer.nonce = bytesOf(note, u"their_nonce"_s);
  co_return kept;
}

Async<> LinkMemory::keep(Answered note) {
  QJsonObject text;
  text[u"nonce"_s] = hexOf(note.nonce);
  text[u"device"_s] = static_cast<qint64>(note.answer.deviceId.value);
  text[u"key"_s] = hexOf(note.answer.identityKey);
  text[u"their_nonce"_s] = hexOf(note.answer.nonce);
  return m_vault.account().setSetting(QString::fromLatin1(kAnsweredSetting), linkText(text));
}

Async<> LinkMemory::forgetAnswered() {
  return m_vault.account().setSetting(QString::fromLatin1(kAnsweredSetting), u""_s);
}

Async<std::optional<LinkMemory::Given>> LinkMemory::given(DeviceId device) {
  const auto text = co_await m_vault.account().setting(givenSetting(device));
  if (!text) co_return tl::unexpected(text.error());
  const QJsonObject note = linkNote(*text);
  std::optional<Given> kept;
  if (note.isEmpty()) co_return kept;
  kept.emplace();
  kept->device = device;
  kept->nonce = bytesOf(note, u"nonce"_s);
  kept->commitment = bytesOf(note, u"commitment"_s);
  co_return kept;
}

Async<> LinkMemory::keep(Given note) {
  QJsonObject text;
  text[u"nonce"_s] = hexOf(note.nonce);
  text[u"commitment"_s] = hexOf(note.commitment);
  return m_vault.account().setSetting(givenSetting(note.device), linkText(text));
}

}  // namespace gx::messenger
