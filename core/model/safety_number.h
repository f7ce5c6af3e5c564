// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QString>

namespace gx::model {

// What two people compare to be sure that nobody sits between them.
struct SafetyNumber {
  QString digits;        // 60, without blanks
  QByteArray scannable;  // the bytes of the QR code

  bool operator==(const SafetyNumber &) const = default;
};

}  // namespace gx::model
