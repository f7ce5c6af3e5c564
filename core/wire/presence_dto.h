// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <optional>

#include "core/base/ids.h"
#include "core/base/result.h"

// Presence and typing (PROTOCOL.md section 6).
namespace gx::wire {

enum class PresenceState { Online, Away, Offline, Unknown };  // "online", "away", "offline", "unknown"
[[nodiscard]] const char *toText(PresenceState state);
[[nodiscard]] std::optional<PresenceState> parsePresenceState(QByteArrayView text);

struct PresenceSet {
  PresenceState state = PresenceState::Online;

  [[nodiscard]] static Result<PresenceSet> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct PresenceWatch {
  QList<UserId> userIds;

  [[nodiscard]] static Result<PresenceWatch> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct PresenceInfo {  // event presence
  UserId userId;
  PresenceState state = PresenceState::Unknown;
  qint64 since = 0;  // ms, 0 if not known

  bool operator==(const PresenceInfo &) const = default;
  [[nodiscard]] static Result<PresenceInfo> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct PresenceList {
  QList<PresenceInfo> presence;

  [[nodiscard]] static Result<PresenceList> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct TypingSet {  // from a client
  ConversationId conversationId;
  bool active = false;

  [[nodiscard]] static Result<TypingSet> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct TypingNotice {  // to a client
  ConversationId conversationId;
  UserId userId;
  DeviceId deviceId;
  bool active = false;

  [[nodiscard]] static Result<TypingNotice> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

}  // namespace gx::wire
