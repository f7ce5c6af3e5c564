// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/listener.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <QEventLoop>
#include <atomic>
#include <thread>

#include "tests/server/net/local_server.h"
#include "tests/server/net/raw_client.h"

namespace gx::server::net {
namespace {

using test::LocalServer;
using test::RawClient;

constexpr char kListenerGet[] = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(Listener, NamesThePortItGotAndSaysWhenItIsTaken) {
  LocalServer server;
  EXPECT_GT(server.port(), 0);
  Listener second(server.http());
  const auto taken = second.listen({"127.0.0.1", server.port()});
  ASSERT_FALSE(taken.has_value());
  EXPECT_EQ(taken.error().kind, ErrorKind::Locked);
}

TEST(Listener, ClosedTakesNobodyButThoseThereLiveOn) {
  LocalServer server;
  RawClient client(server.port());
  client.send(kListenerGet);
  ASSERT_TRUE(client.waitFor("200 OK"));
  server.listener().close();
  client.clear();
  client.send(kListenerGet);
  EXPECT_TRUE(client.waitFor("200 OK"));

  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server.port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_NE(::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
  ::close(descriptor);
}

TEST(Listener, ServesManyConnections) {
  LocalServer server;
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 300; ++i) clients.push_back(std::make_unique<RawClient>(server.port()));
  for (const auto &client : clients) client->send(kListenerGet);
  for (const auto &client : clients) ASSERT_TRUE(client->waitFor("200 OK"));
  EXPECT_EQ(server.http().connectionCount(), 300);
  clients.clear();
  test::waitUntil([&] { return server.http().connectionCount() == 0; });
}

TEST(Listener, WithoutDescriptorsItPausesAndRecovers) {
  LocalServer server;
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  RawClient waiting(server.port());  // its own descriptor is there, the server's cannot be
  const int next = ::dup(0);
  ::close(next);
  rlimit low = before;
  low.rlim_cur = static_cast<rlim_t>(next);
  setrlimit(RLIMIT_NOFILE, &low);
  waiting.send(kListenerGet);
  for (int i = 0; i < 20; ++i) QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
  EXPECT_EQ(server.http().connectionCount(), 0);

  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_TRUE(waiting.waitFor("200 OK"));
}

// A worker in a thread of its own, with its own loop.
class WorkerThread final {
 public:
  explicit WorkerThread(Admission &admission) : m_admission(admission), m_thread([this] { run(); }) {}
  void stop() {
    QMetaObject::invokeMethod(m_events, &QEventLoop::quit, Qt::QueuedConnection);
    m_thread.join();
  }
  std::atomic<HttpServer *> server = nullptr;

 private:
  void run() {
    QEventLoop events;
    m_events = &events;
    SystemClock clock;
    EventLoop loop(clock);
    HttpServer http(loop, NetLimits::withoutAdmission(), &m_admission);
    struct Answer final : HttpHandler {
      void handle(HttpRequest, ResponseToken token) override { token.send(HttpResponse::text(200, "from a worker")); }
    } answer;
    http.mount("/", answer);
    server = &http;
    events.exec();
  }

  Admission &m_admission;
  QEventLoop *m_events = nullptr;
  std::thread m_thread;
};

TEST(Listener, SpreadsConnectionsOverWorkers) {
  SystemClock clock;
  EventLoop loop(clock);
  Admission admission(NetLimits::withoutAdmission());
  HttpServer http(loop, NetLimits::withoutAdmission(), &admission);
  struct Answer final : HttpHandler {
    void handle(HttpRequest, ResponseToken token) override { token.send(HttpResponse::text(200, "from the first")); }
  } answer;
  http.mount("/", answer);
  WorkerThread worker(admission);
  test::waitUntil([&] { return worker.server.load() != nullptr; });
  {
    Listener listener(http);
    listener.addWorker(*worker.server.load());
    ASSERT_TRUE(listener.listen({"127.0.0.1", 0}).has_value());
    RawClient one(listener.address().port);
    RawClient two(listener.address().port);
    one.send(kListenerGet);
    two.send(kListenerGet);
    ASSERT_TRUE(one.waitFor("from"));
    ASSERT_TRUE(two.waitFor("from"));
    const QByteArray both = one.received() + two.received();
    EXPECT_TRUE(both.contains("from a worker"));
    EXPECT_TRUE(both.contains("from the first"));
  }
  worker.stop();
}

}  // namespace
}  // namespace gx::server::net
