// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// Plain Engine.IO at /engine.io/, which echoes each message: what the official Engine.IO suite talks to.
#include "server/realtime/engineio_server.h"
#include "tests/interop/conformance_program.h"

namespace {

using namespace std::chrono_literals;
using gx::server::realtime::EngineIoListener;
using gx::server::realtime::EngineIoOptions;
using gx::server::realtime::EngineIoServer;
using gx::server::realtime::EngineIoSession;

class Echo final : public EngineIoListener {
 public:
  void sessionOpened(EngineIoSession &) override {}
  void messageReceived(EngineIoSession &session, QByteArrayView message, bool isBinary) override {
    if (isBinary) return session.sendBinary(message);
    m_frame.resize(0);
    m_frame.append('4').append(message);
    session.sendText(m_frame);
  }
  void sessionClosed(EngineIoSession &) override {}

 private:
  QByteArray m_frame;
};

}  // namespace

int main(int argc, char **argv) {
  gx::test::ConformanceProgram program(argc, argv, gx::server::net::NetLimits::withoutAdmission());
  EngineIoOptions options;
  options.path = "/engine.io/";
  options.pingInterval = 300ms;
  options.pingTimeout = 200ms;
  options.maxPayload = 1'000'000;
  options.allowedOrigins = {"*"};
  gx::OsRandom random;
  Echo echo;
  EngineIoServer server(program.http(), random, options, echo);
  return program.run();
}
