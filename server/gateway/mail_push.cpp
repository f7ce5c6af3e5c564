// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/mail_push.h"

#include "core/base/logging.h"
#include "core/wire/event_names.h"

namespace gx::server::gateway {

namespace {

constexpr int kLettersPerEvent = 100;
constexpr qsizetype kEventBytes = 256 * 1024;  // of one `mail`, unless a single letter is longer
constexpr qint64 kUnreadBytes = 1024 * 1024;   // a client that has so much to read gets no more for now

// {"messages":[…]} in pieces.
class MailText final {
 public:
  void add(const wire::MailItem &item) {
    m_text += m_count++ == 0 ? "{\"messages\":[" : ",";
    m_text += item.toJson();
  }
  [[nodiscard]] bool isFull() const { return m_count == kLettersPerEvent || m_text.size() >= kEventBytes; }
  [[nodiscard]] bool isEmpty() const { return m_count == 0; }
  [[nodiscard]] QByteArray take() {
    m_count = 0;
    return std::exchange(m_text, {}) + "]}";
  }

 private:
  QByteArray m_text;
  int m_count = 0;
};

}  // namespace

MailPush::MailPush(realtime::SocketIoServer &sockets, services::Mailbox &mailbox, ConnectedDevices &devices)
    : m_sockets(sockets), m_mailbox(mailbox), m_devices(devices) {}

void MailPush::start(DeviceConnection &connection, qint64 acked, qint64 head) {
  connection.mail.start(acked, head);
  fill(connection);
}

void MailPush::announced(DeviceConnection &connection, const wire::MailItem &item) {
  if (!connection.isReady) return;  // `ready` will name a head that counts this letter
  const bool isSlow = m_sockets.bytesWaiting(connection.socket) > kUnreadBytes;
  if (isSlow || !connection.mail.takeAnnounced(item.seq)) {
    connection.mail.noteHead(item.seq);
    return fill(connection);
  }
  MailText text;
  text.add(item);
  m_sockets.emitTo(connection.socket, {.name = wire::events::kMail, .argumentList = text.take()});
  ++m_counters.live;
}

void MailPush::acknowledged(DeviceConnection &connection, qint64 seq) {
  connection.mail.acknowledged(seq);
  fill(connection);
}

void MailPush::fill(DeviceConnection &connection) {
  if (!connection.isReady || connection.isLoading) return;
  if (!connection.mail.isBehind() || connection.mail.room() == 0) return;
  if (m_sockets.bytesWaiting(connection.socket) > kUnreadBytes) return;
  connection.isLoading = true;
  m_running.spawn(load(connection.socket));
}

QCoro::Task<> MailPush::load(realtime::SocketId socket) {
  for (;;) {
    const DeviceConnection *asking = m_devices.find(socket);
    if (asking == nullptr) co_return;
    const int limit = std::min(kLettersPerEvent, asking->mail.room());
    const wire::MailAck after{asking->mail.given()};
    Async<wire::MailPage> loading = m_mailbox.page(asking->who, after, limit);
    const Result<wire::MailPage> page = co_await loading;
    DeviceConnection *connection = m_devices.find(socket);
    if (connection == nullptr) co_return;
    if (!page) qCWarning(lcServerGateway, "mail could not be read: %s", describe(page.error()).constData());
    if (page) give(*connection, *page);
    const bool isUnread = m_sockets.bytesWaiting(socket) > kUnreadBytes;
    connection->isLoading = page && connection->mail.isBehind() && connection->mail.room() > 0 && !isUnread;
    if (!connection->isLoading) co_return;
  }
}

void MailPush::give(DeviceConnection &connection, const wire::MailPage &page) {
  MailText text;
  for (const wire::MailItem &item : page.messages) {
    text.add(item);
    if (text.isFull()) m_sockets.emitTo(connection.socket, {.name = wire::events::kMail, .argumentList = text.take()});
  }
  if (!text.isEmpty()) m_sockets.emitTo(connection.socket, {.name = wire::events::kMail, .argumentList = text.take()});
  m_counters.loaded += static_cast<quint64>(page.messages.size());
  if (!page.messages.isEmpty()) connection.mail.gave(page.messages.first().seq, page.messages.last().seq);
  if (!page.more) connection.mail.reachedEnd(page.head);
}

}  // namespace gx::server::gateway
