-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The GX authors
-- Ids are 16-byte UUIDs (BLOB) except devices (integers); times are milliseconds since 1970. hex("id") shows an id.

CREATE TABLE "StoreInfo" (
  "id" INTEGER PRIMARY KEY CHECK ("id" = 1),
  "environment" TEXT NOT NULL,
  "createdAt" BIGINT NOT NULL
);

CREATE TABLE "Account" (
  "id" BLOB NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL UNIQUE,
  "passwordHash" TEXT NOT NULL,
  "deviceGeneration" BIGINT NOT NULL DEFAULT 0,
  "createdAt" BIGINT NOT NULL
);

CREATE TABLE "Invite" (
  "codeHash" BLOB NOT NULL PRIMARY KEY,
  "usesLeft" INTEGER NOT NULL,
  "expiresAt" BIGINT NOT NULL
);

CREATE TABLE "Device" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "userId" BLOB NOT NULL REFERENCES "Account" ("id"),
  "name" TEXT NOT NULL,
  "state" TEXT NOT NULL CHECK ("state" IN ('PENDING', 'ACTIVE', 'REVOKED')),
  "createdAt" BIGINT NOT NULL,
  "lastSeenDay" INTEGER NOT NULL DEFAULT 0,
  "bootCounter" BIGINT NOT NULL DEFAULT 0,
  "bootSends" BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX "Device_userId" ON "Device" ("userId", "state");
CREATE INDEX "Device_pending" ON "Device" ("createdAt") WHERE "state" = 'PENDING';

CREATE TABLE "DeviceManifest" (
  "userId" BLOB NOT NULL REFERENCES "Account" ("id"),
  "chain" INTEGER NOT NULL,
  "version" BIGINT NOT NULL,
  "prevHash" BLOB NOT NULL,
  "op" TEXT NOT NULL CHECK ("op" IN ('add', 'remove')),
  "deviceId" INTEGER NOT NULL,
  "identityKey" BLOB NOT NULL,
  "nameHash" BLOB NOT NULL,
  "createdAt" BIGINT NOT NULL,
  "byDevice" INTEGER NOT NULL,
  "signature" BLOB NOT NULL,
  "entryHash" BLOB NOT NULL,
  PRIMARY KEY ("userId", "chain", "version")
);

CREATE TABLE "DeviceLink" (
  "deviceId" INTEGER NOT NULL PRIMARY KEY REFERENCES "Device" ("id") ON DELETE CASCADE,
  "commitment" BLOB NOT NULL,
  "answerDeviceId" INTEGER,
  "answerIdentityKey" BLOB,
  "answerNonce" BLOB,
  "revealIdentityKey" BLOB,
  "revealNonce" BLOB
);

CREATE TABLE "AccessToken" (
  "hash" BLOB NOT NULL PRIMARY KEY,
  "deviceId" INTEGER NOT NULL REFERENCES "Device" ("id") ON DELETE CASCADE,
  "expiresAt" BIGINT NOT NULL
);
CREATE INDEX "AccessToken_deviceId" ON "AccessToken" ("deviceId");
CREATE INDEX "AccessToken_expiresAt" ON "AccessToken" ("expiresAt");

-- One family per device: every sign-in makes a device of its own.
CREATE TABLE "RefreshToken" (
  "hash" BLOB NOT NULL PRIMARY KEY,
  "family" BLOB NOT NULL,
  "deviceId" INTEGER NOT NULL REFERENCES "Device" ("id") ON DELETE CASCADE,
  "idleUntil" BIGINT NOT NULL,
  "familyEndsAt" BIGINT NOT NULL,
  "rotatedAt" BIGINT,
  "requestId" BLOB,
  "replayUntil" BIGINT,
  "sealedAnswer" BLOB
);
CREATE INDEX "RefreshToken_deviceId" ON "RefreshToken" ("deviceId");
CREATE INDEX "RefreshToken_idleUntil" ON "RefreshToken" ("idleUntil");

CREATE TABLE "Conversation" (
  "id" BLOB NOT NULL PRIMARY KEY,
  "type" TEXT NOT NULL CHECK ("type" IN ('DIRECT', 'GROUP')),
  "directKey" BLOB UNIQUE,
  "createdAt" BIGINT NOT NULL
);

