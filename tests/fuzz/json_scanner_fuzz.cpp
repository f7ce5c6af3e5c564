// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <QJsonDocument>

#include "core/wire/json_reader.h"
#include "core/wire/json_scanner.h"
#include "core/wire/json_writer.h"

namespace {

using namespace gx::wire;

// What we take, Qt takes: we are never the laxer one.
void checkAgainstQt(QByteArrayView text, JsonKind kind) {
  if (kind != JsonKind::Object && kind != JsonKind::Array) return;
  QJsonParseError error;
  std::ignore = QJsonDocument::fromJson(text.toByteArray(), &error);
  if (error.error != QJsonParseError::NoError && error.error != QJsonParseError::IllegalNumber) __builtin_trap();
}

void walk(QByteArrayView text) {
  JsonWalker walker(text);
  while (walker.next()) {
    if (!validateJson(walker.value())) __builtin_trap();
    if (jsonKind(walker.value()) != JsonKind::String) continue;
    QByteArray again;
    appendJsonString(again, unescapeJson(walker.value()));
    if (!validateJson(again) || unescapeJson(again) != unescapeJson(walker.value())) __builtin_trap();
  }
  if (walker.failed()) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  const QByteArrayView text(data, static_cast<qsizetype>(size));
  const auto kind = validateJson(text);
  const JsonReader reader(text);
  if (!kind) {
    if (!reader.error()) __builtin_trap();  // the reader is the stricter one
    return 0;
  }
  checkAgainstQt(text, *kind);
  if (*kind == JsonKind::Object || *kind == JsonKind::Array) walk(text);
  return 0;
}
