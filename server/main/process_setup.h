// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <functional>
#include <memory>

namespace gx::server {

// What every gx-relay process does before its first thread: no SIGPIPE, files for its user alone, as many descriptors
// as the system allows, SIGTERM and SIGINT kept back for TerminationSignals.
void setUpProcess();

// Calls when the process is asked to end. Needs setUpProcess() before. Lives in the main thread.
class TerminationSignals final : public QObject {
  Q_OBJECT
 public:
  explicit TerminationSignals(std::function<void()> call, QObject *parent = nullptr);
  ~TerminationSignals() override;

 private:
  void take();

  int m_descriptor;
  std::unique_ptr<QSocketNotifier> m_notifier;
  std::function<void()> m_call;
};

}  // namespace gx::server
