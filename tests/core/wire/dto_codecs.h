// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include "core/base/result.h"

namespace gx::test {

// One body of the protocol for table-driven tests: reads it and writes it back.
struct DtoCodec {
  QString file;  // in tests/vectors/dto
  QString name;
  Result<QByteArray> (*roundTrip)(QByteArrayView json);
};

// Every body that has a parse().
[[nodiscard]] QList<DtoCodec> dtoCodecs();

}  // namespace gx::test
