// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/store/message_store.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

// A store with lines of one sender in one conversation.
class HistoryTest : public StoreTest {
 protected:
  store::MessageRow row(quint32 number, qint64 time, const QString &text = QStringLiteral("text")) {
    store::MessageRow result;
    result.message.id = idOf<ClientMessageId>(number);
    result.message.conversation = chat;
    result.message.sender = {bob, DeviceId{2}};
    result.message.text = text;
    result.message.state = model::MessageState::Delivered;
    result.message.sentAt = fromMillis(time);
    result.isUnread = true;
    result.chainSequence = number;
    result.sortTime = time;
    return result;
  }
  store::MessageRow inserts(store::MessageRow line) {
    line.id = must(messages.insert(line));
    return line;
  }
  // Lines 1 … `lines` at the times 1 … `lines`, in one transaction.
  void fills(quint32 lines, const QString &text = QStringLiteral("text")) {
    must(database->execute("BEGIN"));
    for (quint32 i = 1; i <= lines; ++i) inserts(row(i, i, text));
    must(database->execute("COMMIT"));
  }

  store::MessageStore messages{*database};
};

}  // namespace gx::test
