// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArrayView>

namespace gx::wire {

// Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. NUL is allowed.
[[nodiscard]] bool isUtf8(QByteArrayView bytes);

// Length of the well-formed sequence of two to four bytes at `at`, 0 if there is none.
[[nodiscard]] int utf8SequenceLength(const char *at, const char *end);

}  // namespace gx::wire
