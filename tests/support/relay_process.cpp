// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/support/relay_process.h"

#include <QByteArrayList>

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

// "ready api=127.0.0.1:40123 ops=127.0.0.1:40124"
quint16 portIn(const QByteArray &line, const QByteArray &name) {
  for (const QByteArray &word : line.split(' '))
    if (word.startsWith(name + '=')) return static_cast<quint16>(word.sliced(word.lastIndexOf(':') + 1).toUInt());
  return 0;
}

QString localAddress(quint16 port) {
  return u"127.0.0.1:"_s + QString::number(port);
}

}  // namespace

RelayProcess::RelayProcess(Options options) : m_options(std::move(options)) {
  start();
}

void RelayProcess::start() {
  m_process.reset();
  QStringList arguments{u"serve"_s,
                        u"--data"_s,
                        m_options.folder,
                        u"--listen"_s,
                        localAddress(m_options.apiPort),
                        u"--ops-listen"_s,
                        localAddress(m_options.opsPort)};
  m_process = run(arguments + m_options.arguments, m_options.environment);
  const QByteArray ready = m_process->waitForLine("ready api=", std::chrono::seconds(30));
  m_options.apiPort = portIn(ready, "api");
  m_options.opsPort = portIn(ready, "ops");
}

QString RelayProcess::url() const {
  return u"http://"_s + localAddress(m_options.apiPort);
}

int RelayProcess::stop() {
  m_process->terminate();
  return m_process->waitForEnd(std::chrono::seconds(20));
}

void RelayProcess::kill() {
  m_process->kill();
}

std::unique_ptr<ChildProcess> RelayProcess::run(const QStringList &arguments, const QStringList &environment) {
  return std::make_unique<ChildProcess>(QStringLiteral(GX_BIN_DIR "/gx-relay"), arguments, environment);
}

}  // namespace gx::test
