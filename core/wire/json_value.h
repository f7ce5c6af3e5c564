// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/wire/json_scanner.h"

namespace gx::wire {

class JsonReader;

// One value of a JsonReader's text, typed by the call. A call that does not fit notes the error in the root reader (the
// first one stays) and gives a default: read all, then ask JsonReader::done(). Lives no longer than its reader.
class JsonValue final {
 public:
  struct Size {
    qsizetype most;
    qsizetype least = 1;
  };

  [[nodiscard]] bool isPresent() const { return !m_raw.isEmpty(); }
  [[nodiscard]] QByteArray text(Size bytes) const;               // a string, as UTF-8
  [[nodiscard]] QString words(Size bytes) const;                 // the same for people; limits still count UTF-8 bytes
  [[nodiscard]] QByteArray bytes(Size decoded) const;            // a string in canonical base64; too long is TooLarge
  [[nodiscard]] QByteArray exactBytes(qsizetype decoded) const;  // the same of one size; another is Invalid
  [[nodiscard]] QByteArray publicKey() const;                    // 33 bytes in base64, the first one 0x05
  [[nodiscard]] qint64 number(qint64 least, qint64 most) const;  // digits only, no -0, fraction, exponent; within ±2^53
  [[nodiscard]] bool flag() const;
  [[nodiscard]] qint64 millis() const;  // since 1970, up to the year 9999
  [[nodiscard]] WallTime time() const { return fromMillis(millis()); }
  [[nodiscard]] DeviceId deviceId() const;
  [[nodiscard]] QByteArrayView raw() const;  // any JSON but null
  [[nodiscard]] JsonReader object() const;
  template <typename Id>
  [[nodiscard]] Id id() const {
    return named(parseId<Id>);
  }
  // A string of at most 64 bytes that `parse` turns into an optional: ids, names of enums.
  template <typename Parse>
  [[nodiscard]] auto named(Parse parse) const {
    const auto parsed = parse(token());
    if (!parsed) refuse("not a known value");
    return parsed.value_or(typename std::decay_t<decltype(parsed)>::value_type{});
  }
  // Calls read(const JsonValue &) for every element of an array.
  template <typename Read>
  void each(qsizetype most, Read read) const {
    JsonWalker walker = elements();
    for (qsizetype index = 0; walker.next(); ++index) {
      if (index == most) return refuse("too many elements");
      read(JsonValue(*m_reader, m_key, walker.value(), index, this));
    }
  }

  // Notes an error of the caller's own at this place.
  void refuse(const char *reason, ErrorKind kind = ErrorKind::Invalid) const;

 private:
  friend class JsonReader;
  JsonValue(const JsonReader &reader, QByteArrayView key, QByteArrayView raw, qsizetype index = -1,
            const JsonValue *array = nullptr)
      : m_reader(&reader), m_key(key), m_raw(raw), m_index(index), m_array(array) {}
  [[nodiscard]] bool is(JsonKind kind) const;
  [[nodiscard]] QByteArray token() const;
  [[nodiscard]] std::optional<QByteArray> fromBase64Text() const;  // of a string
  [[nodiscard]] JsonWalker elements() const;
  [[nodiscard]] QByteArray path() const;

  const JsonReader *m_reader;
  QByteArrayView m_key;
  QByteArrayView m_raw;
  qsizetype m_index;         // in m_array, -1 for a member
  const JsonValue *m_array;  // the array this is an element of
};

}  // namespace gx::wire
