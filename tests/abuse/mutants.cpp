// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/abuse/mutants.h"

#include <QDir>
#include <QRegularExpression>

#include "tests/abuse/abused_relay.h"
#include "tests/core/wire/vectors.h"
#include "tests/support/json_path.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

struct RawValue {
  const char *what;
  QByteArray json;
};

QByteArray quoted(const QByteArray &text) {
  return '"' + text + '"';
}
QByteArray nested(int levels) {
  return QByteArray(levels, '[') + QByteArray(levels, ']');
}

const std::vector<RawValue> &hostileTexts() {
  static const std::vector<RawValue> texts = [] {
    const QByteArray marker(kMarker);
    std::vector<RawValue> all{
        {"an empty text", "\"\""},
        {"a bidi override", quoted("\xe2\x80\xae" + marker)},
        {"zero width", quoted("\xe2\x80\x8b\xe2\x80\x8d" + marker)},
        {"stacked marks", quoted("a" + QByteArray("\xcc\x81").repeated(40) + marker)},
        {"markup", quoted("<img src=x onerror=" + marker + ">")},
        {"a new line", quoted(R"(\r\nSet-Cookie: )" + marker)},
        {"a terminal's escape", quoted(R"(\u001b]0;)" + marker + R"(\u0007)")},
        {"SQL", quoted("'; DROP TABLE \\\"User\\\"; -- " + marker)},
        {"a format", quoted("%s%n%p{0}${" + marker + "}")},
        {"a path", quoted("../../" + marker)},
        {"beyond the first plane", quoted("\xf0\x9f\x98\x80" + marker)},
    };
    return all;
  }();
  return texts;
}

// Refused wherever they stand.
const std::vector<RawValue> &impossibleValues() {
  static const std::vector<RawValue> values{
      {"NUL", R"("a\u0000b")"},
      {"a number beyond double", "1e400"},
      {"a double member inside", R"({"a":1,"a":2})"},
  };
  return values;
}

const std::vector<RawValue> &oddNumbers() {
  static const std::vector<RawValue> values{
      {"negative", "-1"},
      {"minus zero", "-0"},
      {"a fraction", "1.5"},
      {"an exponent", "1e3"},
      {"beyond JavaScript", "9007199254740993"},
  };
  return values;
}

// Every mutant of one body.
class Mutation final {
 public:
  explicit Mutation(const ValidBody &valid) : m_valid(valid), m_text(compact(valid.body)) {}

  std::vector<Mutant> take() {
    for (const QString &path : jsonPaths(m_valid.body)) change(path);
    for (auto member = m_valid.body.begin(); member != m_valid.body.end(); ++member)
      add(member.key() + u": twice"_s, '{' + quoted(member.key().toUtf8()) + ":1," + m_text.sliced(1));
    replaceWhole();
    return std::move(m_all);
  }

 private:
  void add(const QString &what, QByteArray body, Verdict verdict = Verdict::Refused) {
    m_all.push_back({what.toUtf8(), std::move(body), verdict});
  }
  // The valid body with this JSON at the place.
  void put(const QString &path, const RawValue &value, Verdict verdict) {
    const QJsonValue changed = JsonPath(path).put(m_valid.body, u"@place@"_s);
    add(path + u": "_s + QLatin1String(value.what), compact(changed).replace("\"@place@\"", value.json), verdict);
  }
  [[nodiscard]] bool isOptional(QString path) const {
    static const QRegularExpression kIndex(u"\\[\\d+\\]"_s);
    return m_valid.optional.contains(path.replace(kIndex, u"[]"_s));
  }

