// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/bench/generator/socketio_link.h"

#include <charconv>

namespace gx::bench {

void SocketIoLink::open(const WebLink::Address &address, std::string payload) {
  m_payload = std::move(payload);
  m_link.open(address);
}

void SocketIoLink::textReceived(std::string_view text) {
  if (text.starts_with("42[\"")) {
    const auto end = text.find('"', 4);
    if (end != std::string_view::npos) m_user.eventReceived(*this, text.substr(4, end - 4), text.substr(end + 1));
  } else if (text.starts_with("43")) {
    std::uint32_t id = 0;
    const auto read = std::from_chars(text.data() + 2, text.data() + text.size(), id);
    m_user.acknowledged(*this, id, text.substr(static_cast<std::size_t>(read.ptr - text.data())));
  } else if (text == "2") {
    m_link.sendText("3");
  } else if (text.starts_with('0')) {
    m_link.sendText("40" + m_payload);
  } else if (text.starts_with("40")) {
    m_user.connected(*this);
  } else {  // refused, disconnected
    m_link.close();
    m_user.ended(*this);
  }
}

}  // namespace gx::bench
