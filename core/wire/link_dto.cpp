// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/link_dto.h"

#include <QtEndian>

#include "core/base/bytes.h"
#include "core/wire/json_reader.h"
#include "core/wire/json_writer.h"

namespace gx::wire {

namespace {

constexpr qsizetype kCommitmentBytes = 32;
constexpr qsizetype kNonceBytes = 16;

void writeKeyAndNonce(JsonWriter &out, const QByteArray &identityKey, const QByteArray &nonce) {
  out.key("identity_key").bytes(identityKey).key("nonce").bytes(nonce);
}

void appendParty(QByteArray &text, const LinkParty &party) {
  appendNumber(text, party.deviceId.value);
  appendField(text, party.identityKey);
  appendField(text, party.nonce);
}

}  // namespace

Result<LinkPut> LinkPut::parse(QByteArrayView json) {
  const JsonReader in(json);
  LinkPut put;
  put.commitment = in["commitment"].exactBytes(kCommitmentBytes);
  if (in.has("identity_key") || in.has("nonce")) {  // only together
    put.identityKey = in["identity_key"].publicKey();
    put.nonce = in["nonce"].exactBytes(kNonceBytes);
  }
  return in.done(std::move(put));
}

QByteArray LinkPut::toJson() const {
  JsonWriter out;
  out.beginObject().key("commitment").bytes(commitment);
  if (identityKey && nonce) writeKeyAndNonce(out, *identityKey, *nonce);
  return out.endObject().take();
}

Result<LinkAnswer> LinkAnswer::parse(QByteArrayView json) {
  const JsonReader in(json);
  LinkAnswer answer;
  answer.identityKey = in["identity_key"].publicKey();
  answer.nonce = in["nonce"].exactBytes(kNonceBytes);
  return in.done(std::move(answer));
}

QByteArray LinkAnswer::toJson() const {
  JsonWriter out;
  out.beginObject();
  writeKeyAndNonce(out, identityKey, nonce);
  return out.endObject().take();
}

Result<LinkState> LinkState::parse(QByteArrayView json) {
  const JsonReader in(json);
  const JsonReader link = in["link"].object();
  LinkState state;
  state.deviceId = link["device_id"].deviceId();
  state.name = link["name"].text({limits::kDeviceNameBytes, 0});
  state.commitment = link["commitment"].exactBytes(kCommitmentBytes);
  if (link.has("answer")) {
    const JsonReader answer = link["answer"].object();
    state.answer = Answer{answer["device_id"].deviceId(), answer["identity_key"].publicKey(),
                          answer["nonce"].exactBytes(kNonceBytes)};
  }
  if (link.has("reveal")) {
    const JsonReader reveal = link["reveal"].object();
    state.reveal = Reveal{reveal["identity_key"].publicKey(), reveal["nonce"].exactBytes(kNonceBytes)};
  }
  return in.done(std::move(state));
}

QByteArray LinkState::toJson() const {
  JsonWriter out;
  out.beginObject().key("link").beginObject().key("device_id").deviceId(deviceId).key("name").text(name);
  out.key("commitment").bytes(commitment);
  if (answer) {
    out.key("answer").beginObject().key("device_id").deviceId(answer->deviceId);
    writeKeyAndNonce(out, answer->identityKey, answer->nonce);
    out.endObject();
  }
  if (reveal) {
    out.key("reveal").beginObject();
    writeKeyAndNonce(out, reveal->identityKey, reveal->nonce);
    out.endObject();
  }
  return out.endObject().endObject().take();
}

Result<DeviceLinkEvent> DeviceLinkEvent::parse(QByteArrayView json) {
  const JsonReader in(json);
  return in.done(DeviceLinkEvent{in["device_id"].deviceId()});
}

QByteArray DeviceLinkEvent::toJson() const {
  JsonWriter out;
  return out.beginObject().key("device_id").deviceId(deviceId).endObject().take();
}

QByteArray linkCommitment(const UserId &user, DeviceId newDevice, QByteArrayView identityKey, QByteArrayView nonce) {
  QByteArray text;
  appendField(text, "gx-link-1");
  appendField(text, toText(user));
  appendNumber(text, newDevice.value);
  appendField(text, identityKey);
  appendField(text, nonce);
  return sha256(text);
}

QByteArray linkDigits(const UserId &user, const LinkParty &newDevice, const LinkParty &listedDevice) {
  QByteArray text;
  appendField(text, "gx-sas-1");
  appendField(text, toText(user));
  appendParty(text, newDevice);
  appendParty(text, listedDevice);
  const quint64 number = qFromBigEndian<quint64>(sha256(text).constData());
  return QByteArray::number(number % 1'000'000).rightJustified(6, '0');
}

}  // namespace gx::wire