  void change(const QString &path) {
    const QJsonValue right = JsonPath(path).valueIn(m_valid.body);
    const bool isElement = path.endsWith(u']');
    const Verdict without = isOptional(path) ? Verdict::Harmless : Verdict::Refused;
    if (!isElement)
      add(path + u": missing"_s, compact(JsonPath(path).put(m_valid.body, QJsonValue::Undefined)), without);
    put(path, {"null", "null"}, without);
    const auto unless = [&](QJsonValue::Type type) {
      return right.type() == type ? Verdict::Harmless : Verdict::Refused;
    };
    put(path, {"a flag", "true"}, unless(QJsonValue::Bool));
    put(path, {"a list", "[]"}, unless(QJsonValue::Array));
    put(path, {"an object", "{}"}, unless(QJsonValue::Object));
    put(path, {"a large number", "123456789012345"}, unless(QJsonValue::Double));
    for (const RawValue &odd : oddNumbers()) put(path, odd, Verdict::Refused);
    for (const RawValue &text : hostileTexts()) put(path, text, unless(QJsonValue::String));
    for (const RawValue &value : impossibleValues()) put(path, value, Verdict::Refused);
    put(path, {"a lone surrogate", R"("\ud800x")"}, Verdict::Broken);
    put(path, {"a lone low surrogate", R"("\udc00")"}, Verdict::Broken);
    put(path, {"too deep", nested(40)}, Verdict::Broken);
    put(path, {"much too deep", nested(50'000)}, Verdict::Broken);
    lengthen(path, right);
  }

  void lengthen(const QString &path, const QJsonValue &right) {
    const QByteArray longText = quoted(QByteArray(kMarker).repeated(625));  // 10,000 characters
    put(path, {"a long text", longText}, Verdict::RefusedOrLarge);
    put(path, {"a very long text", quoted(QByteArray(300'000, 'A'))}, Verdict::RefusedOrLarge);
    if (!right.isArray()) return;
    const QByteArray first = right.toArray().isEmpty() ? "1" : compact(right.toArray().first());
    put(path, {"too many", '[' + (first + ',').repeated(1001).chopped(1) + ']'}, Verdict::RefusedOrLarge);
  }

  void replaceWhole() {
    for (const char *other : {"null", "[]", "\"text\"", "7", "true"})
      add(u"whole: "_s + QLatin1String(other), other, Verdict::Refused);
    for (const char *broken :
         {"", " ", "{", "}", "{]", "{\"a\"}", "{'a':1}", "{\"a\":1,}", "{\"a\":NaN}", "{\"a\":01}"})
      add(u"whole: "_s + QLatin1String(broken), broken, Verdict::Broken);
    add(u"whole: cut"_s, m_text.chopped(1), Verdict::Broken);
    add(u"whole: more behind"_s, m_text + '}', Verdict::Broken);
    add(u"whole: a byte order mark"_s, "\xef\xbb\xbf" + m_text, Verdict::Broken);
    add(u"whole: deep"_s, nested(50'000), Verdict::Broken);
    QByteArray keys;
    for (int i = 0; i < 1001; ++i) keys += quoted("k" + QByteArray::number(i)) + ":1,";
    add(u"whole: too many members"_s, '{' + keys.chopped(1) + '}');
    const QByteArray unknown = R"({"__proto__":{"is_admin":true},"constructor":1)";
    add(u"whole: unknown members"_s, unknown + (m_text == "{}" ? "}" : ',' + m_text.sliced(1)), Verdict::Harmless);
  }

  const ValidBody &m_valid;
  QByteArray m_text;
  std::vector<Mutant> m_all;
};

}  // namespace

ValidBody validBody(const QString &schema) {
  if (schema == u"Empty"_s) return {};
  const QDir folder(QStringLiteral(GX_VECTORS_DIR "/dto"));
  for (const QString &file : folder.entryList({u"*.json"_s})) {
    const QJsonObject vector = vectors(u"dto/"_s + file)[schema].toObject();
    if (vector.isEmpty()) continue;
    QStringList optional;
    for (const auto &path : vector[u"optional"_s].toArray()) optional.append(path.toString());
    return {vector[u"valid"_s].toArray().last().toObject(), optional};
  }
  ADD_FAILURE() << "no vector for " << schema.toStdString();
  return {};
}

std::vector<Mutant> mutantsOf(const ValidBody &valid) {
  return Mutation(valid).take();
}

}  // namespace gx::test
