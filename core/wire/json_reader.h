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
#include "core/wire/json_value.h"
#include "core/wire/limits.h"

namespace gx::wire {

// Strict reading of one JSON object. The whole text is checked at construction: grammar, depth, number of keys, no
// duplicate key, no NUL, no number beyond double. Members nobody asks for are ignored. Errors name the path
// ("devices[2].name: missing") and never content. Keeps views: the text must outlive it.
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
  // Missing and null members give a value that refuses every typed call. `key` must outlive the value.
  [[nodiscard]] JsonValue operator[](QByteArrayView key) const;
  // The first thing that was wrong.
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
    QByteArray key;  // unescaped; without escapes it points into the text
    QByteArrayView value;
  };
  JsonReader(QByteArrayView object, const JsonValue &origin, std::optional<Error> *sink);
  void checkStrictly(QByteArrayView text, int maxDepth);
  void readMembers(QByteArrayView text, int maxDepth);
  void refuse(QByteArray detail, ErrorKind kind) const;
  [[nodiscard]] QByteArray path() const;

  std::vector<Member> m_members;
  std::optional<JsonValue> m_origin;  // what this object is in its parent; none for the root
  std::optional<Error> m_own;
  std::optional<Error> *m_sink;  // the root's m_own
};

}  // namespace gx::wire
