// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/cache/bucket_rule.h"

namespace gx::server::cache {

BucketRules standardBucketRules() {
  using domain::Limit;
  using std::chrono::milliseconds;
  using std::chrono::minutes;
  using std::chrono::seconds;
  BucketRules rules{};
  ruleOf(rules, Limit::Messages) = {60, seconds(1)};
  ruleOf(rules, Limit::PrekeyFetch) = {6, minutes(10)};
  ruleOf(rules, Limit::Linking) = {6, minutes(2)};
  ruleOf(rules, Limit::LoginAddress) = {60, seconds(10)};
  ruleOf(rules, Limit::Registration) = {60, seconds(10)};
  ruleOf(rules, Limit::ConversationOpen) = {60, seconds(10)};
  ruleOf(rules, Limit::Refresh) = {30, seconds(20)};
  ruleOf(rules, Limit::ManifestChange) = {20, minutes(1)};
  ruleOf(rules, Limit::Typing) = {1, seconds(3)};
  ruleOf(rules, Limit::PresenceWatch) = {30, seconds(2)};
  ruleOf(rules, Limit::Attachments) = {50, milliseconds(1200)};
  return rules;
}

BucketRules boundlessBucketRules() {
  BucketRules rules{};
  rules.fill({1'000'000'000, std::chrono::milliseconds(1)});
  return rules;
}

}  // namespace gx::server::cache
