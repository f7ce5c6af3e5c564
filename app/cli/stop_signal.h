// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <memory>

class QSocketNotifier;

namespace gx::cli {

// SIGINT and SIGTERM as a Qt signal, so that a program stops in order. One in a process.
class StopSignal final : public QObject {
  Q_OBJECT
 public:
  StopSignal();
  ~StopSignal() override;

 Q_SIGNALS:
  void received();

 private:
  std::unique_ptr<QSocketNotifier> m_notifier;
};

}  // namespace gx::cli
