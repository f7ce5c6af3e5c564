// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/support/plain_pages.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <QFile>
#include <memory>

namespace gx::test {

namespace {

constexpr qsizetype kStorePage = 4096;
constexpr qsizetype kReserve = 48;
constexpr qsizetype kSalt = 16;
constexpr qsizetype kLogHeader = 32;
constexpr qsizetype kFrameHeader = 24;

QByteArray bytesOf(const QString &path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return {};
  return file.readAll();
}

const unsigned char *unsignedBytes(QByteArrayView bytes) {
  return reinterpret_cast<const unsigned char *>(bytes.data());
}

QByteArray plainPage(QByteArrayView page, bool isFirst, const SecretBytes &key) {
  const QByteArrayView iv = page.sliced(kStorePage - kReserve, 16);
  const QByteArrayView sealed = page.first(kStorePage - kReserve).sliced(isFirst ? kSalt : 0);
  QByteArray plain(sealed.size() + 16, '\0');
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                &EVP_CIPHER_CTX_free);
  int size = 0;
  EXPECT_EQ(EVP_DecryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, unsignedBytes(key.view()), unsignedBytes(iv)),
            1);
  EVP_CIPHER_CTX_set_padding(context.get(), 0);
  EXPECT_EQ(EVP_DecryptUpdate(context.get(), reinterpret_cast<unsigned char *>(plain.data()), &size,
                              unsignedBytes(sealed), static_cast<int>(sealed.size())),
            1);
  return plain.first(size);
}

}  // namespace

QByteArray plainPages(const QString &file, const SecretBytes &key) {
  const QByteArray bytes = bytesOf(file);
  EXPECT_EQ(bytes.size() % kStorePage, 0);
  QByteArray plain;
  for (qsizetype at = 0; at + kStorePage <= bytes.size(); at += kStorePage)
    plain += plainPage(QByteArrayView(bytes).sliced(at, kStorePage), at == 0, key);
  return plain;
}

QByteArray plainLog(const QString &file, const SecretBytes &key) {
  const QByteArray bytes = bytesOf(file + QStringLiteral("-wal"));
  QByteArray plain;
  for (qsizetype at = kLogHeader; at + kFrameHeader + kStorePage <= bytes.size(); at += kFrameHeader + kStorePage) {
    const QByteArrayView frame = QByteArrayView(bytes).sliced(at, kFrameHeader + kStorePage);
    const bool isFirst = frame.first(4) == QByteArrayView("\0\0\0\1", 4);
    plain += plainPage(frame.sliced(kFrameHeader), isFirst, key);
  }
  return plain;
}

}  // namespace gx::test
