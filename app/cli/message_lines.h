// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QJsonObject>

#include "app/cli/cli_session.h"

namespace gx::cli {

// One message as a line for people: "#a1b2c3 14:07 bob@gxcoin.test: hello ✓✓".
[[nodiscard]] QString messageLine(const model::Message &message, const QString &sender, bool isOwn, WallTime now);
// What --json says of a message.
[[nodiscard]] QJsonObject messageObject(const model::Message &message, const QString &sender, bool isOwn);
// The end of a message's id that stands for it: six characters.
[[nodiscard]] QString shownId(const ClientMessageId &id);

// Looks up who wrote it, then prints it: `type` is the JSON line's type ("message", "changed", "history").
[[nodiscard]] Async<> printMessage(CliSession &cli, model::Message message, const char *type);

}  // namespace gx::cli
