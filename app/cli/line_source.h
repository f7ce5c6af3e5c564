// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QObject>
#include <memory>

class QSocketNotifier;

namespace gx::cli {

// Lines of a descriptor as they come, without blocking. A line over 256 KiB is passed over, and told.
class LineSource final : public QObject {
  Q_OBJECT
 public:
  explicit LineSource(int descriptor);
  ~LineSource() override;

 Q_SIGNALS:
  void line(const QByteArray &line);
  void tooLong();
  void ended();

 private:
  void readSome();
  void give(const QByteArray &one);
  void end();

  int m_descriptor;
  std::unique_ptr<QSocketNotifier> m_notifier;
  QByteArray m_rest;
  bool m_isPassing = false;  // over the rest of a line that is too long
};

}  // namespace gx::cli
