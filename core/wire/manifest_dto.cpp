// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/manifest_dto.h"

#include "core/wire/json_reader.h"
#include "core/wire/json_writer.h"

namespace gx::wire {

namespace {

constexpr qint64 kLargestVersion = qint64{1} << 53;

std::optional<bool> parseManifestOp(QByteArrayView text) {
  if (text == "add") return true;
  if (text == "remove") return false;
  return std::nullopt;
}

ManifestEntry readManifestEntry(const JsonValue &value) {
  const JsonReader in = value.object();
  ManifestEntry entry;
  entry.userId = in["user_id"].id<UserId>();
  entry.version = in["version"].number(1, kLargestVersion);
  entry.prevHash = in["prev_hash"].exactBytes(32);
  entry.isAdd = in["op"].named(parseManifestOp);
  entry.deviceId = in["device_id"].deviceId();
  entry.identityKey = in["identity_key"].publicKey();
  entry.nameHash = in["name_hash"].exactBytes(32);
  entry.createdAt = in["created_at"].millis();
  entry.byDevice = in["by_device"].deviceId();
  entry.signature = in["signature"].exactBytes(64);
  return entry;
}

void writeManifestEntry(JsonWriter &out, const ManifestEntry &entry) {
  out.beginObject().key("user_id").id(entry.userId).key("version").number(entry.version);
  out.key("prev_hash").bytes(entry.prevHash).key("op").text(entry.isAdd ? "add" : "remove");
  out.key("device_id").deviceId(entry.deviceId).key("identity_key").bytes(entry.identityKey);
  out.key("name_hash").bytes(entry.nameHash).key("created_at").number(entry.createdAt);
  out.key("by_device").deviceId(entry.byDevice).key("signature").bytes(entry.signature).endObject();
}

}  // namespace

Result<ManifestPage> ManifestPage::parse(QByteArrayView json) {
  const JsonReader in(json);
  ManifestPage page;
  page.userId = in["user_id"].id<UserId>();
  in["entries"].each(limits::kManifestPage,
                     [&](const JsonValue &value) { page.entries.append(readManifestEntry(value)); });
  page.more = in["more"].flag();
  return in.done(std::move(page));
}

QByteArray ManifestPage::toJson() const {
  JsonWriter out;
  out.beginObject().key("user_id").id(userId).key("entries").beginArray();
  for (const ManifestEntry &entry : entries) writeManifestEntry(out, entry);
  return out.endArray().key("more").flag(more).endObject().take();
}

Result<ManifestAppend> ManifestAppend::parse(QByteArrayView json) {
  const JsonReader in(json);
  ManifestAppend append;
  append.entry = readManifestEntry(in["entry"]);
  if (in.has("new_chain")) append.newChain = in["new_chain"].flag();
  return in.done(std::move(append));
}

QByteArray ManifestAppend::toJson() const {
  JsonWriter out;
  writeManifestEntry(out.beginObject().key("entry"), entry);
  if (newChain) out.key("new_chain").flag(true);
  return out.endObject().take();
}

Result<ManifestAppended> ManifestAppended::parse(QByteArrayView json) {
  const JsonReader in(json);
  return in.done(ManifestAppended{in["version"].number(1, kLargestVersion)});
}

QByteArray ManifestAppended::toJson() const {
  JsonWriter out;
  return out.beginObject().key("version").number(version).endObject().take();
}

Result<ManifestChanged> ManifestChanged::parse(QByteArrayView json) {
  const JsonReader in(json);
  return in.done(ManifestChanged{in["user_id"].id<UserId>(), in["version"].number(1, kLargestVersion)});
}

QByteArray ManifestChanged::toJson() const {
  JsonWriter out;
  return out.beginObject().key("user_id").id(userId).key("version").number(version).endObject().take();
}

}  // namespace gx::wire
