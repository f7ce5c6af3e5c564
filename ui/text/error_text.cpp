// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "ui/text/error_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace gx::text {

using namespace Qt::StringLiterals;

namespace {

struct CodeRow {
  const char *code;
  const char *what;
  const char *remedy;
};

constexpr char kContext[] = "ErrorText";

constexpr std::array kAccountRows{
    CodeRow{"wrong_credentials", QT_TRANSLATE_NOOP("ErrorText", "The account is unknown or the password is wrong."),
            QT_TRANSLATE_NOOP("ErrorText", "Check both and try again.")},
    CodeRow{"account_taken", QT_TRANSLATE_NOOP("ErrorText", "This account name is taken."),
            QT_TRANSLATE_NOOP("ErrorText", "Choose another one, or sign in if it is yours.")},
    CodeRow{"invalid_account", QT_TRANSLATE_NOOP("ErrorText", "The account name is not a lower-case e-mail address."),
            QT_TRANSLATE_NOOP("ErrorText", "Write it like name@example.org.")},
    CodeRow{"invalid_password", QT_TRANSLATE_NOOP("ErrorText", "The relay does not accept this password."),
            QT_TRANSLATE_NOOP("ErrorText", "Use 12 to 128 characters and none of the well-known passwords.")},
    CodeRow{"registration_closed", QT_TRANSLATE_NOOP("ErrorText", "This relay does not take new accounts."),
            QT_TRANSLATE_NOOP("ErrorText", "Ask whoever runs it for an account or an invite.")},
    CodeRow{"invite_invalid", QT_TRANSLATE_NOOP("ErrorText", "The invite is unknown, used or expired."),
            QT_TRANSLATE_NOOP("ErrorText", "Ask for a new one.")},
    CodeRow{"not_signed_in", QT_TRANSLATE_NOOP("ErrorText", "Nobody is signed in here."),
            QT_TRANSLATE_NOOP("ErrorText", "Sign in first.")},
    CodeRow{"signed_in_already", QT_TRANSLATE_NOOP("ErrorText", "Somebody is signed in here already."),
            QT_TRANSLATE_NOOP("ErrorText", "Sign out first, or use another profile.")},
    CodeRow{"token_reused",
            QT_TRANSLATE_NOOP("ErrorText",
                              "The relay signed this device out, because its sign-in was "
                              "used twice: perhaps by a copy of this profile."),
            QT_TRANSLATE_NOOP("ErrorText", "Sign in again. If you made no copy, change your password.")},
    CodeRow{"device_pending", QT_TRANSLATE_NOOP("ErrorText", "This device is not approved yet."),
            QT_TRANSLATE_NOOP("ErrorText", "Approve it on another device of your account.")},
    CodeRow{"too_many_devices", QT_TRANSLATE_NOOP("ErrorText", "The account has as many devices as it may have."),
            QT_TRANSLATE_NOOP("ErrorText", "Remove one that you do not use any more.")},
    CodeRow{"link_forged", QT_TRANSLATE_NOOP("ErrorText", "The key of the other device was exchanged on the way."),
            QT_TRANSLATE_NOOP("ErrorText",
                              "Do not approve it. Try again over another network; if it happens again, do "
                              "not trust this relay.")},
    CodeRow{"digits_differ", QT_TRANSLATE_NOOP("ErrorText", "The two devices do not show the same digits."),
            QT_TRANSLATE_NOOP("ErrorText",
                              "Nothing was taken over, and the new device was dropped. Sign in again over another "
                              "network; if it happens again, do not trust this relay.")},
    CodeRow{"digits_unconfirmed",
            QT_TRANSLATE_NOOP("ErrorText", "Nobody was there to say whether both devices show the same digits."),
            QT_TRANSLATE_NOOP("ErrorText",
                              "Compare the digits of both devices. If they are the same, run this again with "
                              "--digits and those digits.")},
};

constexpr std::array kMessageRows{
    CodeRow{"trust_broken", QT_TRANSLATE_NOOP("ErrorText", "This person's devices were set up anew."),
            QT_TRANSLATE_NOOP("ErrorText", "Nothing is sent until you compared the safety number and accepted them.")},
    CodeRow{
        "manifest_fork",
        QT_TRANSLATE_NOOP("ErrorText", "This person's own device names another list of devices than the relay shows."),
        QT_TRANSLATE_NOOP("ErrorText",
                          "Somebody may be listening in. Nothing is sent until you compared the safety number "
                          "and accepted.")},
    CodeRow{"wrong_participant",
            QT_TRANSLATE_NOOP("ErrorText", "The relay answered with a conversation with somebody else."),
            QT_TRANSLATE_NOOP("ErrorText", "Nothing was sent. Do not trust this relay if it happens again.")},
    CodeRow{"no_devices", QT_TRANSLATE_NOOP("ErrorText", "This person has not signed in on any device yet."),
            QT_TRANSLATE_NOOP("ErrorText", "The message waits here and leaves by itself.")},
    CodeRow{"mailbox_full", QT_TRANSLATE_NOOP("ErrorText", "The mailbox of the other side is full."),
            QT_TRANSLATE_NOOP("ErrorText", "The message waits here until it was read.")},
    CodeRow{"with_self", QT_TRANSLATE_NOOP("ErrorText", "One cannot write to oneself yet."), ""},
    CodeRow{"not_found", QT_TRANSLATE_NOOP("ErrorText", "There is nothing under this name or number."),
            QT_TRANSLATE_NOOP("ErrorText", "Check the spelling.")},
    CodeRow{"rate_limited", QT_TRANSLATE_NOOP("ErrorText", "That was too often in a short time."),
            QT_TRANSLATE_NOOP("ErrorText", "Wait a little and try again.")},
};

constexpr std::array kNetworkRows{
    CodeRow{"host_not_found", QT_TRANSLATE_NOOP("ErrorText", "The relay's name is not known."),
            QT_TRANSLATE_NOOP("ErrorText", "Check the address and your network.")},
    CodeRow{"connection_refused", QT_TRANSLATE_NOOP("ErrorText", "Nobody answers at the relay's address."),
            QT_TRANSLATE_NOOP("ErrorText", "The relay may be down, or the address or port is wrong.")},
    CodeRow{"not_a_relay", QT_TRANSLATE_NOOP("ErrorText", "What answers there is no GX relay."),
            QT_TRANSLATE_NOOP("ErrorText",
                              "Check the address; in a hotel or train, first open a web page to sign in to "
                              "the network.")},
    CodeRow{"proxy_failed", QT_TRANSLATE_NOOP("ErrorText", "The proxy does not let us through."),
            QT_TRANSLATE_NOOP("ErrorText", "Check its address.")},
    CodeRow{"proxy_login_refused", QT_TRANSLATE_NOOP("ErrorText", "The proxy refuses our sign-in."),
            QT_TRANSLATE_NOOP("ErrorText", "Check the user name and password for the proxy.")},
    CodeRow{"tls_untrusted", QT_TRANSLATE_NOOP("ErrorText", "The relay's certificate comes from nobody we trust."),
            QT_TRANSLATE_NOOP("ErrorText", "If it is your own relay, name its CA file. Nothing was sent.")},
    CodeRow{"tls_wrong_name", QT_TRANSLATE_NOOP("ErrorText", "The certificate is for another name than this relay's."),
            QT_TRANSLATE_NOOP("ErrorText", "Check the address. Nothing was sent.")},
    CodeRow{"tls_expired", QT_TRANSLATE_NOOP("ErrorText", "The relay's certificate is not valid at this time."),
            QT_TRANSLATE_NOOP("ErrorText",
                              "Check this computer's clock; else tell whoever runs the relay. Nothing was "
                              "sent.")},
    CodeRow{"tls_pin_broken", QT_TRANSLATE_NOOP("ErrorText", "The relay shows another key than this profile expects."),
            QT_TRANSLATE_NOOP("ErrorText", "Somebody may stand between. Nothing was sent.")},
    CodeRow{"tls_failed", QT_TRANSLATE_NOOP("ErrorText", "No secure connection could be made."),
            QT_TRANSLATE_NOOP("ErrorText", "Check the address and port.")},
    CodeRow{"connection_replaced", QT_TRANSLATE_NOOP("ErrorText", "This device is connected from somewhere else."),
            QT_TRANSLATE_NOOP("ErrorText", "A copy of this profile must not run at the same time.")},
    CodeRow{"insecure_address",
            QT_TRANSLATE_NOOP("ErrorText",
                              "The address begins with http, which anybody on the way "
                              "can read."),
            QT_TRANSLATE_NOOP("ErrorText", "Use https.")},
    CodeRow{"bad_address", QT_TRANSLATE_NOOP("ErrorText", "This is no address of a relay."),
            QT_TRANSLATE_NOOP("ErrorText", "Write it like https://relay.example.org.")},
    CodeRow{"relay_unknown", QT_TRANSLATE_NOOP("ErrorText", "This is neither an environment nor an address."),
            QT_TRANSLATE_NOOP("ErrorText", "Use mainnet, local, or an address like https://relay.example.org.")},
    CodeRow{"relay_missing", QT_TRANSLATE_NOOP("ErrorText", "No relay was named."),
            QT_TRANSLATE_NOOP("ErrorText", "Use mainnet, local, or an address like https://relay.example.org.")},
    CodeRow{"environment_not_set", QT_TRANSLATE_NOOP("ErrorText", "This environment has no address yet."),
            QT_TRANSLATE_NOOP("ErrorText", "Name the relay's address instead.")},
};

constexpr std::array kStoreRows{
    CodeRow{"profile_in_use", QT_TRANSLATE_NOOP("ErrorText", "This profile is in use."),
            QT_TRANSLATE_NOOP("ErrorText", "Close the other program first.")},
    CodeRow{"no_profile", QT_TRANSLATE_NOOP("ErrorText", "There is no profile in this folder."),
            QT_TRANSLATE_NOOP("ErrorText", "Sign in first.")},
    CodeRow{"profile_damaged", QT_TRANSLATE_NOOP("ErrorText", "A file of this profile is damaged."),
            QT_TRANSLATE_NOOP("ErrorText", "Restore it from a backup. Nothing was changed.")},
    CodeRow{"profile_newer", QT_TRANSLATE_NOOP("ErrorText", "This profile was written by a newer version."),
            QT_TRANSLATE_NOOP("ErrorText", "Update this program.")},
    CodeRow{"store_newer", QT_TRANSLATE_NOOP("ErrorText", "This profile was written by a newer version."),
            QT_TRANSLATE_NOOP("ErrorText", "Update this program.")},
    CodeRow{"profile_not_writable", QT_TRANSLATE_NOOP("ErrorText", "The profile folder cannot be written."),
            QT_TRANSLATE_NOOP("ErrorText", "Check whose it is, and the space on its disk.")},
    CodeRow{"no_slot_opened", QT_TRANSLATE_NOOP("ErrorText", "The key of this profile could not be reached."),
            QT_TRANSLATE_NOOP("ErrorText", "Unlock your keychain, or use the passphrase or the recovery code.")},
    CodeRow{"file_is_public", QT_TRANSLATE_NOOP("ErrorText", "Others may read the file with the secret."),
            QT_TRANSLATE_NOOP("ErrorText", "Make it yours alone: chmod 600.")},
    CodeRow{"store_unreadable",
            QT_TRANSLATE_NOOP("ErrorText",
                              "The message store cannot be opened: another key, or "
                              "damage at its very beginning."),
            QT_TRANSLATE_NOOP("ErrorText", "Nothing was changed. Try the recovery code, or a backup.")},
    CodeRow{"store_missing", QT_TRANSLATE_NOOP("ErrorText", "The message store of this profile is gone."),
            QT_TRANSLATE_NOOP("ErrorText", "Restore a backup. Nothing was made in its place.")},
    CodeRow{"store_corrupt", QT_TRANSLATE_NOOP("ErrorText", "The message store is damaged."),
            QT_TRANSLATE_NOOP("ErrorText", "Copy the profile folder before anything else, then restore a backup.")},
    CodeRow{"disk_full", QT_TRANSLATE_NOOP("ErrorText", "The disk is full."),
            QT_TRANSLATE_NOOP("ErrorText", "Make room; what waits goes on by itself.")},
    CodeRow{"store_read_only", QT_TRANSLATE_NOOP("ErrorText", "The message store cannot be written."),
            QT_TRANSLATE_NOOP("ErrorText", "Check the permissions of the profile folder.")},
};

// By name(kind); found like the codes.
constexpr std::array kKindRows{
    CodeRow{"network", QT_TRANSLATE_NOOP("ErrorText", "The relay cannot be reached."),
            QT_TRANSLATE_NOOP("ErrorText", "Check your network; the next try comes by itself.")},
    CodeRow{"timeout", QT_TRANSLATE_NOOP("ErrorText", "The relay did not answer in time."),
            QT_TRANSLATE_NOOP("ErrorText", "The next try comes by itself.")},
    CodeRow{"unavailable", QT_TRANSLATE_NOOP("ErrorText", "The relay cannot serve right now."),
            QT_TRANSLATE_NOOP("ErrorText", "Try again a little later.")},
    CodeRow{"unauthorized", QT_TRANSLATE_NOOP("ErrorText", "The relay does not know this sign-in any more."),
            QT_TRANSLATE_NOOP("ErrorText", "Sign in again.")},
    CodeRow{"forbidden", QT_TRANSLATE_NOOP("ErrorText", "That is not allowed."), ""},
    CodeRow{"not_found", QT_TRANSLATE_NOOP("ErrorText", "There is no such thing here."), ""},
    CodeRow{"conflict", QT_TRANSLATE_NOOP("ErrorText", "Something changed meanwhile."),
            QT_TRANSLATE_NOOP("ErrorText", "Look again and try once more.")},
    CodeRow{"invalid", QT_TRANSLATE_NOOP("ErrorText", "That input does not fit."), ""},
    CodeRow{"too_large", QT_TRANSLATE_NOOP("ErrorText", "That is too large."), ""},
    CodeRow{"rate_limited", QT_TRANSLATE_NOOP("ErrorText", "That was too often in a short time."),
            QT_TRANSLATE_NOOP("ErrorText", "Wait a little and try again.")},
    CodeRow{"full", QT_TRANSLATE_NOOP("ErrorText", "There is no space left."), ""},
    CodeRow{"storage", QT_TRANSLATE_NOOP("ErrorText", "Something could not be stored."),
            QT_TRANSLATE_NOOP("ErrorText", "Check the disk and the permissions.")},
    CodeRow{"corrupt", QT_TRANSLATE_NOOP("ErrorText", "Something is damaged."), ""},
    CodeRow{"locked", QT_TRANSLATE_NOOP("ErrorText", "Something else holds what we need."), ""},
    CodeRow{"untrusted", QT_TRANSLATE_NOOP("ErrorText", "This cannot be trusted."), ""},
    CodeRow{"unsupported", QT_TRANSLATE_NOOP("ErrorText", "This needs a newer version."),
            QT_TRANSLATE_NOOP("ErrorText", "Update this program.")},
    CodeRow{"cancelled", QT_TRANSLATE_NOOP("ErrorText", "It was cancelled."), ""},
    CodeRow{"internal", QT_TRANSLATE_NOOP("ErrorText", "The program made a mistake."),
            QT_TRANSLATE_NOOP("ErrorText", "Please report it with the log.")},
};

template <std::size_t N>
const CodeRow *findIn(const std::array<CodeRow, N> &rows, const QByteArray &code) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const CodeRow &row) { return code == row.code; });
  return found == rows.end() ? nullptr : &*found;
}

const CodeRow *rowOfCode(const QByteArray &code) {
  if (const auto *row = findIn(kAccountRows, code)) return row;
  if (const auto *row = findIn(kMessageRows, code)) return row;
  if (const auto *row = findIn(kNetworkRows, code)) return row;
  return findIn(kStoreRows, code);
}

QString translated(const char *source) {
  return *source ? QCoreApplication::translate(kContext, source) : QString();
}

}  // namespace

ErrorText errorText(const Error &error) {
  const CodeRow *known = error.code.isEmpty() ? nullptr : rowOfCode(error.code);
  const CodeRow &row = known ? *known : *findIn(kKindRows, name(error.kind));
  return {translated(row.what), translated(row.remedy)};
}

QString errorLine(const Error &error) {
  const ErrorText text = errorText(error);
  return text.remedy.isEmpty() ? text.what : text.what + u' ' + text.remedy;
}

}  // namespace gx::text
