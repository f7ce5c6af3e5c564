// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/sealed_answer.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "core/base/bytes.h"

namespace gx::server::services {

namespace {

using Key = std::array<unsigned char, crypto_secretbox_KEYBYTES>;

// Not the hash that the store knows: another domain, keyed by the token itself.
Key answerKey(QByteArrayView refreshToken) {
  Key key{};
  constexpr char kDomain[] = "gx-refresh-answer-1";
  crypto_generichash(key.data(), key.size(), reinterpret_cast<const unsigned char *>(kDomain), sizeof kDomain - 1,
                     reinterpret_cast<const unsigned char *>(refreshToken.data()),
                     size_t(std::min<qsizetype>(refreshToken.size(), crypto_generichash_KEYBYTES_MAX)));
  return key;
}

unsigned char *writable(QByteArray &bytes, qsizetype from = 0) {
  return reinterpret_cast<unsigned char *>(bytes.data()) + from;
}

const unsigned char *readable(QByteArrayView bytes) {
  return reinterpret_cast<const unsigned char *>(bytes.data());
}

}  // namespace

QByteArray sealAnswer(Random &random, QByteArrayView refreshToken, QByteArrayView answer) {
  Key key = answerKey(refreshToken);
  QByteArray sealed = random.bytes(crypto_secretbox_NONCEBYTES);
  const qsizetype nonceSize = sealed.size();
  const QByteArray nonce = sealed;
  sealed.resize(nonceSize + qsizetype(crypto_secretbox_MACBYTES) + answer.size());
  crypto_secretbox_easy(writable(sealed, nonceSize), readable(answer), quint64(answer.size()), readable(nonce),
                        key.data());
  sodium_memzero(key.data(), key.size());
  return sealed;
}

Result<QByteArray> openAnswer(QByteArrayView refreshToken, QByteArrayView sealed) {
  constexpr qsizetype kHead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (sealed.size() < kHead) return fail(ErrorKind::Corrupt, "sealed answer too short");
  Key key = answerKey(refreshToken);
  QByteArray answer(sealed.size() - kHead, '\0');
  const QByteArrayView nonce = sealed.first(crypto_secretbox_NONCEBYTES);
  const QByteArrayView box = sealed.sliced(crypto_secretbox_NONCEBYTES);
  const int opened =
      crypto_secretbox_open_easy(writable(answer), readable(box), quint64(box.size()), readable(nonce), key.data());
  sodium_memzero(key.data(), key.size());
  if (opened != 0) return fail(ErrorKind::Corrupt, "sealed answer does not open");
  return answer;
}

}  // namespace gx::server::services
