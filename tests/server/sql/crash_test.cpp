// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <QProcess>
#include <QProcessEnvironment>

#include "server/sql/sql_message_queue.h"
#include "tests/server/sql/sql_fixture.h"

// The crash points of the relay's store (SECURITY.md 3g). This very program is the process that dies: started again
// with CrashChild alone, and GX_CRASH_AT naming the place.
namespace gx::test {

using namespace Qt::StringLiterals;
using server::sql::SqlMessageQueue;

namespace {

using server::domain::Appended;
using server::domain::AppendRequest;
using server::domain::MailboxHead;

constexpr char kFolder[] = "GX_TEST_STORE";
constexpr quint32 kDevices[] = {11, 12, 13};

AppendRequest letterTo3(int number) {
  AppendRequest request;
  request.id.bytes[15] = static_cast<unsigned char>(number);
  request.clientMsgId.bytes[15] = static_cast<unsigned char>(number);
  request.senderDevice = DeviceId{1};
  request.bodyHash = "hash";
  for (const quint32 device : kDevices)
    request.letters.push_back({DeviceId{device}, gx::wire::EnvelopeKind::Message, QByteArray::number(number)});
  return request;
}

Result<Appended> appendTo(SqlMessageQueue &queue, int number) {
  std::optional<Result<Appended>> answer;
  queue.append(letterTo3(number), [&](Result<Appended> appended) { answer = std::move(appended); });
  EXPECT_TRUE(waitUntil([&] { return answer.has_value(); }));
  return *answer;
}

Result<MailboxHead> acknowledgeAt(SqlMessageQueue &queue, quint32 device, qint64 seq) {
  std::optional<Result<MailboxHead>> answer;
  queue.acknowledge(DeviceId{device}, {seq}, [&](Result<MailboxHead> head) { answer = std::move(head); });
  EXPECT_TRUE(waitUntil([&] { return answer.has_value(); }));
  return *answer;
}

// Makes mailboxes for the devices.
void makeMailboxes(SqlStore &store) {
  EXPECT_TRUE(await(store.write([](SqlConnection &db) -> Result<int> {
    for (const quint32 device : kDevices) {
      auto query = db.query(R"(INSERT INTO "MailboxHead" ("deviceId") VALUES (:device))");
      if (auto made = query.bind(":device", DeviceId{device}).change(); !made) return fail(made.error());
    }
    return 1;
  })));
}

}  // namespace

// Appends 1, appends 2, acknowledges 1 on one device. Dies on the way when it is the child; without a crash point all
// of it stands.
TEST(CrashChild, AppendsAndAcknowledges) {
  TempFolder own;
  ManualClock clock;
  const bool isChild = qEnvironmentVariableIsSet(kFolder);
  SqlStoreSettings settings = storeIn(own);
  if (isChild) settings.folder = qEnvironmentVariable(kFolder);
  auto store = SqlStore::open(settings, clock).value();
  if (!isChild) makeMailboxes(*store);
  SqlMessageQueue queue(*store);

  for (const int number : {1, 2}) ASSERT_TRUE(appendTo(queue, number));
  const auto head = acknowledgeAt(queue, 11, 1);

  ASSERT_TRUE(head);
  EXPECT_EQ(head->head, 2);
  EXPECT_EQ(head->acked, 1);
  EXPECT_EQ(await(queue.page(DeviceId{11}, {}, 10))->messages.size(), 1);
  EXPECT_EQ(await(queue.page(DeviceId{12}, {}, 10))->messages.size(), 2);
}

class CrashTest : public testing::Test {
 protected:
  CrashTest() {
    auto store = SqlStore::open(storeIn(m_folder), m_clock).value();
    makeMailboxes(*store);
  }
  void dieAt(const QString &point) {
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromLatin1(kFolder), m_folder.path());
    environment.insert(u"GX_CRASH_AT"_s, point);
    child.setProcessEnvironment(environment);
    child.start(QCoreApplication::applicationFilePath(), {u"--gtest_filter=CrashChild.*"_s});
    ASSERT_TRUE(child.waitForFinished(60'000));
    ASSERT_EQ(child.exitStatus(), QProcess::CrashExit) << child.readAllStandardOutput().toStdString();
  }
  // The numbers in each mailbox, after the relay started again.
  std::vector<std::vector<QByteArray>> mailboxes() {
    auto store = SqlStore::open(storeIn(m_folder), m_clock).value();
    SqlMessageQueue queue(*store);
    std::vector<std::vector<QByteArray>> all;
    for (const quint32 device : kDevices) {
      std::vector<QByteArray> letters;
      qint64 last = 0;
      const auto page = await(queue.page(DeviceId{device}, {}, 100)).value();
      for (const auto &item : page.messages) {
        EXPECT_TRUE(last == 0 || item.seq == last + 1);
        last = item.seq;
        letters.push_back(item.ciphertext);
      }
      all.push_back(letters);
    }
    return all;
  }
  // What the sender does after a lost answer.
  void repeatBoth() {
    auto store = SqlStore::open(storeIn(m_folder), m_clock).value();
    SqlMessageQueue queue(*store);
    for (const int number : {1, 2}) EXPECT_TRUE(appendTo(queue, number));
  }
  using Letters = std::vector<QByteArray>;

 private:
  TempFolder m_folder;
  ManualClock m_clock;
};

TEST_F(CrashTest, C8LeavesNothingOfAMessageBeforeItsCommit) {
  dieAt(u"C8:2"_s);

  EXPECT_EQ(mailboxes(), (std::vector<Letters>(3, Letters{"1"})));
  repeatBoth();
  EXPECT_EQ(mailboxes(), (std::vector<Letters>(3, Letters{"1", "2"})));
}

TEST_F(CrashTest, C9KeepsAMessageWhoseAnswerWasLost) {
  dieAt(u"C9:2"_s);

  EXPECT_EQ(mailboxes(), (std::vector<Letters>(3, Letters{"1", "2"})));
  repeatBoth();
  EXPECT_EQ(mailboxes(), (std::vector<Letters>(3, Letters{"1", "2"})));  // not twice
}

TEST_F(CrashTest, C10PlacesAllLettersOrNone) {
  for (const char *point : {"C10", "C10:2"}) {
    dieAt(QString::fromLatin1(point));
    EXPECT_EQ(mailboxes(), (std::vector<Letters>(3))) << point;
  }
  dieAt(u"C10:5"_s);
  EXPECT_EQ(mailboxes(), (std::vector<Letters>(3, Letters{"1"})));
}

TEST_F(CrashTest, C13KeepsLettersWhoseAcknowledgementWasLost) {
  dieAt(u"C13"_s);

  EXPECT_EQ(mailboxes(), (std::vector<Letters>(3, Letters{"1", "2"})));
}

}  // namespace gx::test
