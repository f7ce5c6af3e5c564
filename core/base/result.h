// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <tl/expected.hpp>

#include "core/base/error.h"

namespace gx {

// The value, or why there is none. Functions returning it are [[nodiscard]].
template <typename T = void>
using Result = tl::expected<T, Error>;

// `return fail(ErrorKind::Invalid, "empty name");`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, QByteArray detail, QByteArray code = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(detail), std::move(code)});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace gx
