// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/connection.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/logging.h"
#include "server/net/connection_table.h"
#include "server/net/send_queue.h"

namespace gx::server::net {

namespace {

constexpr int kReadsPerTurn = 4;  // of one connection, then the others
constexpr int kLingerBytes = 256 * 1024;
// So much is sent before the turn ends, and what the limits count is what the kernel refused.
constexpr qint64 kSendAtOnceBytes = 256 * 1024;
constexpr int kSendAtOncePackets = 256;

}  // namespace

Connection::Connection(ConnectionTable &table, int descriptor, const PeerAddress &peer, quint64 id)
    : m_table(table),
      m_id(id),
      m_timer(&Connection::timerFired, this),
      m_stall(&Connection::stalled, this),
      m_peer(peer),
      m_socketPeer(peer),
      m_descriptor(descriptor) {}

Connection::~Connection() {
  if (m_queue) m_table.returnQueue(std::move(m_queue));
  m_tls.reset();
  ::close(m_descriptor);
}

void Connection::start(std::unique_ptr<ConnectionUser> user, std::unique_ptr<TlsStream> tls) {
  m_user = std::move(user);
  m_tls = std::move(tls);
  m_events = EPOLLIN;
  m_table.loop().watch(m_descriptor, m_events, *this);
}

void Connection::replaceUser(std::unique_ptr<ConnectionUser> user) {
  m_table.keepUntilTurnEnds(std::move(m_user));
  m_user = std::move(user);
}

char *Connection::reserve(qsizetype size) {
  if (!isOpen()) return nullptr;
  if (!m_queue) m_queue = m_table.borrowQueue();
  return m_queue->append(size);
}

void Connection::send(QByteArrayView bytes) {
  char *room = reserve(bytes.size());
  if (!room) return;
  std::memcpy(room, bytes.data(), static_cast<std::size_t>(bytes.size()));
  queueGrew();
}

void Connection::sendShared(const QByteArray &bytes) {
  if (!isOpen()) return;
  if (!m_queue) m_queue = m_table.borrowQueue();
  m_queue->appendShared(bytes);
  queueGrew();
}

void Connection::queueGrew() {
  m_table.flushLater(*this);
  if (!m_wantsWrite && (m_queue->bytes() >= kSendAtOnceBytes || m_queue->packets() >= kSendAtOncePackets)) transmit();
  if (!m_queueLimited || !isOpen()) return;
  const NetLimits &limits = m_table.limits();
  if (m_queue->bytes() <= limits.sendQueueBytes && m_queue->packets() <= limits.sendQueuePackets) return;
  qCDebug(lcServerNet, "dropped a peer that does not read");
  abort();
}

qint64 Connection::bytesWaiting() const {
  return m_queue ? m_queue->bytes() : 0;
}

void Connection::notifyDrained() {
  m_notifyDrained = true;
  m_table.flushLater(*this);
}

void Connection::finish() {
  if (!isOpen()) return;
  m_state = State::Finishing;
  m_timer.stop();
  m_table.flushLater(*this);
}

void Connection::abort() {
  die();
}

void Connection::die() {
  if (m_state == State::Dead) return;
  m_state = State::Dead;
  m_timer.stop();
  m_stall.stop();
  m_table.bury(*this);
}

void Connection::pauseReading() {
  if (m_readingPaused) return;
  m_readingPaused = true;
  m_table.flushLater(*this);
}

void Connection::resumeReading() {
  if (!m_readingPaused) return;
  m_readingPaused = false;
  m_table.flushLater(*this);
}

bool Connection::speaksFor(const PeerAddress &client) {
  Admission *admission = m_table.admission();
  if (admission && !m_authenticated && !admission->move(m_peer, client)) return false;
  m_peer = client;
  return true;
}

void Connection::setAuthenticated() {
  if (m_authenticated) return;
  m_authenticated = true;
  if (m_table.admission()) m_table.admission()->authenticated(m_peer);
}

void Connection::setTimeout(std::chrono::milliseconds after) {
  if (isOpen()) m_table.loop().startTimer(m_timer, after);
}

void Connection::stopTimeout() {
  if (isOpen()) m_timer.stop();
}

void Connection::timerFired(void *self) {
  auto *connection = static_cast<Connection *>(self);
  if (connection->m_state == State::Open)
    connection->m_user->timedOut();
  else
    connection->die();
}

void Connection::stalled(void *self) {
  static_cast<Connection *>(self)->die();
}

void Connection::ready(quint32 epollEvents) {
  if (m_state == State::Dead) return;
  if (epollEvents & EPOLLERR) return die();
  const bool readsForTls = m_readWantsWrite && (epollEvents & EPOLLOUT);
  if (epollEvents & EPOLLOUT) {
    m_wantsWrite = m_readWantsWrite = false;
    m_table.flushLater(*this);
  }
  if ((epollEvents & EPOLLIN) || readsForTls) readMore();
  if ((epollEvents & EPOLLHUP) && m_state != State::Dead && !(epollEvents & EPOLLIN)) die();
}

void Connection::readMore() {
  for (int reads = 0; reads < kReadsPerTurn && m_state != State::Dead; ++reads)
    if (m_endReached || m_state == State::Finishing || (m_readingPaused && isOpen()) || !readOnce()) return;
}

// True when there may be more to read at once.
bool Connection::readOnce() {
  char *buffer = m_table.readBuffer();
  if (m_tls) {
    const TlsStream::Transfer read = m_tls->read(buffer, ConnectionTable::kBufferBytes);
    if (read.outcome == TlsStream::Outcome::Done) {
      deliver(buffer, read.bytes);
      return true;
    }
    if (read.outcome == TlsStream::Outcome::WantWrite) {
      m_wantsWrite = m_readWantsWrite = true;
      m_table.flushLater(*this);
    } else if (read.outcome == TlsStream::Outcome::Ended) {
      streamEnded();
    } else if (read.outcome == TlsStream::Outcome::Failed) {
      die();
    }
    return false;
  }
  const ssize_t size = ::recv(m_descriptor, buffer, ConnectionTable::kBufferBytes, 0);
  if (size > 0) {
    deliver(buffer, size);
    return size == ConnectionTable::kBufferBytes;
  }
  if (size == 0) {
    streamEnded();
  } else if (errno != EAGAIN && errno != EINTR) {
    die();
  }
  return false;
}

void Connection::deliver(char *bytes, qsizetype size) {
  if (isOpen()) return m_user->received(bytes, size);
  m_lingerBudget -= static_cast<int>(size);
  if (m_lingerBudget < 0) die();
}

void Connection::streamEnded() {
  m_endReached = true;
  m_table.flushLater(*this);
  if (isOpen())
    m_user->endReached();
  else if (m_state == State::Lingering)
    die();
}

// At the end of the turn: sends, then tells epoll what is of interest now.
void Connection::flush() {
  m_isDirty = false;
  if (m_state == State::Dead) return;
  if (!m_wantsWrite) transmit();
  if (m_state == State::Dead) return;
  if (!m_queue || m_queue->isEmpty()) {
    const bool tells = std::exchange(m_notifyDrained, false) || m_stall.isRunning();
    m_stall.stop();
    if (m_queue) m_table.returnQueue(std::move(m_queue));
    if (m_state == State::Finishing) endSending();
    if (tells && isOpen()) m_user->drained();
  }
  updateEvents();
}

void Connection::transmit() {
  while (m_queue && !m_queue->isEmpty()) {
    const QByteArrayView bytes = m_queue->front(m_table.sendBuffer(), ConnectionTable::kBufferBytes);
    const qsizetype sent = write(bytes);
    if (m_state == State::Dead) return;
    const bool isDone = sent == bytes.size() || (m_tls && sent > 0);  // TLS takes a record at a time
    if (sent > 0) m_queue->taken(sent);
    if (!isDone || (sent > 0 && m_stall.isRunning())) m_table.loop().startTimer(m_stall, m_table.limits().stalledWrite);
    if (isDone) continue;
    m_wantsWrite = true;
    return;
  }
}

// How much the kernel took.
qsizetype Connection::write(QByteArrayView bytes) {
  if (m_tls) {
    const TlsStream::Transfer written = m_tls->write(bytes);
    using Outcome = TlsStream::Outcome;
    // WantRead: the handshake is not done, so there is nobody to talk to.
    if (written.outcome != Outcome::Done && written.outcome != Outcome::WantWrite) die();
    return written.bytes;
  }
  const ssize_t size = ::send(m_descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL);
  if (size >= 0) return size;
  if (errno != EAGAIN && errno != EINTR) die();
  return 0;
}

// Closing at once would reset the connection while the peer still sends, and it would lose our last words (RFC
// 9112 9.6).
void Connection::endSending() {
  if (m_endReached) return die();
  m_state = State::Lingering;
  m_lingerBudget = kLingerBytes;
  if (m_tls) m_tls->shutDown();
  ::shutdown(m_descriptor, SHUT_WR);
  m_table.loop().startTimer(m_timer, m_table.limits().lingering);
}

void Connection::updateEvents() {
  if (m_state == State::Dead) return;
  const bool reads = !m_endReached && (isOpen() ? !m_readingPaused : m_state == State::Lingering);
  const quint32 events = (reads ? EPOLLIN : 0U) | (m_wantsWrite ? EPOLLOUT : 0U);
  if (events == m_events) return;
  m_events = events;
  m_table.loop().rewatch(m_descriptor, events, *this);
}

}  // namespace gx::server::net
