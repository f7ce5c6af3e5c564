// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/signal_error.h"

#include <signal_protocol.h>

namespace gx::crypto {

namespace {

struct Meaning {
  int result;
  ErrorKind kind;
  const char *code;
};
constexpr Meaning kMeanings[] = {
    {SG_ERR_DUPLICATE_MESSAGE, ErrorKind::Conflict, codes::kDuplicateMessage},
    {SG_ERR_INVALID_MESSAGE, ErrorKind::Corrupt, codes::kInvalidMessage},
    {SG_ERR_INVALID_MAC, ErrorKind::Corrupt, codes::kInvalidMessage},
    {SG_ERR_NO_SESSION, ErrorKind::NotFound, codes::kNoSession},
    {SG_ERR_INVALID_KEY_ID, ErrorKind::NotFound, codes::kInvalidKeyId},
    {SG_ERR_UNTRUSTED_IDENTITY, ErrorKind::Untrusted, codes::kUntrustedIdentity},
    {SG_ERR_INVALID_KEY, ErrorKind::Invalid, codes::kBadShape},
    {SG_ERR_INVALID_PROTO_BUF, ErrorKind::Invalid, codes::kBadShape},
    {SG_ERR_LEGACY_MESSAGE, ErrorKind::Unsupported, codes::kUnknownVersion},
    {SG_ERR_INVALID_VERSION, ErrorKind::Unsupported, codes::kUnknownVersion},
};

}  // namespace

Error signalError(int result, const char *action) {
  const QByteArray detail = QByteArray(action) + ": " + QByteArray::number(result);
  for (const Meaning &meaning : kMeanings)
    if (meaning.result == result) return Error{meaning.kind, detail, meaning.code};
  if (result == SG_ERR_NOMEM) return Error{ErrorKind::Full, detail};
  return Error{ErrorKind::Internal, detail};
}

}  // namespace gx::crypto
