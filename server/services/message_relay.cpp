// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/message_relay.h"

#include <QPointer>
#include <algorithm>

#include "core/base/crash_point.h"
#include "core/base/launch.h"
#include "core/base/logging.h"
#include "server/services/device_match.h"

namespace gx::server::services {

namespace {
// A roster may be overtaken by a change of devices while the message is on its way; more than once in a row is rare.
constexpr int kRosterTries = 3;

UserId ownerOf(const domain::Roster &roster, DeviceId device) {
  const auto found = std::ranges::find(roster.devices, device, &domain::Roster::ActiveDevice::id);
  return found == roster.devices.end() ? UserId{} : found->user;
}
}  // namespace

struct MessageRelay::Sending {
  domain::Principal who;
  wire::SendRequest request;
  Done done;
  QByteArray bodyHash;
  int tries = 0;
};

MessageRelay::MessageRelay(const domain::Ports &ports, Rosters &rosters) : m_ports(ports), m_rosters(rosters) {}

void MessageRelay::send(const domain::Principal &who, wire::SendRequest request, Done done) {
  auto sending = std::make_shared<Sending>(Sending{who, std::move(request), std::move(done), {}, 0});
  SendRefusal refused;
  if (!who.isActive()) {
    refused.error = Error{ErrorKind::Forbidden, "the device is not approved yet", "device_pending"};
    return finish(sending, tl::unexpected(refused));
  }
  if (const auto excess = findExcess(sending->request)) return finish(sending, tl::unexpected(*excess));
  const ConversationId conversation = sending->request.conversationId;
  QByteArray key = toText(who.device);
  key.append(reinterpret_cast<const char *>(conversation.bytes.data()), qsizetype(conversation.bytes.size()));
  if (const Result<> allowed = m_ports.limiter.takeNow(domain::Limit::Messages, key); !allowed) {
    refused.error = allowed.error();
    return finish(sending, tl::unexpected(refused));
  }
  sending->bodyHash = sending->request.bodyHash();
  withRoster(sending);
}

void MessageRelay::withRoster(const SendingRef &sending) {
  ++sending->tries;
  const ConversationId conversation = sending->request.conversationId;
  const auto waiting = m_waiting.find(conversation);
  if (waiting != m_waiting.end()) return waiting->push_back(sending);
  if (const Rosters::Ref known = m_rosters.cached(conversation)) return queue(sending, known);
  m_waiting.insert(conversation, {sending});
  launch(this, m_rosters.load(conversation),
         [this, conversation](const Result<Rosters::Ref> &loaded) { rosterLoaded(conversation, loaded); });
}

void MessageRelay::rosterLoaded(const ConversationId &conversation, const Result<Rosters::Ref> &loaded) {
  const std::vector<SendingRef> waiting = m_waiting.take(conversation);
  for (const SendingRef &sending : waiting) {
    if (loaded) {
      queue(sending, *loaded);
      continue;
    }
    SendRefusal refused;
    refused.error = loaded.error();
    finish(sending, tl::unexpected(refused));
  }
}

void MessageRelay::queue(const SendingRef &sending, const Rosters::Ref &roster) {
  const wire::SendRequest &request = sending->request;
  if (auto refused = findMismatch(*roster, sending->who, request)) {
    if (refused->error.code == "not_found") return finish(sending, tl::unexpected(*refused));
    return refuseUnlessRepeated(sending, std::move(*refused));
  }
  domain::AppendRequest append;
  append.id = newId<MessageId>(m_ports.clock, m_ports.random);
  append.conversation = request.conversationId;
  append.sender = sending->who.user;
  append.senderDevice = sending->who.device;
  append.clientMsgId = request.clientMsgId;
  append.bodyHash = sending->bodyHash;
  append.now = m_ports.clock.wallNow();
  append.members = roster->members;
  append.letters.reserve(std::size_t(request.envelopes.size()));
  for (const wire::Envelope &envelope : request.envelopes)
    append.letters.push_back(
        {envelope.deviceId, envelope.kind, envelope.ciphertext, ownerOf(*roster, envelope.deviceId)});
  std::ranges::sort(append.letters, {}, &domain::AppendRequest::Letter::device);
  // The queue may outlive us by a turn of the event loop.
  m_ports.messages.append(std::move(append), [self = QPointer(this), sending](Result<domain::Appended> appended) {
    if (self) self->queued(sending, std::move(appended));
  });
}

void MessageRelay::queued(const SendingRef &sending, Result<domain::Appended> appended) {
  const ConversationId conversation = sending->request.conversationId;
  if (!appended) {
    if (appended.error().code == "device_mismatch" && sending->tries < kRosterTries) {
      m_rosters.forget(conversation);
      return withRoster(sending);
    }
    SendRefusal refused;
    refused.error = appended.error();
    return finish(sending, tl::unexpected(refused));
  }
  crashPoint("C6");
  const auto at = toMillis(appended->acceptedAt);
  if (appended->repeated) ++m_counters.repeated;
  finish(sending, wire::SendAccepted{appended->id, sending->request.clientMsgId, at});
  announce(*sending, *appended);
}

void MessageRelay::announce(const Sending &sending, const domain::Appended &appended) {
  wire::MailItem item;
  item.messageId = appended.id;
  item.conversationId = sending.request.conversationId;
  item.senderId = sending.who.user;
  item.senderDeviceId = sending.who.device;
  item.serverTime = toMillis(appended.acceptedAt);
  for (const auto &placed : appended.placed) {
    const auto envelope = std::ranges::find(sending.request.envelopes, placed.device, &wire::Envelope::deviceId);
    if (envelope == sending.request.envelopes.end()) continue;
    item.seq = placed.seq;
    item.kind = envelope->kind;
    item.ciphertext = envelope->ciphertext;
    const DeviceId devices[] = {placed.device};
    m_ports.events.announce(devices, item);
    ++m_counters.letters;
  }
}

// Its first sending may have been taken, and only the answer lost, before the devices changed.
void MessageRelay::refuseUnlessRepeated(const SendingRef &sending, SendRefusal refusal) {
  auto earlier = m_ports.messages.accepted(sending->who.device, sending->request.clientMsgId, sending->bodyHash);
  launch(this, std::move(earlier), [this, sending, refusal](const Result<domain::Appended> &before) {
    if (before) {
      ++m_counters.repeated;
      const auto at = toMillis(before->acceptedAt);
      return finish(sending, wire::SendAccepted{before->id, sending->request.clientMsgId, at});
    }
    SendRefusal refused = refusal;
    if (before.error().kind != ErrorKind::NotFound) refused = SendRefusal{before.error()};
    finish(sending, tl::unexpected(refused));
  });
}

void MessageRelay::finish(const SendingRef &sending, SendOutcome outcome) {
  if (outcome)
    ++m_counters.accepted;
  else
    ++m_counters.refused;
  if (sending->done) std::exchange(sending->done, nullptr)(std::move(outcome));
}

}  // namespace gx::server::services
