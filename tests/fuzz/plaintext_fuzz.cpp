// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/model/content_codec.h"
#include "core/model/plaintext_codec.h"
#include "tests/fuzz/fuzz_input.h"

// What stands inside the encryption, from a peer that may be anybody's program: what is taken is within its limits, is
// written, and reads as the same again.
namespace {

using namespace gx;
using namespace gx::fuzz;

bool isText(const QString &text, qsizetype limit) {
  return !text.isEmpty() && text.isValidUtf16() && text.toUtf8().size() <= limit;
}

struct ContentCheck {
  void operator()(const model::Text &content) const { require(isText(content.text, model::kMaxTextBytes)); }
  void operator()(const model::Edit &content) const { require(isText(content.text, model::kMaxTextBytes)); }
  void operator()(const model::Reply &content) const {
    require(isText(content.text, model::kMaxTextBytes));
    require(content.excerpt.isEmpty() || isText(content.excerpt, model::kMaxExcerptBytes));
  }
  void operator()(const model::Reaction &content) const { require(isText(content.emoji, model::kMaxEmojiBytes)); }
  void operator()(const model::Receipt &content) const {
    require(!content.messages.empty() && content.messages.size() <= model::kMaxReceiptMessages);
  }
  void operator()(const model::Unsupported &content) const { require(isText(content.kind, 64)); }
  void operator()(const auto &) const {}
};

// As the outbox keeps it.
void checkContent(const model::Content &content) {
  std::visit(ContentCheck(), content);
  const auto written = model::encodeContent(content);
  require(written.has_value());
  const auto again = model::decodeContent(*written);
  require(again.has_value() && *again == content);
}

void checkHeader(const model::ContentHeader &header) {
  require(!header.sender.device.isNull() && !header.recipient.device.isNull());
  require(header.chainSequence > 0 && header.previousHash.size() == 32 && toMillis(header.sentAt) >= 0);
  require(header.senderManifest.hash.size() == 32 && header.recipientManifest.hash.size() == 32);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
  if (const auto content = model::decodeContent(bytes)) checkContent(*content);

  const auto plaintext = model::decodePlaintext(bytes);
  if (!plaintext) {
    require(!plaintext.error().detail.isEmpty());
    return 0;
  }
  checkHeader(plaintext->header);
  checkContent(plaintext->content);
  const auto written = model::encodePlaintext(*plaintext);
  if (std::holds_alternative<model::Unsupported>(plaintext->content)) {
    require(!written);
    return 0;
  }
  require(written.has_value());
  const auto again = model::decodePlaintext(*written);
  require(again.has_value() && *again == *plaintext);
  require(model::headerHash(again->header) == model::headerHash(plaintext->header));
  return 0;
}
