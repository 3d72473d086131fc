#include "tests/core/store/storesupport.h"

#include <QFile>
#include <QJsonDocument>
#include <QThread>

#include <sys/stat.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

QJsonObject numbered(int number)
{
    return {{u"event"_s, u"commit"_s}, {u"number"_s, number}};
}

void overwrite(const QString &path, const QByteArray &content, QIODevice::OpenMode mode = QIODevice::Truncate)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | mode));
    file.write(content);
}

} // namespace

class TestActivityLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aLogThatIsNotThereIsEmpty()
    {
        QVERIFY(numbers().isEmpty());
        QVERIFY(log().end() == LogPosition());
    }

    void eventsAreLinesReadInOrder()
    {
        AC_VERIFY(log().append({numbered(1), numbered(2)}));
        AC_VERIFY(log().append({{{u"number"_s, 3}, {u"text"_s, u"line\nend \"quoted\" \u2028"_s}}}));
        QCOMPARE(numbers(), (QList<int>{1, 2, 3}));
        QFile file(log().path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().split('\n');
        QCOMPARE(lines.size(), 4); // the last is what follows the last line end
        for (int i = 0; i < 3; ++i)
            QVERIFY(QJsonDocument::fromJson(lines[i]).isObject());
    }

    void onlyItsOwnerMayReadIt()
    {
        const ActivityLog deep(m_folder->filePath(u"a/b/activity.jsonl"_s));
        AC_VERIFY(deep.append({numbered(1)}));
        struct stat info
        { };
        QCOMPARE(::stat(QFile::encodeName(deep.path()).constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600U);
        QCOMPARE(::stat(QFile::encodeName(m_folder->filePath(u"a"_s)).constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0700U);
    }

    void aTornLineCostsNoOther_data()
    {
        QTest::addColumn<QByteArray>("torn");
        QTest::newRow("half an event") << "{\"event\":\"commit\",\"num"_ba;
        QTest::newRow("nothing") << ""_ba;
        QTest::newRow("a whole event without its end") << "{\"number\":77}"_ba;
        QTest::newRow("garbage") << "\0\xff\xfe[[[["_ba;
        QTest::newRow("an array") << "[1]\n"_ba;
        QTest::newRow("empty lines") << "\n\n\n"_ba;
    }
    void aTornLineCostsNoOther()
    {
        QFETCH(QByteArray, torn);
        AC_VERIFY(log().append({numbered(1)}));
        overwrite(log().path(), torn, QIODevice::Append);
        AC_VERIFY(log().append({numbered(2)}));
        QList<int> read = numbers();
        read.removeAll(77);
        QCOMPARE(read, (QList<int>{1, 2}));
    }

    void everyCutLeavesTheLinesBeforeIt()
    {
        AC_VERIFY(log().append({numbered(1), numbered(2), numbered(3)}));
        QFile file(log().path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        for (qsizetype cut = 0; cut <= whole.size(); ++cut) {
            overwrite(log().path(), whole.left(cut));
            QCOMPARE(numbers().size(), whole.left(cut).count('\n'));
        }
    }

    void readingGoesOnWhereItEnded()
    {
        AC_VERIFY(log().append({numbered(1)}));
        const auto position = log().append({numbered(2)});
        AC_VERIFY(position);
        QVERIFY(*position == log().end());
        QVERIFY(numbers(*position).isEmpty());
        AC_VERIFY(log().append({numbered(3)}));
        QCOMPARE(numbers(*position), QList<int>{3});
        QCOMPARE(numbers({.inode = position->inode + 999, .end = 5}), (QList<int>{1, 2, 3}));
    }

    void aFullFileMakesRoomAndTheOldestGoes()
    {
        const ActivityLog small(m_folder->filePath(u"small.jsonl"_s), {.fileBytes = 300, .files = 3});
        LogPosition third;
        for (int i = 1; i <= 60; ++i) {
            const auto position = small.append({numbered(i)});
            AC_VERIFY(position);
            if (i == 45)
                third = *position;
            QVERIFY(QFileInfo(small.path()).size() <= 300);
        }
        QCOMPARE(QDir(m_folder->path()).entryList({u"small.jsonl*"_s}, QDir::Files).filter(u".lock"_s).size(), 1);
        QCOMPARE(QDir(m_folder->path()).entryList({u"small.jsonl*"_s}, QDir::Files).size(), 4);
        const QList<int> kept = read(small, {});
        QCOMPARE(kept.last(), 60);
        QVERIFY(kept.size() >= 15 && kept.size() < 60);
        for (qsizetype i = 1; i < kept.size(); ++i)
            QCOMPARE(kept[i], kept[i - 1] + 1);
        const QList<int> after = read(small, third); // the place is in a file that was rotated meanwhile
        QCOMPARE(after.first(), 46);
        QCOMPARE(after.last(), 60);
    }

    void severalWritersLoseNothing()
    {
        const ActivityLog small(m_folder->filePath(u"shared.jsonl"_s), {.fileBytes = 20'000, .files = 40});
        std::vector<std::unique_ptr<QThread>> threads;
        for (int writer = 0; writer < 4; ++writer) {
            threads.emplace_back(QThread::create([&small, writer] {
                for (int i = 0; i < 500; ++i) {
                    if (!small.append({numbered(writer * 1000 + i)}))
                        return;
                }
            }));
            threads.back()->start();
        }
        for (const auto &thread : threads)
            thread->wait();
        QList<int> all = read(small, {});
        QCOMPARE(all.size(), 2000);
        QCOMPARE(QSet<int>(all.begin(), all.end()).size(), 2000);
    }

    void aFailureIsTold()
    {
        QVERIFY(QDir().mkdir(m_folder->filePath(u"folder"_s)));
        const ActivityLog folder(m_folder->filePath(u"folder"_s));
        QVERIFY(!folder.append({numbered(1)}));
        QCOMPARE(ActivityLog(u"/dev/full"_s).append({numbered(1)}).error().kind, ErrorKind::DiskFull);
    }

private:
    ActivityLog log() const { return ActivityLog(m_folder->filePath(u"activity.jsonl"_s)); }
    QList<int> numbers(const LogPosition &from = {}) const { return read(log(), from); }
    static QList<int> read(const ActivityLog &log, const LogPosition &from)
    {
        QList<int> numbers;
        const auto end = log.read(from, [&](const QJsonObject &object) -> Status {
            numbers.append(object.value(u"number"_s).toInt());
            return {};
        });
        return end ? numbers : QList<int>{-1};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_APPLESS_MAIN(TestActivityLog)
#include "tst_activitylog.moc"
