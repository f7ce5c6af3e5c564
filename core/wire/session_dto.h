// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <optional>

#include "core/base/ids.h"
#include "core/base/result.h"

// The life of a realtime connection (PROTOCOL.md section 6).
namespace gx::wire {

struct ConnectAuth {  // CONNECT payload
  QByteArray token;
  std::optional<qint64> after{};         // last committed seq
  std::optional<MessageId> messageId{};  // of the letter `after`; without it `after` acknowledges nothing
  std::optional<qint64> bootCounter{};   // boot.counter, boot.sends: rollback detection
  std::optional<qint64> bootSends{};

  [[nodiscard]] static Result<ConnectAuth> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct Ready {
  DeviceId deviceId;
  qint64 head = 0;
  qint64 acked = 0;  // where the mail goes on; below the device's cursor: the relay was set back
  qint64 expired = 0;
  int preKeys = 0;
  bool rolledBack = false;  // the relay has seen a later boot counter or more sends of this device
  qint64 serverTime = 0;

  [[nodiscard]] static Result<Ready> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct KeysLow {
  int preKeys = 0;

  [[nodiscard]] static Result<KeysLow> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct AuthRenew {
  QByteArray token;

  [[nodiscard]] static Result<AuthRenew> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct AuthRenewed {
  qint64 expiresIn = 0;  // seconds

  [[nodiscard]] static Result<AuthRenewed> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct AuthExpiring {
  qint64 seconds = 0;

  [[nodiscard]] static Result<AuthExpiring> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct Closing {
  qint64 retryAfterMs = 0;

  [[nodiscard]] static Result<Closing> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

// member x-gx-relay of openapi.json: what a relay says to somebody not signed in.
struct RelayInfo {
  int apiLevel = 1;
  QByteArray environment;
  bool demo = false;
  QByteArray registration;  // "open", "invite", "closed"

  // Takes the whole openapi.json.
  [[nodiscard]] static Result<RelayInfo> parse(QByteArrayView openApiJson);
  [[nodiscard]] QByteArray toJson() const;  // the member's value
};

}  // namespace gx::wire
