// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <optional>

#include "core/base/ids.h"
#include "core/base/result.h"

// Bodies of /conversations (PROTOCOL.md section 2).
namespace gx::wire {

enum class ConversationType { Direct, Group };        // "DIRECT", "GROUP"
enum class ParticipantRole { Owner, Admin, Member };  // "OWNER", "ADMIN", "MEMBER"
[[nodiscard]] const char *toText(ConversationType type);
[[nodiscard]] const char *toText(ParticipantRole role);
[[nodiscard]] std::optional<ConversationType> parseConversationType(QByteArrayView text);
[[nodiscard]] std::optional<ParticipantRole> parseParticipantRole(QByteArrayView text);

struct ConversationCreate {
  QList<QByteArray> with;  // account names

  [[nodiscard]] static Result<ConversationCreate> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct Participant {
  UserId userId;
  QByteArray account;
  ParticipantRole role = ParticipantRole::Member;
  bool operator==(const Participant &) const = default;
};

struct ConversationInfo {
  ConversationId conversationId;
  ConversationType type = ConversationType::Direct;
  qint64 createdAt = 0;  // ms
  QList<Participant> participants;

  bool operator==(const ConversationInfo &) const = default;
  [[nodiscard]] static Result<ConversationInfo> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct ConversationPage {
  QList<ConversationInfo> conversations;
  std::optional<ConversationId> next{};

  [[nodiscard]] static Result<ConversationPage> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

}  // namespace gx::wire
