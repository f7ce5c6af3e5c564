// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <span>

#include "core/wire/json_writer.h"

namespace gx::server::http {

// One JSON body of the protocol, for the description. `fields` are words, each `name:type`, `name?:type` when it may be
// missing:
//
//   text(254)  text of at most so many bytes     bytes(33)   base64 of at most so many bytes
//   number     number(1,100)  flag  time         uuid  device
//   A|B        one of these words                Name        another schema
//   [type]     [type](12)     a list, of at most so many
struct Schema {
  const char *name;
  const char *fields;
};

[[nodiscard]] std::span<const Schema> schemas();
[[nodiscard]] const Schema *findSchema(QByteArrayView name);

// The schema as OpenAPI says it.
void writeSchema(wire::JsonWriter &out, const Schema &schema);

}  // namespace gx::server::http
