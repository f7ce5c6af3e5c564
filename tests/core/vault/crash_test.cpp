// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <sys/resource.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QProcess>
#include <csignal>

#include "core/base/bytes.h"
#include "core/store/store_error.h"
#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

constexpr int kKilled = 9;

QByteArray hex(const QByteArray &bytes) {
  return bytes.toHex();
}
QByteArray argument(const char *name) {
  return QByteArray::fromHex(qgetenv(name));
}

// A vault act of a child process that GX_CRASH_AT ends by SIGKILL; the parent then opens what it left.
class CrashTest : public VaultTest {
 protected:
  CrashTest() {
    alice->sends(chat, u"hi"_s);
    settles();
    bob->sends(chat, u"hi yourself"_s);
    settles();
  }
  // True if the child died at `point`, as it should.
  bool dies(TestDevice &device, const char *point, const char *act, const QList<std::pair<QString, QByteArray>> &more) {
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"GX_CRASH_AT"_s, QString::fromLatin1(point));
    environment.insert(u"GX_TEST_ACT"_s, QString::fromLatin1(act));
    environment.insert(u"GX_TEST_FILE"_s, QString::fromLatin1(hex(device.file().toUtf8())));
    environment.insert(u"GX_TEST_KEY"_s, QString::fromLatin1(hex(device.key().view().toByteArray())));
    environment.insert(u"GX_TEST_CHAT"_s, QString::fromLatin1(hex(toText(chat))));
    for (const auto &[name, value] : more) environment.insert(name, QString::fromLatin1(hex(value)));
    QProcess child;
    child.setProcessEnvironment(environment);
    child.start(QCoreApplication::applicationFilePath(), {u"--gtest_filter=Crash*"_s});
    if (!child.waitForFinished(60000)) return false;
    const bool killed = child.exitStatus() == QProcess::CrashExit && child.exitCode() == kKilled;
    if (!killed) qWarning() << child.readAll();
    return killed;
  }
  bool opensAndDies(const char *point, const vault::Incoming &letter) {
    return dies(*bob, point, "open",
                {{u"GX_TEST_SEQ"_s, QByteArray::number(letter.seq)},
                 {u"GX_TEST_LETTER"_s, toText(letter.messageId)},
                 {u"GX_TEST_USER"_s, toText(letter.sender.user)},
                 {u"GX_TEST_DEVICE"_s, toText(letter.sender.device)},
                 {u"GX_TEST_KIND"_s, QByteArray::number(static_cast<int>(letter.ciphertext.type))},
                 {u"GX_TEST_BYTES"_s, letter.ciphertext.bytes},
                 {u"GX_TEST_TIME"_s, QByteArray::number(toMillis(letter.serverTime))}});
  }
  void everybodyHas(const std::vector<QString> &texts) {
    settles();
    for (TestDevice *device : {alice.get(), laptop.get(), bob.get()}) EXPECT_EQ(device->texts(chat), texts);
  }
};

// What the child does: this binary once more, told by its environment what to do, before any test of its own.
void actAsChild() {
  ManualClock clock;
  FixedRandom random(4711);
  const QByteArray key = argument("GX_TEST_KEY");
  const auto opened =
      must(vault::Vault::open(QString::fromUtf8(argument("GX_TEST_FILE")), SecretBytes(key), clock, random));
  const auto chat = *parseId<ConversationId>(argument("GX_TEST_CHAT"));
  const QByteArray act = qgetenv("GX_TEST_ACT");
  if (act == "append") must(opened->outbox().append(chat, model::Text{u"written"_s}));
  if (act == "seal") must(opened->sealer().seal(*parseId<ClientMessageId>(argument("GX_TEST_ITEM")), {}));
  if (act == "sent")
    must(opened->outbox().markSent(*parseId<ClientMessageId>(argument("GX_TEST_ITEM")),
                                   *parseId<MessageId>(argument("GX_TEST_LETTER")), clock.wallNow()));
  if (act != "open") return;
  vault::Incoming letter;
  letter.seq = argument("GX_TEST_SEQ").toLongLong();
  letter.messageId = *parseId<MessageId>(argument("GX_TEST_LETTER"));
  letter.conversation = chat;
  letter.sender = {*parseId<UserId>(argument("GX_TEST_USER")), *parseDeviceId(argument("GX_TEST_DEVICE"))};
  letter.ciphertext = {static_cast<crypto::CiphertextType>(argument("GX_TEST_KIND").toInt()),
                       argument("GX_TEST_BYTES")};
  letter.serverTime = fromMillis(argument("GX_TEST_TIME").toLongLong());
  must(opened->opener().open(letter));
}

class CrashChild final : public ::testing::Environment {
 public:
  void SetUp() override {
    if (!qEnvironmentVariableIsSet("GX_TEST_ACT")) return;
    actAsChild();
    _exit(0);  // it should have died at its point
  }
};
[[maybe_unused]] const auto *const kCrashChild = ::testing::AddGlobalTestEnvironment(new CrashChild);

TEST_F(CrashTest, C1_BeforeTheLineIsSavedNothingIsLeft) {
  ASSERT_TRUE(dies(*alice, "C1", "append", {}));
  alice->restarts();

  EXPECT_EQ(must(alice->vault().outbox().counts()).queued, 0);
  everybodyHas({u"hi"_s, u"hi yourself"_s});
}

TEST_F(CrashTest, C2_BeforeSealingTheMessageWaits) {
  const auto item = alice->queues(chat, u"waits"_s);
  ASSERT_TRUE(dies(*alice, "C2", "seal", {{u"GX_TEST_ITEM"_s, toText(item)}}));
  alice->restarts();

  EXPECT_FALSE(must(alice->vault().sealer().plan(item)).isSealed);
  everybodyHas({u"hi"_s, u"hi yourself"_s, u"waits"_s});
}

