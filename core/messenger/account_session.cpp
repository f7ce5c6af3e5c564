// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/account_session.h"

#include "core/base/logging.h"
#include "core/wire/event_names.h"
#include "core/wire/link_dto.h"

namespace gx::messenger {

AccountSession::AccountSession(Parts parts)
    : m_vault(parts.vault),
      m_access(parts.vault, parts.http, parts.address),
      m_lists(m_access, parts.vault),
      m_signIn(m_access, m_lists, parts.vault),
      m_linking(m_access, m_lists, parts.vault, parts.random),
      m_connection(m_access, parts.vault, parts.random, parts.mode),
      m_recipients(m_access, m_lists, parts.vault),
      m_outbox(m_connection, m_recipients, parts.vault, parts.clock, parts.random),
      m_conversations(m_access, m_outbox, parts.vault),
      m_inbox({m_access, m_connection, m_lists, m_conversations, m_outbox, parts.vault, parts.clock}),
      m_typing(m_connection, parts.clock),
      m_presence(m_connection),
      m_safety(m_lists, m_inbox, m_outbox, parts.vault),
      m_keyUpkeep(m_access, m_connection, parts.vault, parts.clock) {
  wireUp();
}

Async<> AccountSession::restore() {
  return m_access.restore();
}

Async<> AccountSession::start() {
  const auto record = co_await m_vault.account().account();
  if (!record) co_return tl::unexpected(record.error());
  if (!record->has_value()) co_return fail(ErrorKind::Unauthorized, "not signed in", "not_signed_in");
  if (!(*record)->account.isApproved) co_return fail(ErrorKind::Forbidden, "not approved yet", "device_pending");
  const auto boot = co_await m_vault.account().countBoot();
  if (!boot) co_return tl::unexpected(boot.error());
  const auto tidy = co_await m_vault.tidyUp();
  if (!tidy) qCWarning(lcMessenger) << "tidying up failed:" << describe(tidy.error());
  m_isStarted = true;
  m_inbox.start();
  m_keyUpkeep.start();
  m_connection.start();
  co_return Result<>();
}

QCoro::Task<> AccountSession::stop() {
  co_await m_connection.shutdown();
  co_await m_access.shutdown();
  co_await m_keyUpkeep.shutdown();
  co_await m_inbox.shutdown();
  co_await m_outbox.shutdown();
  co_await m_presence.shutdown();
  co_await m_scope.drained();
  m_isStarted = false;
}

void AccountSession::wireUp() {
  connect(&m_outbox, &Outbox::messageChanged, this, &AccountSession::messageChanged);
  connect(&m_inbox, &Inbox::messageChanged, this, &AccountSession::messageChanged);
  connect(&m_conversations, &Conversations::messageChanged, this, &AccountSession::messageChanged);
  connect(&m_inbox, &Inbox::preKeysRunLow, &m_keyUpkeep, &KeyUpkeep::wake);
  connect(&m_connection, &Connection::ready, this, [this] { m_scope.spawn(catchUp()); });
  connect(&m_connection, &Connection::eventReceived, this, [this](const QByteArray &name, const QByteArray &argument) {
    if (name != wire::events::kDeviceLink) return;
    if (const auto event = wire::DeviceLinkEvent::parse(argument)) Q_EMIT linkRequested(event->deviceId);
  });
}

QCoro::Task<> AccountSession::catchUp() {
  const auto refreshed = co_await m_conversations.refresh();
  if (!refreshed) qCInfo(lcMessenger) << "conversations stay as they were:" << describe(refreshed.error());
}

}  // namespace gx::messenger
