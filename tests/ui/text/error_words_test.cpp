// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include <set>

#include "ui/text/error_text.h"

namespace gx::text {
namespace {

using namespace Qt::StringLiterals;

struct CodeCase {
  ErrorKind kind;
  const char *code;
  const char *word;  // what a person has to be able to read out of it
};

// The codes that a person may meet, each with the word that says what to do or what happened.
constexpr CodeCase kCodes[] = {
    {ErrorKind::Unauthorized, "wrong_credentials", "password"},
    {ErrorKind::Conflict, "account_taken", "taken"},
    {ErrorKind::Invalid, "invalid_account", "name@example.org"},
    {ErrorKind::Invalid, "invalid_password", "12 to 128"},
    {ErrorKind::Forbidden, "registration_closed", "invite"},
    {ErrorKind::Forbidden, "invite_invalid", "expired"},
    {ErrorKind::Unauthorized, "not_signed_in", "Sign in"},
    {ErrorKind::Conflict, "signed_in_already", "Sign out"},
    {ErrorKind::Unauthorized, "token_reused", "change your password"},
    {ErrorKind::Forbidden, "device_pending", "Approve"},
    {ErrorKind::Full, "too_many_devices", "Remove one"},
    {ErrorKind::Untrusted, "link_forged", "Do not approve"},
    {ErrorKind::Untrusted, "trust_broken", "safety number"},
    {ErrorKind::Conflict, "no_devices", "leaves by itself"},
    {ErrorKind::Full, "mailbox_full", "mailbox"},
    {ErrorKind::Invalid, "with_self", "oneself"},
    {ErrorKind::NotFound, "not_found", "spelling"},
    {ErrorKind::Network, "host_not_found", "address"},
    {ErrorKind::Network, "connection_refused", "port"},
    {ErrorKind::Unavailable, "not_a_relay", "hotel"},
    {ErrorKind::Network, "proxy_failed", "proxy"},
    {ErrorKind::Network, "proxy_login_refused", "password"},
    {ErrorKind::Untrusted, "tls_untrusted", "CA file"},
    {ErrorKind::Untrusted, "tls_wrong_name", "another name"},
    {ErrorKind::Untrusted, "tls_expired", "clock"},
    {ErrorKind::Untrusted, "tls_pin_broken", "stand between"},
    {ErrorKind::Conflict, "connection_replaced", "copy"},
    {ErrorKind::Invalid, "insecure_address", "https"},
    {ErrorKind::Invalid, "bad_address", "https://"},
    {ErrorKind::Invalid, "relay_unknown", "mainnet"},
    {ErrorKind::Invalid, "relay_missing", "No relay"},
    {ErrorKind::Invalid, "environment_not_set", "address"},
    {ErrorKind::Locked, "profile_in_use", "Close the other"},
    {ErrorKind::NotFound, "no_profile", "Sign in"},
    {ErrorKind::Corrupt, "profile_damaged", "backup"},
    {ErrorKind::Unsupported, "profile_newer", "Update"},
    {ErrorKind::Storage, "profile_not_writable", "disk"},
    {ErrorKind::Locked, "no_slot_opened", "recovery code"},
    {ErrorKind::Forbidden, "file_is_public", "chmod 600"},
    {ErrorKind::Untrusted, "store_unreadable", "recovery code"},
    {ErrorKind::Corrupt, "store_missing", "backup"},
};

TEST(ErrorWords, EachCodeSaysWhatToDo) {
  for (const CodeCase &one : kCodes) {
    const QString line = errorLine(Error{one.kind, {}, one.code});
    EXPECT_TRUE(line.contains(QString::fromUtf8(one.word))) << one.code << ": " << line.toStdString();
    EXPECT_NE(errorText(Error{one.kind, {}, one.code}), errorText(Error{one.kind, {}})) << one.code;
  }
}

TEST(ErrorWords, AreWholeSentencesWithoutPlaceholders) {
  for (const CodeCase &one : kCodes) {
    const ErrorText text = errorText(Error{one.kind, {}, one.code});
    EXPECT_TRUE(text.what.endsWith(u'.')) << one.code;
    EXPECT_TRUE(text.what.front().isUpper()) << one.code;
    EXPECT_TRUE(text.remedy.isEmpty() || text.remedy.endsWith(u'.')) << one.code;
    EXPECT_FALSE(errorLine(Error{one.kind, {}, one.code}).contains(u'%')) << one.code;
    EXPECT_FALSE(errorLine(Error{one.kind, {}, one.code}).contains(u'_')) << one.code;
  }
}

TEST(ErrorWords, TheKindDoesNotChangeWhatACodeSays) {
  EXPECT_EQ(errorText(Error{ErrorKind::Internal, {}, "tls_expired"}),
            errorText(Error{ErrorKind::Untrusted, {}, "tls_expired"}));
}

TEST(ErrorWords, AForgedCertificateNeverAdvisesToGoOn) {
  for (const char *code : {"tls_untrusted", "tls_wrong_name", "tls_expired", "tls_pin_broken"})
    EXPECT_TRUE(errorText(Error{ErrorKind::Untrusted, {}, code}).remedy.contains(u"Nothing was sent"_s)) << code;
}

TEST(ErrorWords, ALineIsWhatAndRemedyWithOneBlank) {
  const Error error{ErrorKind::NotFound, {}, "no_profile"};
  const ErrorText text = errorText(error);

  EXPECT_EQ(errorLine(error), text.what + u' ' + text.remedy);
  EXPECT_EQ(errorLine(Error{ErrorKind::Invalid, {}, "with_self"}),
            errorText(Error{ErrorKind::Invalid, {}, "with_self"}).what);
}

}  // namespace
}  // namespace gx::text
