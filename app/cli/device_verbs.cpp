// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/device_verbs.h"

#include <stop_token>

#include "app/cli/digit_check.h"
#include "core/wire/account_dto.h"
#include "ui/text/message_text.h"

namespace gx::cli {

using namespace Qt::StringLiterals;

namespace {

void printDevice(Output &output, const wire::DeviceInfo &device) {
  const QString state = device.state == wire::DeviceState::Pending ? u"waits for approval"_s : u"active"_s;
  const QString seen =
      device.lastSeenDay.isEmpty() ? u"never seen"_s : u"last seen "_s + QString::fromLatin1(device.lastSeenDay);
  output.say(QString::number(device.deviceId.value).rightJustified(10) + u"  "_s +
             text::harmless(QString::fromUtf8(device.name)) + u"  "_s + output.dim(state + u", "_s + seen) +
             (device.current ? u"  (this one)"_s : u""_s));
  QJsonObject members;
  members[u"device_id"_s] = static_cast<qint64>(device.deviceId.value);
  members[u"name"_s] = QString::fromUtf8(device.name);
  members[u"state"_s] = QLatin1String(wire::toText(device.state));
  members[u"last_seen_day"_s] = QString::fromLatin1(device.lastSeenDay);
  members[u"current"_s] = device.current;
  output.event("device", members);
}

Async<ExitCode> list(CliSession &cli) {
  const auto devices = co_await cli.session().relay().api().devices();
  if (!devices) co_return tl::unexpected(devices.error());
  for (const wire::DeviceInfo &device : devices->devices) printDevice(cli.output(), device);
  co_return kOk;
}

DigitCheck tellOffered(CliSession &cli, const messenger::LinkOffer &offer) {
  QJsonObject members;
  members[u"device_id"_s] = static_cast<qint64>(offer.device.value);
  members[u"name"_s] = QString::fromUtf8(offer.name);
  members[u"digits"_s] = QString::fromLatin1(offer.digits);
  cli.output().event("link_digits", members);
  cli.output().note(u"The new device calls itself: "_s + text::harmless(QString::fromUtf8(offer.name)));
  cli.output().note(u"Both devices must show:  "_s + spacedDigits(offer.digits));
  return checkDigits(cli, offer.digits);
}

Async<ExitCode> approve(CliSession &cli, DeviceId device) {
  auto offer = co_await cli.session().linking().answer(device, std::stop_token());
  if (!offer) co_return tl::unexpected(offer.error());
  const DigitCheck known = tellOffered(cli, *offer);
  if (known == DigitCheck::NobodyToAsk) co_return tl::unexpected(digitsUnconfirmed());
  if (known == DigitCheck::Different) {
    const auto refused = co_await cli.session().linking().refuse(device);
    if (!refused) co_return tl::unexpected(refused.error());
    cli.output().note(u"Not approved; the waiting device was taken off the relay."_s);
    co_return fail(ErrorKind::Untrusted, "the devices show different digits", "digits_differ");
  }
  const auto approved = co_await cli.session().linking().approve(std::move(*offer));
  if (!approved) co_return tl::unexpected(approved.error());
  cli.output().say(u"Approved. Once it was confirmed there too, it sends and receives."_s);
  QJsonObject members;
  members[u"device_id"_s] = static_cast<qint64>(device.value);
  cli.output().event("approved", members);
  co_return kOk;
}

Async<ExitCode> takeAway(CliSession &cli, DeviceId device, bool isListed) {
  auto done =
      isListed ? co_await cli.session().linking().remove(device) : co_await cli.session().linking().refuse(device);
  if (!done) co_return tl::unexpected(done.error());
  cli.output().say(isListed ? u"Removed. It can no longer sign in, send or receive."_s : u"Refused."_s);
  QJsonObject members;
  members[u"device_id"_s] = static_cast<qint64>(device.value);
  cli.output().event("removed", members);
  co_return kOk;
}

}  // namespace

Async<ExitCode> runDevices(CliSession &cli) {
  const QString act = cli.line().arguments.value(0);
  const auto device = parseDeviceId(cli.line().arguments.value(1).toLatin1());
  const bool isKnown = act.isEmpty() || act == "approve"_L1 || act == "refuse"_L1 || act == "remove"_L1;
  if (!isKnown || (!act.isEmpty() && !device))
    co_return fail(ErrorKind::Invalid, "devices, or devices approve|refuse|remove ID", "usage");
  const auto opened = co_await cli.open(false);
  if (!opened) co_return tl::unexpected(opened.error());
  if (cli.account().account.name.isEmpty()) co_return fail(ErrorKind::Unauthorized, "nobody", "not_signed_in");
  const auto restored = co_await cli.session().restore();
  if (!restored) co_return tl::unexpected(restored.error());
  if (act.isEmpty()) co_return co_await list(cli);
  if (act == "approve"_L1) co_return co_await approve(cli, *device);
  co_return co_await takeAway(cli, *device, act == "remove"_L1);
}

}  // namespace gx::cli
