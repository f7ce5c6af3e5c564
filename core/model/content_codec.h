// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include "core/base/result.h"
#include "core/model/content.h"

namespace gx::model {

inline constexpr qsizetype kMaxTextBytes = 64 * 1024;  // UTF-8, of one message
inline constexpr qsizetype kMaxExcerptBytes = 512;
inline constexpr qsizetype kMaxEmojiBytes = 64;
inline constexpr std::size_t kMaxReceiptMessages = 200;

// Content <-> the JSON object {"kind":…} of PROTOCOL.md section 7; also how the outbox keeps what is not sealed yet.
// Encoding refuses what no reader would take (TooLarge, Invalid). Decoding refuses wrong types and sizes (Invalid) and
// ignores unknown members; an unknown kind survives as Unsupported with its text.
[[nodiscard]] Result<QByteArray> encodeContent(const Content &content);
[[nodiscard]] Result<Content> decodeContent(QByteArrayView json);

[[nodiscard]] Result<QJsonObject> contentToJson(const Content &content);
[[nodiscard]] Result<Content> contentFromJson(const QJsonObject &object);

}  // namespace gx::model
