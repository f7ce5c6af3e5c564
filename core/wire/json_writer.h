// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringView>

#include "core/base/clock.h"
#include "core/base/ids.h"

namespace gx::wire {

// Appends one JSON text, without white space; sets the commas itself. Calls must nest rightly (asserted).
//
//   JsonWriter out;
//   out.beginObject().key("id").id(message).key("sizes").beginArray().number(1).number(2).endArray().endObject();
//   return out.take();
class JsonWriter final {
 public:
  JsonWriter &beginObject() { return open('{'); }
  JsonWriter &endObject() { return close('}'); }
  JsonWriter &beginArray() { return open('['); }
  JsonWriter &endArray() { return close(']'); }
  JsonWriter &key(QByteArrayView name);
  JsonWriter &text(QByteArrayView utf8);       // must be UTF-8
  JsonWriter &words(QStringView text);         // lone surrogates become a question mark
  JsonWriter &bytes(const QByteArray &bytes);  // as base64
  JsonWriter &number(qint64 number);
  JsonWriter &flag(bool value);
  JsonWriter &null();
  JsonWriter &time(WallTime time) { return number(toMillis(time)); }
  JsonWriter &deviceId(DeviceId id) { return number(id.value); }
  template <typename Tag>
  JsonWriter &id(const Uuid<Tag> &id) {
    return text(toText(id));
  }
  JsonWriter &raw(QByteArrayView json);  // one JSON value that was checked before

  [[nodiscard]] QByteArray take();
  [[nodiscard]] qsizetype size() const { return m_out.size(); }

 private:
  JsonWriter &open(char bracket);
  JsonWriter &close(char bracket);
  void separate();

  QByteArray m_out;
  int m_depth = 0;
  bool m_needsComma = false;
};

// Appends the quotes and the escaped characters of UTF-8 text.
void appendJsonString(QByteArray &out, QByteArrayView utf8);

}  // namespace gx::wire
