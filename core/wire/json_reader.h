// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <optional>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/wire/json_scanner.h"
#include "core/wire/limits.h"

namespace gx::wire {

class JsonReader;

// One value of a JsonReader's text, typed by the call. A call that does not fit notes the error in the root reader (the
// first one stays) and gives a default: read all, then ask JsonReader::done(). Lives no longer than the reader it came
// from.
class JsonValue final {
 public:
  struct Size {
    qsizetype most;
    qsizetype least = 1;
  };

  [[nodiscard]] bool isPresent() const { return !m_raw.isEmpty(); }
  [[nodiscard]] QByteArray text(Size bytes) const;               // a string, as UTF-8
  [[nodiscard]] QString words(Size bytes) const;                 // the same for people; limits still count UTF-8 bytes
  [[nodiscard]] QByteArray bytes(Size decoded) const;            // a string in canonical base64
  [[nodiscard]] qint64 number(qint64 least, qint64 most) const;  // digits only, no -0, fraction, exponent; within ±2^53
  [[nodiscard]] bool flag() const;
  [[nodiscard]] WallTime time() const;  // milliseconds since 1970, year 1970 to 9999
  [[nodiscard]] DeviceId deviceId() const;
  [[nodiscard]] QByteArrayView raw() const;  // any JSON
  [[nodiscard]] JsonReader object() const;
  template <typename Id>
  [[nodiscard]] Id id() const {
    const auto parsed = parseId<Id>(token());
    if (!parsed) refuse("not an id");
    return parsed.value_or(Id{});
  }
  // The index in `names` of a string; for enums.
  [[nodiscard]] int choice(std::initializer_list<QByteArrayView> names) const;
  // Calls read(JsonValue) for every element of an array.
  template <typename Read>
  void each(qsizetype most, Read read) const {
    JsonWalker walker = elements();
    for (qsizetype index = 0; walker.next(); ++index) {
      if (index == most) return refuse("too many elements", ErrorKind::TooLarge);
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
  [[nodiscard]] bool is(JsonKind kind, const char *reason) const;
  [[nodiscard]] QByteArray token() const;  // a short string: ids, names of enums
  [[nodiscard]] JsonWalker elements() const;
  [[nodiscard]] QByteArray path() const;

  const JsonReader *m_reader;
  QByteArrayView m_key;
  QByteArrayView m_raw;
  qsizetype m_index;
  const JsonValue *m_array;  // the array this is an element of
};

// Strict reading of one JSON object. The whole text is checked at construction: grammar, depth, number of keys, no
// duplicate key, no NUL, no number beyond double. Members nobody asks for are ignored. Errors name the path
// ("devices[2].name: missing") and never content. kind is Invalid, or TooLarge for what is longer than allowed.
//
//   JsonReader in(body);
//   request.account = in["account"].text({254});
//   if (in.has("invite")) request.invite = in["invite"].text({64});
//   return in.done(request);
class JsonReader final {
 public:
  explicit JsonReader(QByteArrayView text, int maxDepth = limits::kJsonDepth);
  Q_DISABLE_COPY_MOVE(JsonReader)

  // Present and not null.
  [[nodiscard]] bool has(QByteArrayView key) const;
  // Missing and null members give a value that refuses every typed call.
  [[nodiscard]] JsonValue operator[](QByteArrayView key) const;
  [[nodiscard]] const std::optional<Error> &error() const { return *m_sink; }

  // The value if nothing was refused.
  template <typename T>
  [[nodiscard]] Result<T> done(T value) const {
    if (*m_sink) return fail(**m_sink);
    return value;
  }

 private:
  friend class JsonValue;
  struct Member {
    QByteArrayView key;  // raw
    QByteArrayView value;
  };
  JsonReader(QByteArrayView object, QByteArray path, std::optional<Error> *sink);
  void readMembers(QByteArrayView text);

  std::vector<Member> m_members;
  QByteArray m_path;
  std::optional<Error> m_own;
  std::optional<Error> *m_sink;
};

}  // namespace gx::wire
