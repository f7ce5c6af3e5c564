// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/socketio_placeholders.h"

#include <array>
#include <charconv>
#include <optional>

#include "core/wire/json_scanner.h"

namespace gx::wire {

namespace {

constexpr qsizetype kLongestPlaceholder = 256;  // with white space and escaped keys

bool isPlaceholderKey(QByteArrayView key) {  // with its quotes
  if (!key.contains('\\')) return key == "\"_placeholder\"";
  return key.size() <= kLongestPlaceholder && unescapeJson(key) == "_placeholder";
}

// `num` of an object that says to be a placeholder.
std::optional<int> placeholderNum(QByteArrayView object) {
  if (object.size() > kLongestPlaceholder) return std::nullopt;
  std::optional<int> num;
  int members = 0;
  JsonWalker walker(object);
  while (walker.next()) {
    ++members;
    if (unescapeJson(walker.key()) != "num") continue;
    int value = -1;
    const auto [end, code] = std::from_chars(walker.value().begin(), walker.value().end(), value);
    if (code != std::errc() || end != walker.value().end() || walker.value().front() == '-') return std::nullopt;
    num = value;
  }
  return members == 2 ? num : std::nullopt;
}

}  // namespace

Result<> checkPlaceholders(QByteArrayView payload, int attachments) {
  std::array<const char *, JsonTokens::kDeepest + 1> begins{};  // of the open containers
  quint64 flagged = 0;                                          // bit = depth: that object says to be a placeholder
  quint32 seen = 0;
  JsonTokens tokens(payload, JsonTokens::kDeepest - 1);
  for (JsonToken token = tokens.next(); token != JsonToken::End && token != JsonToken::Bad; token = tokens.next()) {
    const auto depth = static_cast<size_t>(tokens.depth());
    if (token == JsonToken::ObjectBegin) {
      begins[depth] = tokens.token().data();
      flagged &= ~(quint64{1} << depth);
    } else if (token == JsonToken::Key && isPlaceholderKey(tokens.token())) {
      JsonTokens ahead = tokens;
      if (ahead.next() == JsonToken::True) flagged |= quint64{1} << depth;
    } else if (token == JsonToken::ObjectEnd && (flagged >> (depth + 1) & 1U) != 0) {
      const auto num = placeholderNum(QByteArrayView(begins[depth + 1], tokens.token().end()));
      if (!num || *num >= attachments) return fail(ErrorKind::Invalid, "socket.io: bad placeholder");
      if ((seen >> *num & 1U) != 0) return fail(ErrorKind::Invalid, "socket.io: attachment named twice");
      seen |= 1U << *num;
    }
  }
  if (seen + 1 != quint32{1} << attachments)
    return fail(ErrorKind::Invalid, "socket.io: attachment without placeholder");
  return {};
}

}  // namespace gx::wire
