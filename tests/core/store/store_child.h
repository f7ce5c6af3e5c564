// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QProcess>
#include <QString>

#include "core/base/secret_bytes.h"

namespace gx::test {

// This test binary once more, as another process on the same store.
//   "hold"  begins to write, says "ready" and holds on until its input ends; then it commits and ends
//   "die"   commits the settings "1" … "200", writes 200 more without committing, and kills itself
class StoreChild final {
 public:
  StoreChild(const QByteArray &act, const QString &file, const SecretBytes &key);
  ~StoreChild();

  [[nodiscard]] bool isReady();  // waits for the word
  void letGo();                  // ends its input and waits for its end
  [[nodiscard]] bool wasKilled();

 private:
  QProcess m_process;
};

}  // namespace gx::test
