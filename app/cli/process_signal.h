// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <initializer_list>
#include <memory>

class QSocketNotifier;

namespace gx::cli {

// Signals of the process as a Qt signal. Each number is watched by one object at a time, made before any thread starts:
// each inherits that it leaves these signals to us.
class ProcessSignal : public QObject {
  Q_OBJECT
 public:
  explicit ProcessSignal(std::initializer_list<int> numbers);
  ~ProcessSignal() override;

 Q_SIGNALS:
  void received();

 private:
  std::unique_ptr<QSocketNotifier> m_notifier;
};

}  // namespace gx::cli
