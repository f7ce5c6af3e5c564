// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

// Path templates of all REST endpoints, relative to kApiPrefix (PROTOCOL.md section 2). {x} stands for one segment.
namespace gx::wire::routes {

inline constexpr char kApiPrefix[] = "/api/v1";
inline constexpr char kSocketPath[] = "/socket.io/";

inline constexpr char kOpenApi[] = "/openapi.json";
inline constexpr char kRegister[] = "/auth/register";
inline constexpr char kLogin[] = "/auth/login";
inline constexpr char kRefresh[] = "/auth/refresh";
inline constexpr char kLogout[] = "/auth/logout";
inline constexpr char kDevices[] = "/auth/devices";
inline constexpr char kDevice[] = "/auth/devices/{device_id}";
inline constexpr char kKeys[] = "/keys";
inline constexpr char kKeysReset[] = "/keys/reset";
inline constexpr char kKeysCount[] = "/keys/count";
inline constexpr char kKeysAudit[] = "/keys/audit";
inline constexpr char kKeysBundles[] = "/keys/bundles";
inline constexpr char kKeysDevices[] = "/keys/devices/{user_id}";
inline constexpr char kManifestOf[] = "/keys/manifest/{user_id}";
inline constexpr char kManifest[] = "/keys/manifest";
inline constexpr char kLink[] = "/keys/link";
inline constexpr char kLinkOf[] = "/keys/link/{device_id}";
inline constexpr char kConversations[] = "/conversations";
inline constexpr char kConversation[] = "/conversations/{conversation_id}";
inline constexpr char kMessages[] = "/messages";
inline constexpr char kMessagesAck[] = "/messages/ack";

}  // namespace gx::wire::routes
