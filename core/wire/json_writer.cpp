// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/json_writer.h"

#include "core/base/bytes.h"

namespace gx::wire {

namespace {

void appendEscaped(QByteArray &out, char c) {
  constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out.append("\\\"");
      return;
    case '\\':
      out.append("\\\\");
      return;
    case '\n':
      out.append("\\n");
      return;
    case '\r':
      out.append("\\r");
      return;
    case '\t':
      out.append("\\t");
      return;
    default:
      out.append("\\u00").append(kHex[(c >> 4) & 0xF]).append(kHex[c & 0xF]);
  }
}

}  // namespace

void appendJsonString(QByteArray &out, QByteArrayView utf8) {
  out.append('"');
  qsizetype plainFrom = 0;
  for (qsizetype i = 0; i < utf8.size(); ++i) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(utf8.sliced(plainFrom, i - plainFrom));
    appendEscaped(out, utf8[i]);
    plainFrom = i + 1;
  }
  out.append(utf8.sliced(plainFrom)).append('"');
}

JsonWriter &JsonWriter::key(QByteArrayView name) {
  separate();
  appendJsonString(m_out, name);
  m_out.append(':');
  m_needsComma = false;
  return *this;
}

JsonWriter &JsonWriter::text(QByteArrayView utf8) {
  separate();
  appendJsonString(m_out, utf8);
  return *this;
}

JsonWriter &JsonWriter::words(QStringView text) {
  return this->text(text.toUtf8());
}

JsonWriter &JsonWriter::bytes(const QByteArray &bytes) {
  separate();
  m_out.append('"').append(toBase64(bytes)).append('"');
  return *this;
}

JsonWriter &JsonWriter::number(qint64 number) {
  return raw(QByteArray::number(number));
}

JsonWriter &JsonWriter::flag(bool value) {
  return raw(value ? "true" : "false");
}

JsonWriter &JsonWriter::null() {
  return raw("null");
}

JsonWriter &JsonWriter::raw(QByteArrayView json) {
  separate();
  m_out.append(json);
  return *this;
}

QByteArray JsonWriter::take() {
  Q_ASSERT(m_depth == 0);
  m_needsComma = false;
  return std::exchange(m_out, {});
}

JsonWriter &JsonWriter::open(char bracket) {
  separate();
  m_out.append(bracket);
  m_needsComma = false;
  ++m_depth;
  return *this;
}

JsonWriter &JsonWriter::close(char bracket) {
  Q_ASSERT(m_depth > 0);
  m_out.append(bracket);
  m_needsComma = true;
  --m_depth;
  return *this;
}

void JsonWriter::separate() {
  if (m_needsComma) m_out.append(',');
  m_needsComma = true;
}

}  // namespace gx::wire
