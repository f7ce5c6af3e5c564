// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <optional>

#include "core/base/ids.h"
#include "core/base/result.h"

// The error body of REST and of acks (PROTOCOL.md section 1).
namespace gx::wire {

struct DeviceRef {
  UserId userId;
  DeviceId deviceId;
  bool operator==(const DeviceRef &) const = default;
};

struct Problem {
  QByteArray code;
  QByteArray message;                  // for developers
  QByteArray requestId{};              // empty where there was no HTTP request
  std::optional<qint64> retryAfter{};  // seconds
  QList<DeviceRef> missing{};          // device_mismatch
  QList<DeviceRef> extra{};            // device_mismatch
  QList<DeviceRef> stale{};            // stale_device

  bool operator==(const Problem &) const = default;
  // What an error says to a client: its own code if the protocol knows it, else the one that stands for its kind.
  // Errors of ours (status 500: store, bugs) tell nothing of their detail; transient ones always name a time to come
  // back.
  [[nodiscard]] static Problem from(const Error &error);
  [[nodiscard]] static Result<Problem> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

// One row of PROTOCOL.md's table of codes.
struct ProblemCode {
  const char *code;
  int status;
  ErrorKind kind;
};
// The row of a code, or null for an unknown one.
[[nodiscard]] const ProblemCode *findProblemCode(QByteArrayView code);
// The row that stands for an ErrorKind where an Error carries no code of its own.
[[nodiscard]] const ProblemCode &problemCodeFor(ErrorKind kind);

}  // namespace gx::wire
