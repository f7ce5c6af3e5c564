// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/answer_queue.h"

#include <algorithm>

#include "server/net/connection_table.h"
#include "server/net/http_writer.h"

namespace gx::server::net {

namespace {

constexpr qsizetype kCopyUpTo = 16 * 1024;  // larger pieces are shared with the caller

}  // namespace

void AnswerQueue::expect(const Request &request) {
  m_answers.emplace_back();
  m_answers.back().request = request;
}

AnswerQueue::Answer *AnswerQueue::find(quint64 serial) {
  const auto found = std::find_if(m_answers.begin(), m_answers.end(),
                                  [serial](const Answer &a) { return a.request.serial == serial; });
  return found == m_answers.end() ? nullptr : &*found;
}

const AnswerQueue::Answer *AnswerQueue::find(quint64 serial) const {
  return const_cast<AnswerQueue *>(this)->find(serial);
}

WallTime AnswerQueue::now() const {
  return m_connection.table().loop().clock().wallNow();
}

bool AnswerQueue::isWaiting(quint64 serial) const {
  const Answer *answer = find(serial);
  return answer && !answer->complete;
}

bool AnswerQueue::answer(quint64 serial, const HttpResponse &response) {
  Answer *answer = find(serial);
  if (!answer || answer->complete || answer->begun) return false;
  answer->closes = response.closeConnection || !answer->request.keepAlive;
  QByteArray bytes = encodeHead(response, {!answer->closes, false, response.body.size()}, now());
  const bool withBody = !answer->request.isHead && !hasNoBody(response.status) && !response.body.isEmpty();
  if (withBody && response.body.size() <= kCopyUpTo) bytes += response.body;
  put(*answer, bytes);
  if (withBody && response.body.size() > kCopyUpTo) put(*answer, response.body);
  answer->complete = true;
  advance();
  return true;
}

bool AnswerQueue::begin(quint64 serial, const HttpResponse &head, std::optional<qint64> length) {
  Answer *answer = find(serial);
  if (!answer || answer->complete || answer->begun) return false;
  answer->begun = true;
  answer->chunked = !length && answer->request.canChunk;
  answer->closes = head.closeConnection || !answer->request.keepAlive || (!length && !answer->chunked);
  put(*answer, encodeHead(head, {!answer->closes, answer->chunked, length}, now()));
  return true;
}

bool AnswerQueue::write(quint64 serial, const QByteArray &piece) {
  Answer *answer = find(serial);
  if (!answer || answer->complete || !answer->begun) return false;
  if (!answer->request.isHead && !piece.isEmpty()) put(*answer, answer->chunked ? encodeChunk(piece) : piece);
  return true;
}

bool AnswerQueue::end(quint64 serial) {
  Answer *answer = find(serial);
  if (!answer || answer->complete || !answer->begun) return false;
  if (answer->chunked && !answer->request.isHead) put(*answer, kLastChunk);
  answer->complete = true;
  advance();
  return true;
}

void AnswerQueue::put(Answer &answer, const QByteArray &bytes) {
  if (&answer == m_answers.data()) return transmit(bytes);
  answer.held.push_back(bytes);
  answer.heldBytes += bytes.size();
}

// Sends what waited for the answers before it.
void AnswerQueue::advance() {
  while (!m_answers.empty() && m_answers.front().complete && !m_closing) {
    m_closing = m_answers.front().closes;
    m_answers.erase(m_answers.begin());
    if (m_closing || m_answers.empty()) return;
    Answer &next = m_answers.front();
    for (const QByteArray &bytes : next.held) transmit(bytes);
    next.held.clear();
    next.heldBytes = 0;
  }
}

void AnswerQueue::transmit(const QByteArray &bytes) {
  if (bytes.size() > kCopyUpTo)
    m_connection.sendShared(bytes);
  else
    m_connection.send(bytes);
}

qint64 AnswerQueue::bytesHeld(quint64 serial) const {
  const Answer *answer = find(serial);
  return answer ? answer->heldBytes : 0;
}

void AnswerQueue::setGone(quint64 serial, std::function<void()> call) {
  if (Answer *answer = find(serial); answer && !answer->complete) answer->gone = std::move(call);
}

void AnswerQueue::setDrained(quint64 serial, std::function<void()> call) {
  if (Answer *answer = find(serial); answer && !answer->complete) answer->drained = std::move(call);
}

void AnswerQueue::callDrained() {
  if (m_answers.empty() || !m_answers.front().drained) return;
  const std::function<void()> call = std::exchange(m_answers.front().drained, nullptr);
  call();
}

std::size_t AnswerQueue::callGone() {
  std::vector<std::function<void()>> calls;
  for (Answer &answer : m_answers)
    if (!answer.complete && answer.gone) calls.push_back(std::exchange(answer.gone, nullptr));
  for (const std::function<void()> &call : calls) call();
  return calls.size();
}

}  // namespace gx::server::net
