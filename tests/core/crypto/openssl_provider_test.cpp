// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/openssl_provider.h"

#include <gtest/gtest.h>

#include "core/crypto/signal_handles.h"
#include "tests/support/fixed_random.h"

namespace gx::crypto {
namespace {

struct Provider : testing::Test {
  Provider() : provider(*OpensslProvider::make(random)) { provider->fill(call); }

  QByteArray hmac(const QByteArray &key, const QByteArray &data) {
    void *context = nullptr;
    SignalBuffer tag;
    EXPECT_EQ(call.hmac_sha256_init_func(&context, key.isEmpty() ? nullptr : octets(key), length(key), call.user_data),
              0);
    EXPECT_EQ(call.hmac_sha256_update_func(context, octets(data), length(data), call.user_data), 0);
    EXPECT_EQ(call.hmac_sha256_final_func(context, tag.out(), call.user_data), 0);
    call.hmac_sha256_cleanup_func(context, call.user_data);
    return tag.bytes().toHex();
  }
  QByteArray cipher(bool encrypts, int mode, const QByteArray &key, const QByteArray &data) {
    const QByteArray iv = QByteArray::fromHex("000102030405060708090a0b0c0d0e0f");
    SignalBuffer out;
    const auto function = encrypts ? call.encrypt_func : call.decrypt_func;
    result =
        function(out.out(), mode, octets(key), length(key), octets(iv), 16, octets(data), length(data), call.user_data);
    return out.bytes();
  }

  test::FixedRandom random;
  std::unique_ptr<OpensslProvider> provider;
  signal_crypto_provider call{};
  int result = 0;
};

TEST_F(Provider, MakesTheHmacOfRfc4231) {
  EXPECT_EQ(hmac(QByteArray(20, '\x0b'), "Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hmac("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_F(Provider, MakesAnHmacWithoutKey) {
  EXPECT_EQ(hmac({}, {}), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_F(Provider, HashesAgainWithTheSameContext) {
  void *context = nullptr;
  ASSERT_EQ(call.sha512_digest_init_func(&context, call.user_data), 0);
  for (int i = 0; i < 2; ++i) {
    SignalBuffer hash;
    ASSERT_EQ(call.sha512_digest_update_func(context, octets("abc"), 3, call.user_data), 0);
    ASSERT_EQ(call.sha512_digest_final_func(context, hash.out(), call.user_data), 0);
    EXPECT_EQ(hash.bytes().toHex().left(32), "ddaf35a193617abacc417349ae204131");
  }
  call.sha512_digest_cleanup_func(context, call.user_data);
}

TEST_F(Provider, EncryptsAsNistSays) {  // SP 800-38A, F.2.5, first block
  const QByteArray key = QByteArray::fromHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
  const QByteArray data = QByteArray::fromHex("6bc1bee22e409f96e93d7e117393172a");

  const QByteArray encrypted = cipher(true, SG_CIPHER_AES_CBC_PKCS5, key, data);

  EXPECT_EQ(encrypted.left(16).toHex(), "f58c4c04d6e5f1ba779eabfb5f7bfbd6");
  EXPECT_EQ(cipher(false, SG_CIPHER_AES_CBC_PKCS5, key, encrypted), data);
}

TEST_F(Provider, CountsWithoutPadding) {
  const QByteArray key(32, 'k');

  const QByteArray encrypted = cipher(true, SG_CIPHER_AES_CTR_NOPADDING, key, "seven b");

  EXPECT_EQ(encrypted.size(), 7);
  EXPECT_EQ(cipher(false, SG_CIPHER_AES_CTR_NOPADDING, key, encrypted), "seven b");
}

TEST_F(Provider, RefusesWrongKeysAndPadding) {
  cipher(true, SG_CIPHER_AES_CBC_PKCS5, QByteArray(16, 'k'), "data");
  EXPECT_LT(result, 0);
  cipher(false, SG_CIPHER_AES_CBC_PKCS5, QByteArray(32, 'k'), QByteArray(16, 'x'));
  EXPECT_LT(result, 0);
  cipher(false, SG_CIPHER_AES_CBC_PKCS5, QByteArray(32, 'k'), QByteArray(15, 'x'));
  EXPECT_LT(result, 0);
}

TEST_F(Provider, TakesChanceFromOurSource) {
  test::FixedRandom same;
  QByteArray bytes(16, '\0');

  ASSERT_EQ(call.random_func(reinterpret_cast<uint8_t *>(bytes.data()), 16, call.user_data), 0);

  EXPECT_EQ(bytes, same.bytes(16));
}

}  // namespace
}  // namespace gx::crypto
