// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/problem_dto.h"

#include <algorithm>

#include "core/wire/json_reader.h"
#include "core/wire/json_writer.h"

namespace gx::wire {

namespace {

constexpr qsizetype kProblemMessageBytes = 2048;
constexpr int kProblemDevices = 160;                         // a list
constexpr qint64 kLongestRetry = 10LL * 365 * 24 * 60 * 60;  // seconds

constexpr ProblemCode kProblemCodes[] = {
    {"bad_request", 400, ErrorKind::Invalid},
    {"unauthorized", 401, ErrorKind::Unauthorized},
    {"wrong_credentials", 401, ErrorKind::Unauthorized},
    {"token_reused", 401, ErrorKind::Unauthorized},
    {"device_pending", 403, ErrorKind::Forbidden},
    {"registration_closed", 403, ErrorKind::Forbidden},
    {"invite_invalid", 403, ErrorKind::Forbidden},
    {"forbidden", 403, ErrorKind::Forbidden},
    {"not_found", 404, ErrorKind::NotFound},
    {"method_not_allowed", 405, ErrorKind::Unsupported},
    {"timeout", 408, ErrorKind::Timeout},
    {"device_mismatch", 409, ErrorKind::Conflict},
    {"no_devices", 409, ErrorKind::Conflict},
    {"account_taken", 409, ErrorKind::Conflict},
    {"key_conflict", 409, ErrorKind::Conflict},
    {"identity_fixed", 409, ErrorKind::Conflict},
    {"manifest_conflict", 409, ErrorKind::Conflict},
    {"refresh_in_progress", 409, ErrorKind::Conflict},
    {"link_conflict", 409, ErrorKind::Conflict},
    {"conflict", 409, ErrorKind::Conflict},
    {"stale_device", 410, ErrorKind::Conflict},
    {"too_large", 413, ErrorKind::TooLarge},
    {"uri_too_long", 414, ErrorKind::TooLarge},
    {"unsupported_media_type", 415, ErrorKind::Unsupported},
    {"expectation_failed", 417, ErrorKind::Unsupported},
    {"invalid_account", 422, ErrorKind::Invalid},
    {"invalid_password", 422, ErrorKind::Invalid},
    {"invalid_keys", 422, ErrorKind::Invalid},
    {"invalid_signature", 422, ErrorKind::Untrusted},
    {"invalid_manifest", 422, ErrorKind::Invalid},
    {"too_many_devices", 422, ErrorKind::Invalid},
    {"with_self", 422, ErrorKind::Invalid},
    {"idempotency_conflict", 422, ErrorKind::Invalid},
    {"upgrade_required", 426, ErrorKind::Unsupported},
    {"rate_limited", 429, ErrorKind::RateLimited},
    {"header_too_large", 431, ErrorKind::TooLarge},
    {"internal", 500, ErrorKind::Internal},
    {"not_implemented", 501, ErrorKind::Unsupported},
    {"unavailable", 503, ErrorKind::Unavailable},
    {"http_version", 505, ErrorKind::Unsupported},
    {"mailbox_full", 507, ErrorKind::Full},
    {"storage_full", 507, ErrorKind::Full},
};

const char *generalCode(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Unavailable:
    case ErrorKind::Locked:
    case ErrorKind::Cancelled:
      return "unavailable";
    case ErrorKind::Unauthorized:
      return "unauthorized";
    case ErrorKind::Forbidden:
      return "forbidden";
    case ErrorKind::NotFound:
      return "not_found";
    case ErrorKind::Conflict:
      return "conflict";
    case ErrorKind::Invalid:
    case ErrorKind::Unsupported:
      return "bad_request";
    case ErrorKind::TooLarge:
      return "too_large";
    case ErrorKind::RateLimited:
      return "rate_limited";
    case ErrorKind::Full:
      return "storage_full";
    case ErrorKind::Untrusted:
      return "invalid_signature";
    case ErrorKind::Storage:
    case ErrorKind::Corrupt:
    case ErrorKind::Internal:
      break;
  }
  return "internal";
}

QList<DeviceRef> readDeviceRefs(const JsonReader &in, QByteArrayView key) {
  QList<DeviceRef> devices;
  if (!in.has(key)) return devices;
  in[key].each(kProblemDevices, [&](const JsonValue &value) {
    const JsonReader device = value.object();
    devices.append(DeviceRef{device["user_id"].id<UserId>(), device["device_id"].deviceId()});
  });
  return devices;
}

void writeDeviceRefs(JsonWriter &out, QByteArrayView key, const QList<DeviceRef> &devices) {
  if (devices.isEmpty()) return;
  out.key(key).beginArray();
  for (const DeviceRef &device : devices)
    out.beginObject().key("user_id").id(device.userId).key("device_id").deviceId(device.deviceId).endObject();
  out.endArray();
}

}  // namespace

Result<Problem> Problem::parse(QByteArrayView json) {
  const JsonReader in(json);
  Problem problem;
  problem.code = in["code"].text({64});
  if (in.has("message")) problem.message = in["message"].text({kProblemMessageBytes, 0});
  if (in.has("request_id")) problem.requestId = in["request_id"].text({limits::kRequestIdBytes, 0});
  if (in.has("retry_after")) problem.retryAfter = in["retry_after"].number(0, kLongestRetry);
  problem.missing = readDeviceRefs(in, "missing");
  problem.extra = readDeviceRefs(in, "extra");
  problem.stale = readDeviceRefs(in, "stale");
  return in.done(std::move(problem));
}

QByteArray Problem::toJson() const {
  JsonWriter out;
  out.beginObject().key("code").text(code).key("message").text(message);
  if (!requestId.isEmpty()) out.key("request_id").text(requestId);
  if (retryAfter) out.key("retry_after").number(*retryAfter);
  writeDeviceRefs(out, "missing", missing);
  writeDeviceRefs(out, "extra", extra);
  writeDeviceRefs(out, "stale", stale);
  return out.endObject().take();
}

const ProblemCode *findProblemCode(QByteArrayView code) {
  const auto row = std::find_if(std::begin(kProblemCodes), std::end(kProblemCodes),
                                [code](const ProblemCode &problem) { return code == problem.code; });
  return row != std::end(kProblemCodes) ? row : nullptr;
}

const ProblemCode &problemCodeFor(ErrorKind kind) {
  return *findProblemCode(generalCode(kind));
}

Problem Problem::from(const Error &error) {
  constexpr std::chrono::seconds kComeBack{5};  // where a transient failure named no time
  const ProblemCode *known = error.code.isEmpty() ? nullptr : findProblemCode(error.code);
  const ProblemCode &row = known != nullptr ? *known : problemCodeFor(error.kind);
  Problem problem;
  problem.code = row.code;
  problem.message = row.status == 500 ? QByteArray("internal error") : error.detail;
  if (error.retryAfter.count() > 0)
    problem.retryAfter = std::max<qint64>(1, std::chrono::ceil<std::chrono::seconds>(error.retryAfter).count());
  else if (row.status == 429 || row.status == 503)
    problem.retryAfter = kComeBack.count();
  return problem;
}

}  // namespace gx::wire
