// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

// Names of all realtime events (PROTOCOL.md section 6).
namespace gx::wire::events {

inline constexpr char kReady[] = "ready";
inline constexpr char kMail[] = "mail";
inline constexpr char kMailAck[] = "mail.ack";
inline constexpr char kMessageSend[] = "message.send";
inline constexpr char kTyping[] = "typing";
inline constexpr char kPresenceSet[] = "presence.set";
inline constexpr char kPresenceWatch[] = "presence.watch";
inline constexpr char kPresence[] = "presence";
inline constexpr char kKeysLow[] = "keys.low";
inline constexpr char kManifestChanged[] = "manifest.changed";
inline constexpr char kDeviceLink[] = "device.link";
inline constexpr char kAuthRenew[] = "auth.renew";
inline constexpr char kAuthExpiring[] = "auth.expiring";
inline constexpr char kClosing[] = "closing";

}  // namespace gx::wire::events

namespace gx::wire {

// WebSocket close codes of our own (PROTOCOL.md section 6).
inline constexpr int kCloseUnauthorized = 4401;
inline constexpr int kCloseReplaced = 4409;

}  // namespace gx::wire
