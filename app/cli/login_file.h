// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>

#include "core/messenger/sign_in.h"

namespace gx::cli {

// {"account": "alice@gxcoin.test", "password": "…"} in a file that nobody else may read. Invalid: file_is_public,
// bad_login_file.
[[nodiscard]] Result<messenger::Credentials> readLoginFile(const QString &path);

}  // namespace gx::cli
