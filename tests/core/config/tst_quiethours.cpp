#include "core/config/quiethours.h"

#include <QTest>
#include <QTimeZone>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestQuietHours final : public QObject
{
    Q_OBJECT

    static QDateTime berlin(const QString &text)
    {
        QDateTime moment = QDateTime::fromString(text, u"yyyy-MM-dd HH:mm"_s);
        moment.setTimeZone(QTimeZone("Europe/Berlin"));
        return moment;
    }

private Q_SLOTS:
    void onlyTwoDifferentTimesOfDayAreARange_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("is");
        QTest::newRow("night") << u"22:00-07:00"_s << true;
        QTest::newRow("short hours") << u"9:05-17:00"_s << true;
        QTest::newRow("with spaces") << u" 22:00 - 07:00 "_s << true;
        QTest::newRow("hours alone") << u"22-7"_s << false;
        QTest::newRow("no such hour") << u"24:00-07:00"_s << false;
        QTest::newRow("no such minute") << u"22:60-07:00"_s << false;
        QTest::newRow("nothing between") << u"07:00-07:00"_s << false;
        QTest::newRow("one time") << u"07:00"_s << false;
        QTest::newRow("three times") << u"07:00-08:00-09:00"_s << false;
        QTest::newRow("seconds") << u"07:00:00-08:00:00"_s << false;
        QTest::newRow("empty") << QString() << false;
    }
    void onlyTwoDifferentTimesOfDayAreARange()
    {
        QFETCH(QString, text);
        QFETCH(bool, is);
        QCOMPARE(parseDailyRange(text).has_value(), is);
    }

    void quietLastsUntilTheEndOfTheRange_data()
    {
        QTest::addColumn<QStringList>("ranges");
        QTest::addColumn<QString>("now");
        QTest::addColumn<QString>("until"); // empty: it is not quiet
        const QStringList night{u"22:00-07:00"_s};
        QTest::newRow("none") << QStringList() << u"2026-11-23 03:00"_s << QString();
        QTest::newRow("before") << night << u"2026-11-23 21:59"_s << QString();
        QTest::newRow("its start") << night << u"2026-11-23 22:00"_s << u"2026-11-24 07:00"_s;
        QTest::newRow("before midnight") << night << u"2026-12-31 23:59"_s << u"2027-01-01 07:00"_s;
        QTest::newRow("midnight") << night << u"2026-11-24 00:00"_s << u"2026-11-24 07:00"_s;
        QTest::newRow("its last minute") << night << u"2026-11-24 06:59"_s << u"2026-11-24 07:00"_s;
        QTest::newRow("its end") << night << u"2026-11-24 07:00"_s << QString();
        QTest::newRow("second range") << QStringList{u"22:00-07:00"_s, u"12:00-13:00"_s} << u"2026-11-24 12:30"_s
                                      << u"2026-11-24 13:00"_s;
        QTest::newRow("one after the other")
            << QStringList{u"06:00-08:30"_s, u"22:00-06:00"_s} << u"2026-11-23 23:00"_s << u"2026-11-24 08:30"_s;
        QTest::newRow("up to midnight") << QStringList{u"20:00-00:00"_s} << u"2026-11-23 21:00"_s
                                        << u"2026-11-24 00:00"_s;
    }
    void quietLastsUntilTheEndOfTheRange()
    {
        QFETCH(QStringList, ranges);
        QFETCH(QString, now);
        QFETCH(QString, until);
        const auto end = quietUntil(ranges, berlin(now));
        QCOMPARE(end ? end->toString(u"yyyy-MM-dd HH:mm"_s) : QString(), until);
    }

    void nightsInWhichClocksAreChangedAreShorterAndLonger()
    {
        const QDateTime spring = berlin(u"2026-03-28 22:00"_s);
        QCOMPARE(spring.secsTo(quietUntil({u"22:00-07:00"_s}, spring).value_or(spring)), 8 * 3600);
        const QDateTime autumn = berlin(u"2026-10-24 22:00"_s);
        QCOMPARE(autumn.secsTo(quietUntil({u"22:00-07:00"_s}, autumn).value_or(autumn)), 10 * 3600);
    }

    void anEndThatSummerTimeLeavesOutComesAllTheSame()
    {
        const QDateTime before = berlin(u"2026-03-29 01:30"_s); // the clocks go from 2:00 to 3:00
        const auto end = quietUntil({u"22:00-02:30"_s}, before);
        QVERIFY(end.has_value());
        QVERIFY(before.secsTo(*end) > 0 && before.secsTo(*end) <= 3600);
        QVERIFY(!quietUntil({u"22:00-02:30"_s}, before.addSecs(3600)).has_value());
    }
};

QTEST_GUILESS_MAIN(TestQuietHours)
#include "tst_quiethours.moc"
