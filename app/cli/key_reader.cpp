// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/key_reader.h"

#include <array>

namespace gx::cli {

using namespace Qt::StringLiterals;
using Kind = KeyPress::Kind;
using Edit = LineEditor::Key;

namespace {

constexpr char kPasteStart[] = "\x1b[200~";
constexpr char kPasteEnd[] = "\x1b[201~";
constexpr qsizetype kMaxSequence = 32;  // what has no final byte until then is none

struct Sequence {
  const char *bytes;
  KeyPress press;
};

KeyPress edit(Edit key) {
  return KeyPress{Kind::Edit, {}, key};
}

const std::array<Sequence, 12> &sequences() {
  static const std::array<Sequence, 12> kSequences{{{"\x1b[A", edit(Edit::Home)},
                                                    {"\x1b[B", edit(Edit::End)},
                                                    {"\x1b[C", edit(Edit::Right)},
                                                    {"\x1b[D", edit(Edit::Left)},
                                                    {"\x1b[H", edit(Edit::Home)},
                                                    {"\x1b[F", edit(Edit::End)},
                                                    {"\x1bOH", edit(Edit::Home)},
                                                    {"\x1bOF", edit(Edit::End)},
                                                    {"\x1b[3~", edit(Edit::Delete)},
                                                    {"\x1b[5~", KeyPress{Kind::PageUp, {}, Edit::Left}},
                                                    {"\x1b[6~", KeyPress{Kind::PageDown, {}, Edit::Left}},
                                                    {"\x1b[1~", edit(Edit::Home)}}};
  return kSequences;
}

std::optional<KeyPress> controlKey(char c) {
  switch (c) {
    case '\r':
    case '\n':
      return KeyPress{Kind::Enter, {}, Edit::Left};
    case 3:
    case 4:
      return KeyPress{Kind::Quit, {}, Edit::Left};
    case 1:
      return edit(Edit::Home);
    case 5:
      return edit(Edit::End);
    case 8:
    case 127:
      return edit(Edit::Backspace);
    case 21:
      return edit(Edit::ClearLine);
    case 23:
      return edit(Edit::ClearWord);
    case '\t':
      return KeyPress{Kind::Text, u" "_s, Edit::Left};
    default:
      return KeyPress{Kind::Text, {}, Edit::Left};  // no meaning here
  }
}

int utf8Length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0xc0) return 1;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

}  // namespace

std::vector<KeyPress> KeyReader::take(const QByteArray &bytes) {
  m_rest += bytes;
  std::vector<KeyPress> presses;
  while (!m_rest.isEmpty()) {
    auto press = takeOne();
    if (!press) break;
    if (press->kind != Kind::Text || !press->text.isEmpty()) presses.push_back(std::move(*press));
  }
  return presses;
}

std::optional<KeyPress> KeyReader::takeOne() {
  const char first = m_rest[0];
  if (first == '\x1b') return takeEscape();
  if (static_cast<unsigned char>(first) >= 0x20 && first != 127) return takeText();
  m_rest.remove(0, 1);
  return controlKey(first);
}

std::optional<KeyPress> KeyReader::takeEscape() {
  if (m_rest.startsWith(kPasteStart)) return takePaste();
  for (const Sequence &sequence : sequences()) {
    if (!m_rest.startsWith(sequence.bytes)) continue;
    m_rest.remove(0, static_cast<qsizetype>(qstrlen(sequence.bytes)));
    return sequence.press;
  }
  if (m_rest.size() < 3) return std::nullopt;
  // A sequence without meaning here: up to its final byte (ECMA-48 5.4), which may not be here yet.
  qsizetype end = m_rest[1] == '[' ? 2 : 1;
  while (end < m_rest.size() && (m_rest[end] < 0x40 || m_rest[end] > 0x7e)) ++end;
  if (end == m_rest.size() && end < kMaxSequence) return std::nullopt;
  m_rest.remove(0, std::min(end + 1, m_rest.size()));
  return KeyPress{Kind::Text, {}, Edit::Left};
}

std::optional<KeyPress> KeyReader::takePaste() {
  const qsizetype from = static_cast<qsizetype>(qstrlen(kPasteStart));
  const qsizetype end = m_rest.indexOf(kPasteEnd, from);
  if (end < 0) return std::nullopt;
  QString text = QString::fromUtf8(m_rest.mid(from, end - from));
  m_rest.remove(0, end + static_cast<qsizetype>(qstrlen(kPasteEnd)));
  for (QChar &c : text)
    if (c.unicode() < 0x20) c = u' ';
  return KeyPress{Kind::Text, text, Edit::Left};
}

std::optional<KeyPress> KeyReader::takeText() {
  const int length = utf8Length(m_rest[0]);
  if (m_rest.size() < length) return std::nullopt;
  const QString text = QString::fromUtf8(m_rest.left(length));
  m_rest.remove(0, length);
  return KeyPress{Kind::Text, text, Edit::Left};
}

}  // namespace gx::cli
