// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/device_match.h"

#include <QHash>

#include "core/wire/limits.h"

namespace gx::server::services {

namespace {

SendRefusal refusal(ErrorKind kind, const char *why, const char *code) {
  SendRefusal refused;
  refused.error = Error{kind, why, code};
  return refused;
}

}  // namespace

std::optional<SendRefusal> findExcess(const wire::SendRequest &request) {
  if (request.envelopes.size() > wire::limits::kRecipientDevices)
    return refusal(ErrorKind::TooLarge, "too many envelopes", "too_large");
  qsizetype total = 0;
  QHash<DeviceId, int> seen;
  for (const wire::Envelope &envelope : request.envelopes) {
    if (envelope.ciphertext.isEmpty()) return refusal(ErrorKind::Invalid, "an envelope is empty", "bad_request");
    if (++seen[envelope.deviceId] > 1) return refusal(ErrorKind::Invalid, "a device is named twice", "bad_request");
    total += envelope.ciphertext.size();
    if (envelope.ciphertext.size() > wire::limits::kEnvelopeBytes || total > wire::limits::kEnvelopesTotalBytes)
      return refusal(ErrorKind::TooLarge, "envelopes too large", "too_large");
  }
  return std::nullopt;
}

std::optional<SendRefusal> findMismatch(const domain::Roster &roster, const domain::Principal &sender,
                                        const wire::SendRequest &request) {
  if (!roster.hasMember(sender.user)) return refusal(ErrorKind::NotFound, "no such conversation", "not_found");
  for (const auto &member : roster.members)
    if (!roster.hasDeviceOf(member.user))
      return refusal(ErrorKind::Conflict, "a member has no active device", "no_devices");

  QHash<DeviceId, quint32> named;
  for (const wire::Envelope &envelope : request.envelopes) named.insert(envelope.deviceId, envelope.registrationId);
  SendRefusal refused;
  for (const auto &device : roster.devices) {
    if (device.id == sender.device) continue;
    const auto at = named.constFind(device.id);
    if (at == named.cend()) {
      refused.missing.append({device.user, device.id});
      continue;
    }
    if (*at != device.registrationId) refused.stale.append({device.user, device.id});
    named.erase(at);
  }
  // Whose they are is not known here, or not the sender's to know.
  for (const wire::Envelope &envelope : request.envelopes)
    if (named.contains(envelope.deviceId)) refused.extra.append({UserId{}, envelope.deviceId});

  if (!refused.missing.isEmpty() || !refused.extra.isEmpty()) {
    refused.stale.clear();
    refused.error = Error{ErrorKind::Conflict, "envelopes are not for the active devices", "device_mismatch"};
    return refused;
  }
  if (refused.stale.isEmpty()) return std::nullopt;
  refused.error = Error{ErrorKind::Conflict, "a device has another registration", "stale_device"};
  return refused;
}

}  // namespace gx::server::services
