// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>

#include "core/model/message.h"
#include "core/model/safety_number.h"

namespace gx::text {

// What a line says: its text, or words for what is deleted, not opened yet, or of a newer version.
[[nodiscard]] QString bodyText(const model::Message &message);
// The same in one line, cut with an ellipsis after `length` characters.
[[nodiscard]] QString previewText(const model::Message &message, qsizetype length = 80);
// Of an own message: "…" queued, "✓" sent, "✓✓" delivered, "✓✓ read", "! not sent".
[[nodiscard]] QString tickText(model::MessageState state);
// "queued", "sent": for JSON output and accessibility.
[[nodiscard]] QString stateName(model::MessageState state);
// "👍 ❤ 2": each emoji with its count where it is more than one.
[[nodiscard]] QString reactionText(const std::vector<model::MessageReaction> &reactions);
// 12 groups of five digits, four a line.
[[nodiscard]] QString safetyNumberText(const model::SafetyNumber &number);
// What others wrote, safe for a terminal or a list: control characters and bidirectional overrides are shown as
// "\u{202E}", line breaks kept.
[[nodiscard]] QString harmless(const QString &text);

}  // namespace gx::text
