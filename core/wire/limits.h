// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QtGlobal>
#include <chrono>

// Every limit of the protocol, once, for client and server. The relay's configuration may lower them (and raise the
// attachment size to kLargestAttachmentBytes), never more. Sizes are bytes unless the name says otherwise.
namespace gx::wire::limits {

inline constexpr qsizetype kKiB = 1024;
inline constexpr qsizetype kMiB = 1024 * kKiB;
inline constexpr qint64 kGiB = 1024LL * 1024 * 1024;

// HTTP head: 414 for the request line, 431 for the rest, then close.
inline constexpr qsizetype kRequestLineBytes = 8 * kKiB;
inline constexpr qsizetype kHeaderLineBytes = 8 * kKiB;
inline constexpr int kHeaderCount = 64;
inline constexpr qsizetype kHeaderTotalBytes = 32 * kKiB;
inline constexpr int kContentLengthDigits = 12;  // exactly one Content-Length of 1 to 12 digits
inline constexpr int kPipelinedRequests = 16;    // queued on one connection, then back-pressure

// HTTP time: 408, then close.
inline constexpr std::chrono::seconds kHeaderTime{10};
inline constexpr std::chrono::seconds kBodyGrace{5};
inline constexpr qsizetype kBodyBytesPerSecond = kKiB;  // minimum, after the grace
inline constexpr std::chrono::seconds kKeepAliveIdle{60};
inline constexpr std::chrono::seconds kSendStall{60};  // a peer that reads nothing

// JSON bodies: 413 for the size, 400 for the shape.
inline constexpr qsizetype kJsonBodyBytes = 256 * kKiB;
inline constexpr qsizetype kMessageBodyBytes = kMiB;  // requests that carry envelopes
inline constexpr int kJsonDepth = 32;                 // containers inside each other
inline constexpr int kJsonKeys = 1000;                // in all objects of one text together

// Messages.
inline constexpr qsizetype kEnvelopeBytes = 96 * kKiB;   // ciphertext of one device
inline constexpr qsizetype kEnvelopesTotalBytes = kMiB;  // ciphertext of one request in total
inline constexpr int kRecipientDevices = 60;             // per request
inline constexpr qsizetype kTextBytes = 64 * kKiB;       // UTF-8 of one text
inline constexpr int kCombiningMarksPerBase = 4;
inline constexpr int kShownCodePoints = 20000;
inline constexpr int kReceiptsPerMessage = 200;  // message ids one receipt may name

// Attachments: 413 for the size, 507 for the quota.
inline constexpr qint64 kAttachmentBytes = 100 * qint64{kMiB};
inline constexpr qint64 kLargestAttachmentBytes = 2 * kGiB;  // what configuration may allow
inline constexpr qsizetype kUploadPartBytes = 8 * kMiB;
inline constexpr int kAttachmentsPerMessage = 32;
inline constexpr qint64 kAccountQuotaBytes = 5 * kGiB;
inline constexpr int kParallelUploads = 4;
inline constexpr std::chrono::minutes kVoiceTime{60};
inline constexpr qint64 kVoiceBytes = 24 * qint64{kMiB};

// Engine.IO: close 1009, or 400 on polling.
inline constexpr qsizetype kEnginePayloadBytes = 1'000'000;
inline constexpr int kEnginePacketsPerPost = 64;
inline constexpr std::chrono::seconds kPingInterval{25};
inline constexpr std::chrono::seconds kPingTimeout{20};
inline constexpr std::chrono::seconds kUpgradeTime{10};

// Socket.IO: disconnect.
inline constexpr qsizetype kNamespaceBytes = 64;
inline constexpr int kNamespacesPerSocket = 4;
inline constexpr qsizetype kEventNameBytes = 64;
inline constexpr int kEventAttachments = 10;
inline constexpr int kEventArguments = 8;               // after the name; the same for acks
inline constexpr quint32 kLargestAckId = 0x80000000U;   // 2^31
inline constexpr std::chrono::seconds kBinaryWait{30};  // for promised attachments
inline constexpr int kEventsInFlight = 256;             // sent, not acknowledged; then pause
inline constexpr int kBadAcksPerMinute = 10;            // never asked for, or twice

// WebSocket: 1009 for sizes, 1008 for counts.
inline constexpr qsizetype kWebSocketFrameBytes = 1'000'000;
inline constexpr qsizetype kWebSocketMessageBytes = 1'000'000;
inline constexpr int kWebSocketFragments = 1024;
inline constexpr int kWebSocketPings = 10;  // per kWebSocketPingWindow
inline constexpr std::chrono::seconds kWebSocketPingWindow{10};

// Sockets: dropped; the mail stays in the mailbox.
inline constexpr qsizetype kSendQueueBytes = 4 * kMiB;
inline constexpr int kSendQueuePackets = 1000;
inline constexpr std::chrono::seconds kConnectTime{10};  // to CONNECT with a token
inline constexpr int kUnauthenticatedPerAddress = 20;
inline constexpr int kUnauthenticatedTotal = 1000;
inline constexpr int kConnectionsPerDevice = 2;  // the newest stay, the oldest gets close code 4409
inline constexpr int kConnectionsPerAccount = 12;

// Accounts: 409 or 422.
inline constexpr int kDevicesPerAccount = 6;
inline constexpr int kGroupsPerAccount = 500;
inline constexpr int kMembersPerGroup = 256;
inline constexpr int kPasswordMinCodePoints = 12;
inline constexpr int kPasswordMaxCodePoints = 128;

// Texts and lists of the DTOs: 400. Pages are small enough for kJsonKeys.
inline constexpr qsizetype kAccountBytes = 254;
inline constexpr qsizetype kPasswordBytes = 2048;  // before normalisation; the code points count above
inline constexpr qsizetype kInviteBytes = 128;
inline constexpr qsizetype kDeviceNameBytes = 128;
inline constexpr qsizetype kTokenBytes = 128;
inline constexpr qsizetype kRequestIdBytes = 64;
inline constexpr int kDevicesListed = 64;  // pending ones included
inline constexpr int kPrekeysPerUpload = 100;
inline constexpr int kDevicesPerBundleRequest = 12;
inline constexpr int kManifestPage = 64;       // entries
inline constexpr int kManifestEntries = 1000;  // of one chain
inline constexpr int kConversationPage = 50;   // conversations
inline constexpr int kMailPage = 100;          // letters
inline constexpr int kPresenceWatched = 256;   // people

// Mailbox of one device: 507 to the sender when full; expiry leaves a counted tombstone.
inline constexpr std::chrono::hours kMailboxTime{24 * 30};
inline constexpr int kMailboxEnvelopes = 10'000;
inline constexpr int kMailboxSenders = 4;  // that it takes to fill one: nobody else's account has more than a quarter
inline constexpr qint64 kMailboxBytes = 200 * qint64{kMiB};

// Prekeys of one device.
inline constexpr int kOneTimePrekeys = 200;       // kept at most
inline constexpr int kOneTimePrekeysRefill = 20;  // below this the device uploads up to kOneTimePrekeysGoal
inline constexpr int kOneTimePrekeysGoal = 100;
inline constexpr quint32 kLargestPrekeyId = 0xFFFFFE;
inline constexpr quint32 kLastResortPrekeyId = 0xFFFFFF;

}  // namespace gx::wire::limits
