// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/curve/manifest.h"
#include "core/wire/manifest_dto.h"
#include "server/domain/manifest_repository.h"
#include "server/domain/principal.h"

namespace gx::server::services {

// Whether `who` may append this to the account's chain, as far as signatures and order say. forbidden, device_pending,
// invalid_manifest, invalid_signature, manifest_conflict or too_many_devices when not.
[[nodiscard]] Result<domain::ManifestAct> checkManifestAppend(const domain::Principal &who,
                                                              const wire::ManifestAppend &request,
                                                              std::span<const wire::ManifestEntry> chain);

}  // namespace gx::server::services