CREATE TABLE "ConversationParticipant" (
  "conversationId" BLOB NOT NULL REFERENCES "Conversation" ("id") ON DELETE CASCADE,
  "userId" BLOB NOT NULL REFERENCES "Account" ("id"),
  "role" TEXT NOT NULL CHECK ("role" IN ('OWNER', 'ADMIN', 'MEMBER')),
  "joinedAt" BIGINT NOT NULL,
  PRIMARY KEY ("conversationId", "userId")
);
CREATE INDEX "ConversationParticipant_userId" ON "ConversationParticipant" ("userId", "conversationId");

-- "waiting": mailboxes that still hold it. Rows outlive their letters: they are the memory of what was accepted.
CREATE TABLE "Message" (
  "id" BLOB NOT NULL PRIMARY KEY,
  "conversationId" BLOB NOT NULL,
  "senderId" BLOB NOT NULL,
  "senderDeviceId" INTEGER NOT NULL,
  "clientMsgId" BLOB NOT NULL,
  "bodyHash" BLOB NOT NULL,
  "type" TEXT NOT NULL CHECK ("type" IN ('PAIRWISE', 'SENDER_KEY')),
  -- SQLite builds the list of an IN of three anew for every row that is written; that costs more than the row.
  "status" TEXT NOT NULL CHECK ("status" IN ('ACCEPTED', 'DELIVERED') OR "status" = 'EXPIRED'),
  "waiting" INTEGER NOT NULL,
  "createdAt" BIGINT NOT NULL,
  UNIQUE ("senderDeviceId", "clientMsgId")
);

CREATE TABLE "MessageDeliveryReceipt" (
  "messageId" BLOB NOT NULL,
  "deviceId" INTEGER NOT NULL,
  "deliveredAt" BIGINT NOT NULL,
  PRIMARY KEY ("messageId", "deviceId")
) WITHOUT ROWID;

-- "id" only gives the order of arrival over all mailboxes.
CREATE TABLE "Mailbox" (
  "id" INTEGER PRIMARY KEY,
  "deviceId" INTEGER NOT NULL,
  "seq" BIGINT NOT NULL,
  "messageId" BLOB NOT NULL,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('prekey', 'message')),
  "ciphertext" BLOB NOT NULL,
  "createdAt" BIGINT NOT NULL,
  UNIQUE ("deviceId", "seq")
);

-- One row per active device: without it nothing can be put into its mailbox.
CREATE TABLE "MailboxHead" (
  "deviceId" INTEGER NOT NULL PRIMARY KEY,
  "head" BIGINT NOT NULL DEFAULT 0,
  "acked" BIGINT NOT NULL DEFAULT 0,
  "expired" BIGINT NOT NULL DEFAULT 0,
  "letters" INTEGER NOT NULL DEFAULT 0,
  "bytes" BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE "UserSignalKey" (
  "deviceId" INTEGER NOT NULL PRIMARY KEY REFERENCES "Device" ("id") ON DELETE CASCADE,
  "userId" BLOB NOT NULL,
  "identityKey" BLOB NOT NULL,
  "registrationId" BIGINT NOT NULL,
  "signedPreKeyId" INTEGER NOT NULL,
  "signedPreKey" BLOB NOT NULL,
  "signedPreKeySignature" BLOB NOT NULL,
  "lastResortPreKey" BLOB NOT NULL,
  "keyGeneration" BIGINT NOT NULL DEFAULT 1,
  "updatedAt" BIGINT NOT NULL
);

-- Claimed prekeys stay a while, so that a repeated upload cannot hand one out twice.
CREATE TABLE "SignalPreKey" (
  "deviceId" INTEGER NOT NULL REFERENCES "Device" ("id") ON DELETE CASCADE,
  "keyId" INTEGER NOT NULL,
  "publicKey" BLOB NOT NULL,
  "claimedAt" BIGINT,
  PRIMARY KEY ("deviceId", "keyId")
);
CREATE INDEX "SignalPreKey_free" ON "SignalPreKey" ("deviceId", "keyId") WHERE "claimedAt" IS NULL;
CREATE INDEX "SignalPreKey_claimedAt" ON "SignalPreKey" ("claimedAt") WHERE "claimedAt" IS NOT NULL;
