// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/mailbox.h"

#include <algorithm>
#include <coroutine>
#include <optional>

namespace gx::server::services {

namespace {

constexpr int kLongestPage = 100;

// MessageQueue::acknowledge as something to wait for.
struct Acknowledging {
  domain::MessageQueue &queue;
  DeviceId device;
  wire::MailAck upTo;
  std::optional<Result<domain::MailboxHead>> answer{};

  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> waiter) {
    queue.acknowledge(device, upTo, [this, waiter](Result<domain::MailboxHead> head) {
      answer = std::move(head);
      waiter.resume();
    });
  }
  Result<domain::MailboxHead> await_resume() { return std::move(*answer); }
};

qint64 dayOf(WallTime time) {
  return std::chrono::floor<std::chrono::days>(time).time_since_epoch().count();
}

}  // namespace

Mailbox::Mailbox(const domain::Ports &ports) : m_ports(ports) {}

Async<wire::MailPage> Mailbox::page(domain::Principal who, wire::MailAck after, int limit) {
  if (after.seq < 0) co_return fail(ErrorKind::Invalid, "after: negative", "bad_request");
  const int count = std::clamp(limit, 1, kLongestPage);
  co_return co_await m_ports.messages.page(who.device, after, count);
}

void Mailbox::acknowledge(const domain::Principal &who, const wire::MailAck &upTo, AckDone done) {
  m_ports.messages.acknowledge(who.device, upTo, [done = std::move(done)](const Result<domain::MailboxHead> &head) {
    if (!head) return done(fail(head.error()));
    done(wire::MailAck{head->acked});
  });
}

Async<wire::Ready> Mailbox::open(domain::Principal who, wire::ConnectAuth auth) {
  Result<domain::MailboxHead> head = co_await m_ports.messages.head(who.device);
  if (!head) co_return fail(head.error());
  if (auth.after && auth.messageId && *auth.after > head->acked) {
    const wire::MailAck committed{*auth.after, auth.messageId};
    Acknowledging acknowledging{m_ports.messages, who.device, committed};
    head = co_await acknowledging;
    if (!head) co_return fail(head.error());
  }
  std::optional<domain::BootState> boot;
  if (auth.bootCounter) boot = domain::BootState{*auth.bootCounter, auth.bootSends.value_or(0)};
  const qint64 today = dayOf(m_ports.clock.wallNow());
  const Result<bool> rolledBack = co_await m_ports.devices.noteSeen(who.device, today, boot);
  if (!rolledBack) co_return fail(rolledBack.error());
  const Result<wire::KeyCount> keys = co_await m_ports.preKeys.count(who.device);
  if (!keys) co_return fail(keys.error());
  wire::Ready ready;
  ready.deviceId = who.device;
  ready.head = head->head;
  ready.acked = head->acked;
  ready.expired = head->expired;
  ready.preKeys = keys->preKeys;
  ready.rolledBack = *rolledBack;
  ready.serverTime = toMillis(m_ports.clock.wallNow());
  co_return ready;
}

}  // namespace gx::server::services
