// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "server/net/chunked_body.h"
#include "server/net/framing_rules.h"
#include "server/net/head_scanner.h"
#include "server/net/http_exchange.h"

namespace gx::server::net {

// HTTP/1.1 requests out of one connection's bytes, one after the other. The head is read by libhttp-parser after
// HeadScanner found nothing to object to, and FramingRules have the last word: the library alone is lenient where it
// must not be. No socket in it.
class HttpParser final {
 public:
  enum class Event { NeedMore, Head, Body, Complete, Failed };

  explicit HttpParser(const NetLimits &limits) : m_scanner(limits) {}

  // Takes from [at, end) and moves `at`. Head: request() and framing() are filled, the body follows. Body: a piece of
  // it in body(). Complete: the next call begins the next request. Failed: fault() says why; the connection must end.
  [[nodiscard]] Event next(const char *&at, const char *end);

  [[nodiscard]] HttpRequest &request() { return m_request; }
  [[nodiscard]] const MessageFraming &framing() const { return m_framing; }
  [[nodiscard]] QByteArrayView body() const { return m_body; }
  [[nodiscard]] const HttpFault &fault() const { return m_fault; }
  // The request was HTTP/1.1: its client understands chunks.
  [[nodiscard]] bool canChunk() const { return m_minorVersion >= 1; }
  // Some bytes of a head came, but not all.
  [[nodiscard]] bool isInsideHead() const { return m_state == State::Head && !m_head.isEmpty(); }

 private:
  enum class State : quint8 { Head, FixedBody, ChunkedBody, Done, Failed };

  [[nodiscard]] Event nextHead(const char *&at, const char *end);
  [[nodiscard]] Event takeHead(QByteArrayView head, int fieldCount);
  [[nodiscard]] Event nextFixed(const char *&at, const char *end);
  [[nodiscard]] Event nextChunk(const char *&at, const char *end);
  [[nodiscard]] Event failed(const HttpFault &fault);
  [[nodiscard]] bool readTarget(QByteArrayView target);

  HeadScanner m_scanner;
  QByteArray m_head;  // of which more must come
  HttpRequest m_request;
  MessageFraming m_framing;
  HttpFault m_fault;
  ChunkedBody m_chunks;
  QByteArrayView m_body;
  qint64 m_left = 0;
  int m_minorVersion = 1;
  State m_state = State::Head;
};

}  // namespace gx::server::net
