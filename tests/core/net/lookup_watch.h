// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>

namespace gx::test {

// Every name this process asked its resolver for, addresses aside; any thread. The C library's getaddrinfo() is watched
// in this test binary.
[[nodiscard]] QList<QByteArray> lookedUpNames();

}  // namespace gx::test
