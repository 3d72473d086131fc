#include "core/privacy/shape.h"
#include "tests/core/privacy/samples.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestShape : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFormMatchesWhatItSays_data()
    {
        QTest::addColumn<QByteArray>("form");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("end");
        QTest::newRow("literal and run") << "ab_[0-9]{3}"_ba
                                         << "ab_1234"_ba << 6;
        QTest::newRow("too short") << "ab_[0-9]{3}"_ba
                                   << "ab_12x"_ba << -1;
        QTest::newRow("range takes all it can") << "ab_[a-f]{2,4}"_ba
                                                << "ab_abcdef"_ba << 7;
        QTest::newRow("gives back where the next set overlaps") << "ab[a-z]{1,9}yz"_ba
                                                                << "abcdefyz"_ba << 8;
        QTest::newRow("choice") << "(one|two)_\\d"_ba
                                << "two_7"_ba << 5;
        QTest::newRow("choice backs out") << "ab(c|cd)e"_ba
                                          << "abcde"_ba << 5;
        QTest::newRow("optional group") << "ab(-\\d{2})?x"_ba
                                        << "abx"_ba << 3;
        QTest::newRow("repeated group") << "ab(-\\h{2}){2,3}"_ba
                                        << "ab-0f-1E-zz"_ba << 8;
        QTest::newRow("any case") << "(?i)key-[a-f]{2}"_ba
                                  << "KeY-aF"_ba << 6;
        QTest::newRow("case counts") << "key-[a-f]{2}"_ba
                                     << "Key-af"_ba << -1;
        QTest::newRow("inverted set") << "ab[^0-9]x"_ba
                                      << "ab-x"_ba << 4;
        QTest::newRow("escaped sign") << "ab\\.c"_ba
                                      << "abxc"_ba << -1;
        QTest::newRow("blank") << "ab\\s{0,2}c"_ba
                               << "ab c"_ba << 4;
    }
    void aFormMatchesWhatItSays()
    {
        QFETCH(QByteArray, form);
        QFETCH(QByteArray, text);
        ByteSetNumbers numbers;
        const auto shape = Shape::parse(form, numbers);
        QVERIFY(shape.ok());
        RunCache cache(text);
        QTEST(static_cast<int>(shape->match(cache, 0)), "end");
    }

    void brokenFormsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("form");
        for (const char *form : {"", "ab[", "ab(c", "ab)", "a{2", "a{3,1}", "a+", "a*", ".", "ab\\q", "[z-a]b"})
            QTest::newRow(form) << QByteArray(form);
        QTest::newRow("choices that multiply") << "ab[a-z]{1,200}[a-z]{1,200}[a-z]{1,200}z"_ba;
    }
    void brokenFormsAreRefused()
    {
        QFETCH(QByteArray, form);
        ByteSetNumbers numbers;
        QVERIFY(!Shape::parse(form, numbers).ok());
    }

    void everyMatchHoldsAnAnchorWhereItSays()
    {
        QRandomGenerator random(7);
        for (const char *form : {"ghx_[A-Za-z0-9]{36}", "[0-9]{8,10}:AA[a-z]{5}", "(live|test)_[a-f]{8}",
                                 "x(yz)?ab[mno]c", "(?i)key-[a-z]{4}", "\\h{4}-\\h{4}-us\\d{1,2}"}) {
            ByteSetNumbers numbers;
            const auto shape = Shape::parse(QByteArrayView(form), numbers);
            QVERIFY(shape.ok());
            for (int round = 0; round < 50; ++round) {
                const QByteArray sample = Samples::sampleOf(random, shape->nodes());
                RunCache cache(sample);
                QCOMPARE(shape->match(cache, 0), sample.size());
                QVERIFY(sample.size() >= shape->minLength());
                const auto present = [&](const Shape::Anchor &anchor) {
                    const qsizetype at = sample.toLower().indexOf(anchor.keyword, anchor.minBefore);
                    return at >= anchor.minBefore && at <= anchor.maxBefore;
                };
                QVERIFY2(std::any_of(shape->anchors().begin(), shape->anchors().end(), present), form);
            }
        }
    }

    void runsAreRememberedForTheRightSet()
    {
        ByteSetNumbers numbers;
        ByteSet digits;
        digits.addRange('0', '9');
        const int digitNumber = numbers.numberOf(digits);
        const int wordNumber = numbers.numberOf(Bytes::word);
        QVERIFY(digitNumber != wordNumber);
        QCOMPARE(numbers.numberOf(digits), digitNumber);
        RunCache cache("12ab34");
        QCOMPARE(cache.runEnd(Bytes::word, wordNumber, 0), 6);
        QCOMPARE(cache.runEnd(digits, digitNumber, 0), 2);
        QCOMPARE(cache.runEnd(Bytes::word, wordNumber, 3), 6);
        QCOMPARE(cache.runEnd(digits, digitNumber, 4), 6);
    }
};

QTEST_APPLESS_MAIN(TestShape)
#include "tst_shape.moc"
