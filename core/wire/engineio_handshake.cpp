// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/engineio_handshake.h"

#include <algorithm>

#include "core/wire/json_reader.h"
#include "core/wire/json_writer.h"

namespace gx::wire {

namespace {

constexpr qint64 kLongestDelay = 24LL * 60 * 60 * 1000;  // ms; a server that says more is broken

// A session id travels in URLs: no space, nothing outside ASCII.
bool isSessionId(QByteArrayView sid) {
  return std::all_of(sid.begin(), sid.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

const char *words(EngineIoError error) {
  switch (error) {
    case EngineIoError::UnknownTransport:
      return "Transport unknown";
    case EngineIoError::UnknownSession:
      return "Session ID unknown";
    case EngineIoError::BadHandshakeMethod:
      return "Bad handshake method";
    case EngineIoError::BadRequest:
      return "Bad request";
    case EngineIoError::Forbidden:
      return "Forbidden";
    case EngineIoError::UnsupportedVersion:
      return "Unsupported protocol version";
  }
  return "";
}

}  // namespace

Result<EngineIoHandshake> parseEngineIoHandshake(QByteArrayView json) {
  JsonReader in(json);
  EngineIoHandshake handshake;
  const JsonValue sid = in["sid"];
  handshake.sid = sid.text({64});
  if (!isSessionId(handshake.sid)) sid.refuse("not printable");
  in["upgrades"].each(8, [&](const JsonValue &upgrade) { handshake.upgrades.append(upgrade.text({32})); });
  handshake.pingInterval = std::chrono::milliseconds(in["pingInterval"].number(1, kLongestDelay));
  handshake.pingTimeout = std::chrono::milliseconds(in["pingTimeout"].number(1, kLongestDelay));
  if (in.has("maxPayload")) handshake.maxPayload = in["maxPayload"].number(1, qint64{1} << 40);
  return in.done(handshake);
}

QByteArray toJson(const EngineIoHandshake &handshake) {
  JsonWriter out;
  out.beginObject().key("sid").text(handshake.sid).key("upgrades").beginArray();
  for (const QByteArray &upgrade : handshake.upgrades) out.text(upgrade);
  out.endArray().key("pingInterval").number(handshake.pingInterval.count());
  out.key("pingTimeout").number(handshake.pingTimeout.count());
  if (handshake.maxPayload > 0) out.key("maxPayload").number(handshake.maxPayload);
  return out.endObject().take();
}

QByteArray toJson(EngineIoError error) {
  JsonWriter out;
  out.beginObject().key("code").number(static_cast<int>(error)).key("message").text(words(error)).endObject();
  return out.take();
}

}  // namespace gx::wire
