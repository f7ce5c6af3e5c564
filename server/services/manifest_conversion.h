// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <span>
#include <vector>

#include "core/curve/manifest_entry.h"
#include "core/wire/manifest_dto.h"

namespace gx::server::services {

// The wire's entry as core/curve checks it. Invalid invalid_manifest when its key is none.
[[nodiscard]] Result<curve::ManifestEntry> toCurve(const wire::ManifestEntry &entry);
[[nodiscard]] Result<std::vector<curve::ManifestEntry>> toCurve(std::span<const wire::ManifestEntry> entries);

}  // namespace gx::server::services
