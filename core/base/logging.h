// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QLoggingCategory>

// One category a folder. Quiet when all is well; no message text, names, addresses, keys or tokens (CONTRIBUTING.md,
// Logging).
namespace gx {

Q_DECLARE_LOGGING_CATEGORY(lcBase)
Q_DECLARE_LOGGING_CATEGORY(lcWire)
Q_DECLARE_LOGGING_CATEGORY(lcCrypto)
Q_DECLARE_LOGGING_CATEGORY(lcSecrets)
Q_DECLARE_LOGGING_CATEGORY(lcStore)
Q_DECLARE_LOGGING_CATEGORY(lcVault)
Q_DECLARE_LOGGING_CATEGORY(lcNet)
Q_DECLARE_LOGGING_CATEGORY(lcMessenger)
Q_DECLARE_LOGGING_CATEGORY(lcApp)
Q_DECLARE_LOGGING_CATEGORY(lcServerServices)
Q_DECLARE_LOGGING_CATEGORY(lcServerSql)
Q_DECLARE_LOGGING_CATEGORY(lcServerCache)
Q_DECLARE_LOGGING_CATEGORY(lcServerNet)
Q_DECLARE_LOGGING_CATEGORY(lcServerHttp)
Q_DECLARE_LOGGING_CATEGORY(lcServerRealtime)
Q_DECLARE_LOGGING_CATEGORY(lcServerGateway)
Q_DECLARE_LOGGING_CATEGORY(lcServer)

// Lines on stderr: "2026-01-31T12:00:00.000 warning gx.core.net: text", control characters escaped. Main functions call
// it first.
void installLogPattern();

}  // namespace gx
