// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QCoroTask>
#include <QList>
#include <tl/expected.hpp>

#include "core/base/result.h"
#include "core/wire/message_dto.h"
#include "core/wire/problem_dto.h"

namespace gx::net {

// Why a request did not succeed, with the lists that some problems carry (device_mismatch, stale_device).
struct RestFailure {
  Error error;
  QList<wire::DeviceRef> missing{};
  QList<wire::DeviceRef> extra{};
  QList<wire::DeviceRef> stale{};
};
using RestTask = QCoro::Task<tl::expected<QByteArray, RestFailure>>;

// What sending a message ends in, over REST and over Socket.IO.
using SendResult = tl::expected<wire::SendAccepted, RestFailure>;

inline constexpr char kNotARelay[] = "not_a_relay";  // Unavailable: somebody else answers there
inline constexpr char kBadAnswer[] = "bad_answer";   // Corrupt: it breaks PROTOCOL.md

// kind by code, retryAfter from the problem; an unknown code keeps its text and takes the kind of `status`.
[[nodiscard]] RestFailure toFailure(const wire::Problem &problem, int status = 0);

// A relay's ack, {"ok":{…}} or {"error":problem} → the raw JSON of `ok`.
[[nodiscard]] tl::expected<QByteArray, RestFailure> openAck(QByteArrayView ack);
// The same where the lists do not matter.
[[nodiscard]] Result<QByteArray> openPlainAck(QByteArrayView ack);
[[nodiscard]] SendResult openSendAck(QByteArrayView ack);
[[nodiscard]] SendResult readSendAccepted(QByteArrayView json);

}  // namespace gx::net
