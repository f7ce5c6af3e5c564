// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/sign_in_verbs.h"

#include <QSysInfo>
#include <stop_token>

#include "app/cli/digit_check.h"
#include "app/cli/login_file.h"
#include "app/cli/prompt.h"
#include "app/profile/slot_choice.h"

namespace gx::cli {

using namespace Qt::StringLiterals;
using messenger::SignInOutcome;

namespace {

QByteArray deviceName(const CommandLine &line) {
  if (!line.deviceName.isEmpty()) return line.deviceName.left(64).toUtf8();
  return (u"gx-cli on "_s + QSysInfo::machineHostName()).left(64).toUtf8();
}

Result<messenger::Credentials> credentials(const CommandLine &line) {
  if (!line.loginFile.isEmpty()) return readLoginFile(line.loginFile);
  const auto account = askLine(u"Account:"_s);
  if (!account) return fail(ErrorKind::Invalid, "sign-in needs --login-file FILE or a terminal", "usage");
  auto password = askSecret(u"Password:"_s);
  if (!password) return tl::unexpected(password.error());
  return messenger::Credentials{account->toLower().toUtf8(), password->view().toByteArray()};
}

void tellOffer(CliSession &cli) {
  const QString id = QString::number(cli.account().account.self.device.value);
  cli.output().note(u"This device waits for approval. On another device of the account:  gx-cli devices approve "_s +
                    id);
  QJsonObject members;
  members[u"device_id"_s] = static_cast<qint64>(cli.account().account.self.device.value);
  cli.output().event("link_offered", members);
}

void takeDigits(CliSession &cli, const QByteArray &digits, std::stop_source &stop) {
  cli.output().note(u"Both devices must show:  "_s + spacedDigits(digits));
  QJsonObject members;
  members[u"digits"_s] = QString::fromLatin1(digits);
  cli.output().event("link_digits", members);
  const DigitCheck known = checkDigits(cli, digits);
  if (known == DigitCheck::NobodyToAsk)
    stop.request_stop();
  else
    cli.session().linking().confirm(known == DigitCheck::Same);
}

// With --digits it goes on where an earlier run stopped for want of somebody to ask.
Async<> linkDevice(CliSession &cli, std::stop_token stop) {
  messenger::Linking &linking = cli.session().linking();
  QByteArray typed = typedDigits(cli.line());
  Result<> linked = fail(ErrorKind::NotFound, "no digits to go on with", "no_link");
  if (!typed.isEmpty()) linked = co_await linking.resume(std::move(typed), stop);
  if (!linked && linked.error().code == "no_link") linked = co_await linking.waitForApproval(stop);
  co_return linked;
}

Async<ExitCode> waitForApproval(CliSession &cli) {
  if (cli.line().noWait) {
    tellOffer(cli);
    co_return kPending;
  }
  messenger::Linking &linking = cli.session().linking();
  std::stop_source stop;
  QObject listener;
  QObject::connect(&linking, &messenger::Linking::offered, &listener, [&cli] { tellOffer(cli); });
  QObject::connect(&linking, &messenger::Linking::digitsReady, &listener,
                   [&cli, &stop](const QByteArray &digits) { takeDigits(cli, digits, stop); });
  const auto linked = co_await linkDevice(cli, stop.get_token());
  if (linked) co_return kOk;
  if (stop.stop_requested()) co_return tl::unexpected(digitsUnconfirmed());
  if (linked.error().code == "digits_differ") {  // nothing of this device is of use any more
    const auto erased = co_await cli.profile().erase();
    if (!erased) co_return tl::unexpected(erased.error());
  }
  co_return tl::unexpected(linked.error());
}

void tellSignedIn(CliSession &cli, bool wasSignedIn) {
  const vault::AccountRecord &record = cli.account();
  cli.output().say((wasSignedIn ? u"Already signed in as "_s : u"Signed in as "_s) + record.account.name +
                   u", device "_s + QString::number(record.account.self.device.value) + u'.');
  QJsonObject members;
  members[u"account"_s] = record.account.name;
  members[u"user_id"_s] = QString::fromLatin1(toText(record.account.self.user));
  members[u"device_id"_s] = static_cast<qint64>(record.account.self.device.value);
  members[u"already"_s] = wasSignedIn;
  cli.output().event("signed_in", members);
}

Result<> giveRecoveryCode(CliSession &cli) {
  if (cli.profile().hasRecoveryCode()) return {};
  const auto code = cli.profile().makeRecoveryCode();
  if (!code) return tl::unexpected(code.error());
  cli.output().note(
      u"Recovery code of this profile, shown only now. Write it down; it opens your messages when the keychain "
      u"or passphrase is gone:\n\n    "_s +
      *code + u'\n');
  return {};
}

// Loads what sign-in stored, then goes on until the device is approved.
Async<ExitCode> settle(CliSession &cli, SignInOutcome outcome, bool wasSignedIn) {
  const auto restored = co_await cli.session().restore();
  if (!restored) co_return tl::unexpected(restored.error());
  ExitCode code = kOk;
  if (outcome == SignInOutcome::Pending) {
    const auto waited = co_await waitForApproval(cli);
    if (!waited) co_return tl::unexpected(waited.error());
    code = *waited;
  }
  if (code == kOk) tellSignedIn(cli, wasSignedIn);
  co_return code;
}

Async<ExitCode> signIn(CliSession &cli, messenger::Credentials typed) {
  const bool newIdentity = cli.line().newIdentity;
  QByteArray device = deviceName(cli.line());
  const auto outcome = co_await cli.session().signIn().signIn(std::move(typed), std::move(device), newIdentity);
  if (!outcome) co_return tl::unexpected(outcome.error());
  const auto given = giveRecoveryCode(cli);
  if (!given) co_return tl::unexpected(given.error());
  const auto loaded = co_await cli.reload();
  if (!loaded) co_return tl::unexpected(loaded.error());
  co_return co_await settle(cli, *outcome, false);
}

Async<ExitCode> signInAgain(CliSession &cli, QByteArray account) {
  if (cli.account().account.name.toUtf8() != account)
    co_return fail(ErrorKind::Conflict, "another account is signed in here", "signed_in_already");
  const auto restored = co_await cli.session().restore();
  if (!restored) co_return tl::unexpected(restored.error());
  const auto outcome = co_await cli.session().signIn().finish(cli.line().newIdentity);
  if (!outcome) co_return tl::unexpected(outcome.error());
  co_return co_await settle(cli, *outcome, true);
}

}  // namespace

Async<ExitCode> runRegister(CliSession &cli) {
  const auto typed = credentials(cli.line());
  if (!typed) co_return tl::unexpected(typed.error());
  const auto opened = co_await cli.open(true);
  if (!opened) co_return tl::unexpected(opened.error());
  if (!cli.account().account.name.isEmpty())
    co_return fail(ErrorKind::Conflict, "somebody is signed in here", "signed_in_already");
  std::optional<QByteArray> invite;
  if (!cli.line().invite.isEmpty()) invite = cli.line().invite.toUtf8();
  const auto made = co_await cli.session().signIn().registerAccount(*typed, std::move(invite));
  if (!made) co_return tl::unexpected(made.error());
  co_return co_await signIn(cli, *typed);
}

Async<ExitCode> runLogin(CliSession &cli) {
  const auto typed = credentials(cli.line());
  if (!typed) co_return tl::unexpected(typed.error());
  const auto opened = co_await cli.open(true);
  if (!opened) co_return tl::unexpected(opened.error());
  if (!cli.account().account.name.isEmpty()) co_return co_await signInAgain(cli, typed->account);
  co_return co_await signIn(cli, *typed);
}

Async<ExitCode> runLogout(CliSession &cli) {
  const auto opened = co_await cli.open(false);
  if (!opened) co_return tl::unexpected(opened.error());
  const QString question =
      u"Remove this device from the account and erase its profile with all messages? Other devices keep theirs."_s;
  if (!cli.line().yes && !confirm(question)) {
    cli.output().note(u"Nothing was changed."_s);
    co_return kFailed;
  }
  if (!cli.account().account.name.isEmpty()) {
    const auto restored = co_await cli.session().restore();
    // Signed out by the relay already: only this folder is left to clean.
    if (!restored && restored.error().kind != ErrorKind::Unauthorized) co_return tl::unexpected(restored.error());
    if (restored) {
      const auto out = co_await cli.session().signIn().signOut();
      if (!out && out.error().kind != ErrorKind::Unauthorized) co_return tl::unexpected(out.error());
    }
  }
  const auto erased = co_await cli.profile().erase();
  if (!erased) co_return tl::unexpected(erased.error());
  cli.output().say(u"Signed out. This profile is erased."_s);
  QJsonObject none;
  cli.output().event("signed_out", none);
  co_return kOk;
}

Async<ExitCode> runWhoami(CliSession &cli) {
  const auto opened = co_await cli.open(false);
  if (!opened) co_return tl::unexpected(opened.error());
  const vault::AccountRecord &record = cli.account();
  if (record.account.name.isEmpty()) co_return fail(ErrorKind::Unauthorized, "nobody", "not_signed_in");
  const QString slot = secrets::slotName(cli.profile().openedBy());
  const QString device = QString::number(record.account.self.device.value);
  const QString waits = record.account.isApproved ? QString() : u" (waits for approval)"_s;
  cli.output().say(record.account.name);
  cli.output().say(u"  device   "_s + device + u"  "_s + record.account.deviceName + waits);
  cli.output().say(u"  relay    "_s + cli.profile().file().api + u"  ("_s + record.environment + u')');
  cli.output().say(u"  opened   by "_s + slot);
  QJsonObject members;
  members[u"account"_s] = record.account.name;
  members[u"user_id"_s] = QString::fromLatin1(toText(record.account.self.user));
  members[u"device_id"_s] = static_cast<qint64>(record.account.self.device.value);
  members[u"device_name"_s] = record.account.deviceName;
  members[u"approved"_s] = record.account.isApproved;
  members[u"relay"_s] = cli.profile().file().api;
  members[u"environment"_s] = record.environment;
  members[u"slot"_s] = slot;
  cli.output().event("whoami", members);
  co_return kOk;
}

}  // namespace gx::cli
