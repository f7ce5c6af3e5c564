// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <optional>

#include "core/base/ids.h"
#include "core/base/result.h"

// Bodies of /auth (PROTOCOL.md sections 2 and 4). Texts are UTF-8. parse() takes JSON bytes and checks every field's
// limits.
namespace gx::wire {

struct RegisterRequest {
  QByteArray account;
  QByteArray password;
  std::optional<QByteArray> invite{};

  [[nodiscard]] static Result<RegisterRequest> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct RegisterResponse {
  UserId userId;
  QByteArray account;

  [[nodiscard]] static Result<RegisterResponse> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

enum class DeviceState { Pending, Active, Revoked };  // "PENDING", "ACTIVE", "REVOKED"
[[nodiscard]] const char *toText(DeviceState state);
[[nodiscard]] std::optional<DeviceState> parseDeviceState(QByteArrayView text);

struct LoginRequest {
  QByteArray account;
  QByteArray password;
  QByteArray deviceName;

  [[nodiscard]] static Result<LoginRequest> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct TokenPair {
  QByteArray accessToken;
  qint64 accessExpiresIn = 0;  // seconds
  QByteArray refreshToken;
  qint64 refreshExpiresIn = 0;  // seconds

  bool operator==(const TokenPair &) const = default;
  [[nodiscard]] static Result<TokenPair> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct LoginResponse {
  UserId userId;
  QByteArray account;
  DeviceId deviceId;
  DeviceState deviceState = DeviceState::Pending;
  qint64 serverTime = 0;  // ms
  QByteArray environment;
  TokenPair tokens;  // flat in the JSON

  [[nodiscard]] static Result<LoginResponse> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct RefreshRequest {
  QByteArray refreshToken;
  QByteArray requestId;                   // ≤ 64 bytes, made anew for each refresh, kept for its repetition
  std::optional<QByteArray> signature{};  // 64 bytes

  [[nodiscard]] static Result<RefreshRequest> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
  // What the device signs (PROTOCOL.md 4.3).
  [[nodiscard]] QByteArray signedBytes() const;
};

struct DeviceInfo {
  DeviceId deviceId;
  QByteArray name;
  DeviceState state = DeviceState::Pending;
  qint64 createdAt = 0;    // ms
  QByteArray lastSeenDay;  // "2026-01-31", empty if never
  bool current = false;
};

struct DeviceList {
  QList<DeviceInfo> devices;

  [[nodiscard]] static Result<DeviceList> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

}  // namespace gx::wire