TEST_F(CrashTest, C3_InTheMidstOfSealingTheRatchetsStandStill) {
  const auto item = alice->queues(chat, u"half sealed"_s);
  ASSERT_TRUE(dies(*alice, "C3", "seal", {{u"GX_TEST_ITEM"_s, toText(item)}}));
  alice->restarts();

  EXPECT_FALSE(must(alice->vault().sealer().plan(item)).isSealed);
  everybodyHas({u"hi"_s, u"hi yourself"_s, u"half sealed"_s});
}

TEST_F(CrashTest, C4_AfterSealingTheSameBytesGoOut) {
  const auto item = alice->queues(chat, u"sealed"_s);
  ASSERT_TRUE(dies(*alice, "C4", "seal", {{u"GX_TEST_ITEM"_s, toText(item)}}));
  alice->restarts();

  EXPECT_TRUE(must(alice->vault().sealer().plan(item)).isSealed);
  const auto first = must(alice->vault().sealer().seal(item, {}));
  alice->restarts();
  EXPECT_EQ(must(alice->vault().sealer().seal(item, {})), first);
  everybodyHas({u"hi"_s, u"hi yourself"_s, u"sealed"_s});
}

TEST_F(CrashTest, C7_AfterTheAnswerItIsAskedForAgain) {
  const auto item = alice->queues(chat, u"accepted"_s);
  const auto answer = relay.post(alice->self, alice->seals(item));
  ASSERT_TRUE(
      dies(*alice, "C7", "sent", {{u"GX_TEST_ITEM"_s, toText(item)}, {u"GX_TEST_LETTER"_s, toText(answer.id)}}));
  alice->restarts();

  EXPECT_EQ(must(alice->vault().outbox().next(chat)),
            (vault::OutboxItem{item, chat, vault::OutboxClass::Message, true}));
  everybodyHas({u"hi"_s, u"hi yourself"_s, u"accepted"_s});
}

TEST_F(CrashTest, C11_AfterDecryptingTheLetterOpensAgain) {
  alice->sends(chat, u"opened twice"_s);
  ASSERT_TRUE(opensAndDies("C11", relay.mailboxes[bob->self].front()));
  bob->restarts();

  EXPECT_EQ(bob->texts(chat).size(), 2U);
  everybodyHas({u"hi"_s, u"hi yourself"_s, u"opened twice"_s});
}

TEST_F(CrashTest, C12_AfterTheCommitTheLetterIsKnown) {
  alice->sends(chat, u"delivered twice"_s);
  const auto letter = relay.mailboxes[bob->self].front();
  ASSERT_TRUE(opensAndDies("C12", letter));
  bob->restarts();

  EXPECT_EQ(bob->texts(chat).size(), 3U);
  EXPECT_EQ(must(bob->vault().opener().cursor()).seq, letter.seq);
  EXPECT_EQ(bob->opens(letter).kind, vault::OpeningKind::Duplicate);
  everybodyHas({u"hi"_s, u"hi yourself"_s, u"delivered twice"_s});
}

TEST_F(CrashTest, C14_TheUsedPreKeyGoesWithTheSessionThatItStarted) {
  const auto digest = [](quint32 id, const QByteArray &key) { return vault::KeyDigest{id, sha256(key).first(8)}; };
  const auto &kept = relay.keys[bob->self];
  const vault::KeyAudit before{digest(kept.signedPreKey.id, kept.signedPreKey.key),
                               digest(crypto::kLastResortPreKeyId, kept.signedPreKey.lastResortKey),
                               {digest(kept.preKeys.front().id, kept.preKeys.front().key)}};
  auto tablet = joins(aliceUser, 14, 51);
  lists(*alice, *tablet);
  tablet->fetchesManifest(aliceUser);
  bob->fetchesManifest(aliceUser);
  laptop->fetchesManifest(aliceUser);
  tablet->sends(chat, u"starts a session"_s);
  const auto letter = relay.mailboxes[bob->self].front();
  ASSERT_EQ(letter.ciphertext.type, crypto::CiphertextType::PreKey);

  ASSERT_TRUE(opensAndDies("C11", letter));
  bob->restarts();
  EXPECT_TRUE(must(bob->vault().deviceKeys().holdsAll(before)));
  ASSERT_TRUE(opensAndDies("C12", letter));
  bob->restarts();
  EXPECT_FALSE(must(bob->vault().deviceKeys().holdsAll(before)));

  tablet->sends(chat, u"uses it"_s);
  everybodyHas({u"hi"_s, u"hi yourself"_s, u"starts a session"_s, u"uses it"_s});
}

TEST_F(CrashTest, AFullDiskRefusesByNameAndLosesNothing) {
  alice->sends(chat, u"before"_s);
  must(alice->vault().close());
  alice->restarts();
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  auto *const handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{64 * 1024, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);

  Result<vault::OutboxChange> refused = vault::OutboxChange();
  for (int i = 0; i < 50 && refused; ++i)
    refused = await(alice->vault().outbox().append(chat, model::Text{QString(20000, u'x')}));
  const int queued = must(alice->vault().outbox().counts()).queued;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Full);
  EXPECT_EQ(refused.error().code, vault::codes::kDiskFull);
  alice->drains();
  alice->sends(chat, u"after"_s);
  settles();
  EXPECT_EQ(bob->history(chat).size(), static_cast<std::size_t>(queued) + 4);
  EXPECT_EQ(bob->texts(chat).back(), u"after"_s);
}

}  // namespace

}  // namespace gx::test
