// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/support/child_process.h"

#include "tests/support/await.h"

namespace gx::test {

ChildProcess::ChildProcess(const QString &program, const QStringList &arguments, const QStringList &environment) {
  QProcessEnvironment full = QProcessEnvironment::systemEnvironment();
  for (const QString &entry : environment) full.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
  m_process.setProcessEnvironment(full);
  m_process.start(program, arguments);
  if (!m_process.waitForStarted()) ADD_FAILURE() << "cannot start " << program.toStdString();
}

ChildProcess::~ChildProcess() {
  kill();
}

QByteArray ChildProcess::waitForLine(QByteArrayView part, std::chrono::milliseconds limit) {
  QByteArray found;
  waitUntil(
      [&] {
        collect();
        for (const QByteArray &line : m_output.split('\n')) {
          if (line.contains(part)) found = line;
          if (!found.isEmpty()) return true;
        }
        return false;
      },
      limit);
  if (found.isEmpty())
    ADD_FAILURE() << "no line with '" << part.toByteArray().constData() << "'; stdout:\n"
                  << m_output.constData() << "\nstderr:\n"
                  << m_error.constData();
  return found;
}

int ChildProcess::waitForEnd(std::chrono::milliseconds limit) {
  waitUntil(
      [&] {
        collect();
        return m_process.state() == QProcess::NotRunning;
      },
      limit);
  collect();
  if (m_process.state() != QProcess::NotRunning || m_process.exitStatus() != QProcess::NormalExit) {
    ADD_FAILURE() << "did not end by itself; stderr:\n" << m_error.constData();
    return -1;
  }
  return m_process.exitCode();
}

void ChildProcess::write(const QByteArray &text) {
  m_process.write(text);
  m_process.waitForBytesWritten(1000);
}

void ChildProcess::closeInput() {
  m_process.closeWriteChannel();
}

void ChildProcess::terminate() {
  m_process.terminate();
}

void ChildProcess::kill() {
  if (m_process.state() == QProcess::NotRunning) return;
  m_process.kill();
  m_process.waitForFinished(5000);
}

bool ChildProcess::isRunning() const {
  return m_process.state() != QProcess::NotRunning;
}

qint64 ChildProcess::pid() const {
  return m_process.processId();
}

QByteArray ChildProcess::output() {
  collect();
  return m_output;
}

QByteArray ChildProcess::errorOutput() {
  collect();
  return m_error;
}

void ChildProcess::collect() {
  m_output += m_process.readAllStandardOutput();
  m_error += m_process.readAllStandardError();
}

}  // namespace gx::test
