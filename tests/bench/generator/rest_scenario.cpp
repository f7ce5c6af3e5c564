// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "tests/bench/generator/scenarios.h"

namespace gx::bench {

namespace {

// One kept connection with one request at a time.
class HttpLink final : public Readiness {
 public:
  struct Count {
    std::uint64_t good = 0;
    std::uint64_t bad = 0;
  };

  HttpLink(PollSet &polls, std::uint16_t port, const std::string &request, Count &count)
      : m_polls(polls), m_request(request), m_count(count) {
    m_descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    m_isOpen = ::connect(m_descriptor, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0;
    m_polls.watch(m_descriptor, EPOLLIN, *this);
    if (m_isOpen) ask();
  }
  ~HttpLink() { ::close(m_descriptor); }
  HttpLink(const HttpLink &) = delete;
  HttpLink &operator=(const HttpLink &) = delete;

  void stop() { m_isStopping = true; }
  [[nodiscard]] bool isOpen() const { return m_isOpen; }

  void flush() override {}
  void ready(std::uint32_t) override {
    const ssize_t size = ::recv(m_descriptor, m_polls.buffer(), PollSet::kBufferBytes, MSG_DONTWAIT);
    if (size <= 0) return giveUp();
    m_answer.append(m_polls.buffer(), static_cast<std::size_t>(size));
    const auto end = m_answer.find("\r\n\r\n");
    if (end == std::string::npos) return;
    const std::uint64_t body =
        std::max(numberAfter(m_answer, "Content-Length: "), numberAfter(m_answer, "content-length: "));
    if (m_answer.size() < end + 4 + body) return;
    if (m_answer.starts_with("HTTP/1.1 200"))
      ++m_count.good;
    else
      ++m_count.bad;
    m_answer.clear();
    if (!m_isStopping) ask();
  }

 private:
  void ask() {
    if (::send(m_descriptor, m_request.data(), m_request.size(), MSG_NOSIGNAL) < 0) giveUp();
  }
  void giveUp() {
    if (m_isOpen) ++m_count.bad;
    m_isOpen = false;
    m_polls.rewatch(m_descriptor, 0, *this);
  }

  PollSet &m_polls;
  const std::string &m_request;
  Count &m_count;
  std::string m_answer;
  int m_descriptor;
  bool m_isOpen = false;
  bool m_isStopping = false;
};

// The first person's token of a file that bench_accounts wrote.
std::string authorization(const std::string &peopleFile) {
  std::ifstream file(peopleFile);
  std::string token;
  file >> token;
  return token.empty() ? std::string() : "Authorization: Bearer " + token + "\r\n";
}

std::string requestText(const Options &options) {
  const int bytes = options.whole("body", 0);
  std::ostringstream text;
  text << (bytes > 0 ? "POST " : "GET ") << options.text("path", "/") << " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
       << authorization(options.text("token-of"));
  if (bytes <= 0) return text.str() + "\r\n";
  constexpr std::string_view kHead = R"({"to":"u1","number":1,"body":")";
  const std::string body =
      std::string(kHead) + std::string(static_cast<std::size_t>(bytes) - kHead.size() - 2, 'x') + "\"}";
  text << "Content-Type: application/json\r\nContent-Length: " << body.size() << "\r\n\r\n" << body;
  return text.str();
}

}  // namespace

int runRest(BenchRun &run) {
  const std::string request = requestText(run.options());
  HttpLink::Count count;
  std::vector<std::unique_ptr<HttpLink>> links;
  for (int i = 0; i < run.options().whole("connections", 64); ++i) {
    const auto port = static_cast<std::uint16_t>(run.options().whole("port", 0));
    links.push_back(std::make_unique<HttpLink>(run.polls(), port, request, count));
    if (!links.back()->isOpen()) return BenchRun::fail("could not connect");
  }
  run.turnFor(run.warmSeconds());
  const std::uint64_t before = count.good;
  const double cpu = run.measure(run.seconds());
  const std::uint64_t requests = count.good - before;
  for (const auto &link : links) link->stop();
  run.turnFor(0.2);
  run.report().add("messages", static_cast<double>(requests));
  run.report().add("per_second", static_cast<double>(requests) / run.seconds());
  run.report().add("cpu_us_each", requests == 0 ? 0 : cpu * 1e6 / static_cast<double>(requests));
  run.report().add("refused", static_cast<double>(count.bad));
  return run.finish(count.bad == 0 && requests > 0);
}

}  // namespace gx::bench
