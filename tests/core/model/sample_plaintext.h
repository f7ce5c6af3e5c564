// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/model/plaintext.h"

namespace gx::test {

inline const UserId kAliceUser = *parseId<UserId>("01890a5d-ac96-774b-bcce-b302099a8057");
inline const UserId kBobUser = *parseId<UserId>("01890a5d-ac96-774b-bcce-b302099a8058");
inline const ConversationId kTheirTalk = *parseId<ConversationId>("01890a5d-ac96-774b-bcce-b302099a8059");
inline const ClientMessageId kFirstMessage = *parseId<ClientMessageId>("01890a5d-ac96-774b-bcce-b302099a8060");
inline const ClientMessageId kSecondMessage = *parseId<ClientMessageId>("01890a5d-ac96-774b-bcce-b302099a8061");
inline const MessageId kEnvelope = *parseId<MessageId>("01890a5d-ac96-774b-bcce-b302099a8062");

inline model::ContentHeader sampleHeader() {
  model::ContentHeader header;
  header.sender = {kAliceUser, DeviceId{17}};
  header.recipient = {kBobUser, DeviceId{23}};
  header.conversation = kTheirTalk;
  header.id = kFirstMessage;
  header.sentAt = fromMillis(1'750'000'000'000);
  header.chainSequence = 12;
  header.previousHash = QByteArray(32, 'p');
  header.senderManifest = {1, QByteArray(32, 's')};
  header.recipientManifest = {2, QByteArray(32, 'r')};
  return header;
}

inline model::Plaintext samplePlaintext(model::Content content) {
  return {sampleHeader(), std::move(content)};
}

}  // namespace gx::test
