// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// The times of an HttpSession: how long a head, a body, an answer and silence may take.
#include "server/net/http_session.h"

namespace gx::server::net {

HttpSession::Phase HttpSession::currentPhase() const {
  if (m_inBody) return Phase::Body;
  if (m_parser.isInsideHead()) return Phase::Head;
  if (!m_answers.isEmpty()) return Phase::Answer;
  return m_serial == 0 ? Phase::Start : Phase::Idle;
}

void HttpSession::updateTimer() {
  const Phase phase = currentPhase();
  const bool isNew = phase != m_phase;
  const NetLimits &limits = m_server.limits();
  m_phase = phase;
  switch (phase) {
    case Phase::Start:
      return;  // the constructor set it, and bytes that are no head do not prolong it
    case Phase::Head:
      if (isNew) arm(limits.headerWithin);
      return;
    case Phase::Body:
      if (isNew) m_rateBytes = 0;
      if (isNew) arm(limits.bodyGrace);
      return;
    case Phase::Answer:
      arm(std::chrono::duration_cast<std::chrono::milliseconds>(m_answers.front().since - now()) + limits.answerWithin);
      return;
    case Phase::Idle:
      arm(limits.idleKeepAlive);
      return;
  }
}

// Mostly the deadline only moves on; the timer then finds out when it fires.
void HttpSession::arm(std::chrono::milliseconds within) {
  m_deadline = now() + within;
  if (m_armedFor > now() && m_armedFor <= m_deadline) return;
  m_armedFor = m_deadline;
  m_connection.setTimeout(within);
}

void HttpSession::timedOut() {
  m_armedFor = SteadyTime();
  if (now() < m_deadline) return arm(m_deadline - now());
  switch (m_phase) {
    case Phase::Start:
      return m_connection.abort();
    case Phase::Idle:
      return m_connection.finish();
    case Phase::Head:
      return fail({408, "timeout", "request head took too long"});
    case Phase::Body:
      return checkBodyRate();
    case Phase::Answer:
      break;
  }
  if (m_answers.frontHasBegun()) return arm(m_server.limits().answerWithin);
  HttpResponse response = m_server.problem({503, "unavailable", "no answer in time"});
  response.closeConnection = true;
  if (m_answers.answer(m_answers.front().serial, response)) answered();
}

void HttpSession::checkBodyRate() {
  const NetLimits &limits = m_server.limits();
  const qint64 least = limits.bodyBytesPerSecond * limits.bodyGrace.count() / 1000;
  if (m_rateBytes < least && !m_bodyPaused) return fail({408, "timeout", "request body came too slowly"});
  m_rateBytes = 0;
  arm(limits.bodyGrace);
}

}  // namespace gx::server::net
