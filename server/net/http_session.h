// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/net/answer_queue.h"
#include "server/net/connection_user.h"
#include "server/net/http_parser.h"
#include "server/net/http_server.h"

namespace gx::server::net {

// One connection while it speaks HTTP: reads requests, hands them over, answers in their order, keeps the times.
class HttpSession final : public ConnectionUser {
 public:
  HttpSession(HttpServer &server, Connection &connection);

  // Of ResponseToken.
  void send(quint64 serial, HttpResponse response);
  void begin(quint64 serial, HttpResponse head, std::optional<qint64> length);
  void write(quint64 serial, const QByteArray &piece);
  void end(quint64 serial);
  void setDrained(quint64 serial, std::function<void()> call);
  void pauseBody(quint64 serial);
  void resumeBody(quint64 serial);
  [[nodiscard]] AnswerQueue &answers() { return m_answers; }
  [[nodiscard]] Connection &connection() { return m_connection; }
  // Closes a connection that waits for its next request.
  void drain();

  void received(char *bytes, qsizetype size) override;
  void endReached() override;
  void drained() override;
  void timedOut() override;
  void gone() override;
  [[nodiscard]] HttpSession *asHttp() override { return this; }

 private:
  enum class Phase : quint8 { Start, Head, Body, Answer, Idle };

  void parse(char *at, char *end);
  [[nodiscard]] bool canParse() const;
  void goOn();
  void headArrived();
  [[nodiscard]] bool identify(HttpRequest &request);
  void planBody(const HttpRequest &request);
  void bodyArrived(QByteArrayView piece);
  void requestComplete();
  void upgrade(char *at, char *end);
  void refuse(HttpResponse response);
  void fail(const HttpFault &fault);
  void abandonBody();
  [[nodiscard]] bool dropRest();
  void sayContinue();
  void answered();
  void expectAnswer();
  [[nodiscard]] ResponseToken token();
  [[nodiscard]] Phase currentPhase() const;
  void updateTimer();
  void arm(std::chrono::milliseconds within);
  void checkBodyRate();
  [[nodiscard]] SteadyTime now() const { return m_server.loop().now(); }

  HttpServer &m_server;
  Connection &m_connection;
  HttpParser m_parser;
  AnswerQueue m_answers;
  QByteArray m_unread;  // came while too many answers were due
  QByteArray m_body;
  HttpHandler *m_handler = nullptr;  // of the request whose body comes
  qint64 m_maxBody = 0;
  qint64 m_bodyBytes = 0;
  qint64 m_rateBytes = 0;  // since the rate was looked at
  quint64 m_serial = 0;    // of the newest request
  SteadyTime m_deadline{};
  SteadyTime m_armedFor{};
  Phase m_phase = Phase::Start;
  bool m_inBody = false;
  bool m_streamed = false;
  bool m_bodyPaused = false;
  bool m_continueDue = false;  // the client waits for 100 Continue
  bool m_parsing = false;
  bool m_refused = false;  // nothing more is read
  bool m_endReached = false;
};

}  // namespace gx::server::net
