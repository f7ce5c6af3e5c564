// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/line_source.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <QByteArrayList>

#include "tests/support/signal_probe.h"

namespace gx::cli {
namespace {

class LineSourceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    int ends[2] = {-1, -1};
    ASSERT_EQ(pipe(ends), 0);
    m_read = ends[0];
    m_write = ends[1];
    source = std::make_unique<LineSource>(m_read);
    lines = std::make_unique<test::SignalProbe<QByteArray>>(source.get(), &LineSource::line);
    end = std::make_unique<test::SignalProbe<>>(source.get(), &LineSource::ended);
  }
  void TearDown() override {
    source.reset();
    close(m_read);
    closeWriting();
  }
  void gives(const QByteArray &text) const {
    ASSERT_EQ(write(m_write, text.constData(), static_cast<size_t>(text.size())), text.size());
  }
  // 4 KiB each, without a line break; read in between, as a pipe does not hold them all.
  void givesPages(int count) const {
    for (int i = 0; i < count; ++i) {
      gives(QByteArray(4096, 'x'));
      QCoreApplication::processEvents();
    }
  }
  void closeWriting() {
    if (m_write >= 0) close(m_write);
    m_write = -1;
  }
  [[nodiscard]] QByteArrayList all() const {
    QByteArrayList out;
    for (std::size_t i = 0; i < lines->count(); ++i) out.append(lines->value<0>(i));
    return out;
  }

  std::unique_ptr<LineSource> source;
  std::unique_ptr<test::SignalProbe<QByteArray>> lines;
  std::unique_ptr<test::SignalProbe<>> end;

 private:
  int m_read = -1;
  int m_write = -1;
};

TEST_F(LineSourceTest, GivesEachLineOfOnePiece) {
  gives("one\n\nthree\n");

  ASSERT_TRUE(lines->waitFor(3));
  EXPECT_EQ(all(), (QByteArrayList{"one", "", "three"}));
  EXPECT_EQ(end->count(), 0U);
}

TEST_F(LineSourceTest, PutsPiecesTogether) {
  gives("hal");
  QCoreApplication::processEvents();
  EXPECT_EQ(lines->count(), 0U);
  gives("f\nrest");

  ASSERT_TRUE(lines->waitFor(1));
  EXPECT_EQ(all(), QByteArrayList{"half"});
}

TEST_F(LineSourceTest, TheLastLineNeedsNoLineBreak) {
  gives("first\nlast");
  closeWriting();

  ASSERT_TRUE(end->waitFor(1));
  EXPECT_EQ(all(), (QByteArrayList{"first", "last"}));
}

TEST_F(LineSourceTest, AnEmptyInputEndsOnce) {
  closeWriting();

  ASSERT_TRUE(end->waitFor(1));
  QCoreApplication::processEvents();
  EXPECT_EQ(end->count(), 1U);
  EXPECT_EQ(lines->count(), 0U);
}

TEST_F(LineSourceTest, ALineThatIsTooLongIsPassedOverAndTold) {
  test::SignalProbe<> tooLong(source.get(), &LineSource::tooLong);
  givesPages(200);
  EXPECT_EQ(lines->count(), 0U);
  gives("x\nnext\n");

  ASSERT_TRUE(lines->waitFor(1));
  EXPECT_EQ(all(), QByteArrayList{"next"});
  EXPECT_EQ(tooLong.count(), 1U);
  EXPECT_EQ(end->count(), 0U);
}

TEST_F(LineSourceTest, ALineThatIsTooLongAndNeverEndsIsToldAtTheEnd) {
  test::SignalProbe<> tooLong(source.get(), &LineSource::tooLong);
  givesPages(80);
  closeWriting();

  ASSERT_TRUE(end->waitFor(1));
  EXPECT_EQ(tooLong.count(), 1U);
  EXPECT_EQ(lines->count(), 0U);
}

TEST_F(LineSourceTest, ALongLineBelowTheLimitPasses) {
  givesPages(50);
  gives("\n");

  ASSERT_TRUE(lines->waitFor(1));
  EXPECT_EQ(all().first().size(), 50 * 4096);
}

}  // namespace
}  // namespace gx::cli
