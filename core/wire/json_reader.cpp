// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/json_reader.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace gx::wire {

namespace {

// What JsonTokens lets pass and we do not: duplicate keys, too many keys, NUL, numbers beyond double.
class StrictCheck {
 public:
  StrictCheck() { m_keys.reserve(16); }

  // Why the token is refused, or null.
  const char *take(JsonToken token, const JsonTokens &tokens) {
    const QByteArrayView bytes = tokens.token();
    const auto depth = static_cast<size_t>(tokens.depth());
    if (token == JsonToken::ObjectBegin) m_objects[depth] = ++m_objectCount;
    if (token == JsonToken::Key) {
      if (m_keys.size() == limits::kJsonKeys) return "too many keys";
      const auto raw = bytes.sliced(1, bytes.size() - 2);
      m_keys.push_back(
          {m_objects[depth], tokens.hasEscape() ? unescapeJson(raw) : QByteArray::fromRawData(raw.data(), raw.size())});
    }
    if (token == JsonToken::Key || token == JsonToken::String)
      return tokens.hasEscape() && unescapeJson(bytes).contains('\0') ? "NUL in a string" : nullptr;
    return token == JsonToken::Number && isBeyondDouble(bytes) ? "number out of range" : nullptr;
  }

  [[nodiscard]] bool hasDuplicateKey() {
    std::sort(m_keys.begin(), m_keys.end());
    return std::adjacent_find(m_keys.begin(), m_keys.end()) != m_keys.end();
  }

 private:
  struct Key {
    int object;
    QByteArray name;
    bool operator==(const Key &) const = default;
    bool operator<(const Key &other) const {
      return object != other.object ? object < other.object : name < other.name;
    }
  };

  static bool isBeyondDouble(QByteArrayView number) {
    if (number.size() < 300 && !number.contains('e') && !number.contains('E')) return false;
    double value = 0;
    return std::from_chars(number.begin(), number.end(), value).ec != std::errc();
  }

  std::vector<Key> m_keys;
  std::array<int, JsonTokens::kDeepest + 1> m_objects{};  // the open object at each depth
  int m_objectCount = 0;
};

}  // namespace

JsonReader::JsonReader(QByteArrayView text, int maxDepth) : m_sink(&m_own) {
  checkStrictly(text, maxDepth);
  if (!m_own) readMembers(text, maxDepth);
}

JsonReader::JsonReader(QByteArrayView object, const JsonValue &origin, std::optional<Error> *sink)
    : m_origin(origin), m_sink(sink) {
  readMembers(object, JsonTokens::kDeepest);  // the root has checked the depth
}

bool JsonReader::has(QByteArrayView key) const {
  return (*this)[key].isPresent();
}

JsonValue JsonReader::operator[](QByteArrayView key) const {
  const auto member =
      std::find_if(m_members.begin(), m_members.end(), [key](const Member &m) { return QByteArrayView(m.key) == key; });
  const bool isThere = member != m_members.end() && jsonKind(member->value) != JsonKind::Null;
  return JsonValue(*this, key, isThere ? member->value : QByteArrayView());
}

void JsonReader::checkStrictly(QByteArrayView text, int maxDepth) {
  JsonTokens tokens(text, maxDepth);
  StrictCheck check;
  JsonToken token = tokens.next();
  if (token != JsonToken::ObjectBegin && token != JsonToken::Bad)
    return refuse("json: not an object", ErrorKind::Invalid);
  for (; token != JsonToken::End; token = tokens.next()) {
    if (token == JsonToken::Bad) {
      *m_sink = tokens.error();
      return;
    }
    if (const char *reason = check.take(token, tokens))
      return refuse(QByteArray("json: ") + reason, ErrorKind::Invalid);
  }
  if (check.hasDuplicateKey()) refuse("json: duplicate key", ErrorKind::Invalid);
}

void JsonReader::readMembers(QByteArrayView text, int maxDepth) {
  JsonWalker walker(text, maxDepth);
  m_members.reserve(8);
  while (walker.next()) {
    const QByteArrayView raw = walker.key();
    QByteArray key = raw.contains('\\') ? unescapeJson(raw) : QByteArray::fromRawData(raw.data(), raw.size());
    m_members.push_back({std::move(key), walker.value()});
  }
}

QByteArray JsonReader::path() const {
  return m_origin ? m_origin->path() + '.' : QByteArray();
}

void JsonReader::refuse(QByteArray detail, ErrorKind kind) const {
  if (!*m_sink) *m_sink = Error{kind, std::move(detail)};
}

}  // namespace gx::wire
