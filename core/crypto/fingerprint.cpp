// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/fingerprint.h"

#include <fingerprint.h>
#include <signal_protocol.h>

#include "core/base/bytes.h"
#include "core/crypto/protobuf_reader.h"
#include "core/crypto/signal_error.h"
#include "core/crypto/signal_handles.h"

namespace gx::crypto {

namespace {

constexpr int kIterations = 5200;
constexpr quint32 kScannableVersion = 1;
constexpr qsizetype kMaxScannable = 512;

using KeyList = std::unique_ptr<ec_public_key_list, decltype(&ec_public_key_list_free)>;
using Generator = std::unique_ptr<fingerprint_generator, decltype(&fingerprint_generator_free)>;

// The list takes its own references.
Result<> fillList(SignalContext &context, ec_public_key_list *list, const std::vector<curve::PublicKey> &keys) {
  if (keys.empty()) return fail(ErrorKind::Invalid, "safety number without keys");  // the library would hash nothing
  for (const curve::PublicKey &key : keys) {
    if (key.isNull()) return fail(ErrorKind::Invalid, "safety number over no key");
    SignalRef<ec_public_key> point;
    int result = curve_decode_point(point.out(), octets(key.view()), length(key.view()), context.raw());
    if (result < 0) return fail(signalError(result, "curve_decode_point"));
    result = ec_public_key_list_push_back(list, point.get());
    if (result < 0) return fail(signalError(result, "ec_public_key_list_push_back"));
  }
  return {};
}

Result<model::SafetyNumber> readFingerprint(const fingerprint *made) {
  SignalBuffer scannable;
  const int result = scannable_fingerprint_serialize(scannable.out(), fingerprint_get_scannable(made));
  if (result < 0) return fail(signalError(result, "scannable_fingerprint_serialize"));
  const char *digits = displayable_fingerprint_text(fingerprint_get_displayable(made));
  return model::SafetyNumber{QString::fromLatin1(digits), scannable.bytes()};
}

struct ScannedCode {
  quint32 version = 0;
  QByteArrayView local;
  QByteArrayView remote;
};

QByteArrayView contentOf(QByteArrayView side) {
  ProtobufReader reader(side);
  const auto content = reader.next();
  return content && content->number == 1 && content->isBytes ? content->bytes : QByteArrayView();
}

std::optional<ScannedCode> readCode(QByteArrayView bytes) {
  ScannedCode code;
  ProtobufReader reader(bytes);
  while (const auto field = reader.next()) {
    if (field->number == 1 && !field->isBytes) code.version = field->value;
    if (field->number == 2 && field->isBytes) code.local = contentOf(field->bytes);
    if (field->number == 3 && field->isBytes) code.remote = contentOf(field->bytes);
  }
  if (reader.hasFailed()) return std::nullopt;
  return code;
}

}  // namespace

Result<model::SafetyNumber> safetyNumber(SignalContext &context, const FingerprintParty &local,
                                         const FingerprintParty &remote) {
  const KeyList localKeys(ec_public_key_list_alloc(), ec_public_key_list_free);
  const KeyList remoteKeys(ec_public_key_list_alloc(), ec_public_key_list_free);
  if (!localKeys || !remoteKeys) return fail(ErrorKind::Full, "no memory for key lists");
  Result<> filled = fillList(context, localKeys.get(), local.keys);
  if (filled) filled = fillList(context, remoteKeys.get(), remote.keys);
  if (!filled) return tl::unexpected(filled.error());
  fingerprint_generator *raw = nullptr;
  int result = fingerprint_generator_create(&raw, kIterations, kScannableVersion, context.raw());
  if (result < 0) return fail(signalError(result, "fingerprint_generator_create"));
  const Generator generator(raw, fingerprint_generator_free);
  const QByteArray localId = toText(local.user);
  const QByteArray remoteId = toText(remote.user);
  SignalRef<fingerprint> made;
  result = fingerprint_generator_create_for_list(raw, localId.constData(), localKeys.get(), remoteId.constData(),
                                                 remoteKeys.get(), made.out());
  if (result < 0) return fail(signalError(result, "fingerprint_generator_create_for_list"));
  return readFingerprint(made.get());
}

Result<ScanOutcome> compareScanned(const model::SafetyNumber &own, QByteArrayView scanned) {
  if (scanned.size() > kMaxScannable) return fail(ErrorKind::TooLarge, "scanned code too long");
  const auto theirs = readCode(scanned);
  const auto ours = readCode(own.scannable);
  if (!theirs || !ours || theirs->version == 0) return fail(ErrorKind::Invalid, "not a safety number code");
  if (theirs->version != kScannableVersion) return ScanOutcome::OtherVersion;
  if (theirs->local.isEmpty() || theirs->remote.isEmpty())
    return fail(ErrorKind::Invalid, "safety number code incomplete");
  const bool localFits = constantTimeEqual(theirs->local, ours->remote);
  const bool remoteFits = constantTimeEqual(theirs->remote, ours->local);
  if (localFits && remoteFits) return ScanOutcome::Match;
  return scanned == own.scannable ? ScanOutcome::OwnCode : ScanOutcome::Mismatch;
}

}  // namespace gx::crypto
