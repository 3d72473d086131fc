#include "core/base/cleantext.h"
#include "core/base/error.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestCleanText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hostileTextBecomesPlain_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << "fix: a bug\n"_ba << u"fix: a bug\n"_s;
        QTest::newRow("colour") << "\x1b[31mred\x1b[0m"_ba << u"red"_s;
        QTest::newRow("title") << "a\x1b]0;evil\x07"_ba + "b" << u"ab"_s;
        QTest::newRow("title, ended by ST") << "a\x1b]0;evil\x1b\\b"_ba << u"ab"_s;
        QTest::newRow("unfinished escape") << "a\x1b["_ba << u"a"_s;
        QTest::newRow("escape does not eat the next line") << "a\x1b[12\nb"_ba << u"a\nb"_s;
        QTest::newRow("bidi") << "a\xe2\x80\xae"
                                 "b"_ba
                              << u"ab"_s;
        QTest::newRow("zero width") << "a\xe2\x80\x8b"
                                       "b"_ba
                                    << u"ab"_s;
        QTest::newRow("tag characters") << "a\xf3\xa0\x81\xa1"
                                           "b"_ba
                                        << u"ab"_s;
        QTest::newRow("emoji stays") << "\xf0\x9f\x8e\x89"_ba << QString::fromUtf8("\xf0\x9f\x8e\x89");
        QTest::newRow("CR LF") << "a\r\nb\rc"_ba << u"a\nb\nc"_s;
        QTest::newRow("NUL and bell") << QByteArray("a\0\ab", 4) << u"ab"_s;
        QTest::newRow("invalid UTF-8") << "a\xff"
                                          "b"_ba
                                       << u"a\uFFFDb"_s;
    }
    void hostileTextBecomesPlain()
    {
        QFETCH(QByteArray, input);
        QTEST(cleanText(input), "expected");
    }

    void aLineIsCutWithAnEllipsis()
    {
        QCOMPARE(cleanLine("one\ntwo\tthree"_ba), u"one two three"_s);
        QCOMPARE(cleanLine("abcdef"_ba, 4), u"abc…"_s);
    }

    void aPathKeepsItsBytesReadable()
    {
        QCOMPARE(displayPath("d\xc3\xa9j\xc3\xa0.txt"_ba), QString::fromUtf8("d\xc3\xa9j\xc3\xa0.txt"));
        QCOMPARE(displayPath("a\xff\nb"_ba), u"a\\xff\\x0ab"_s);
    }

    void everyErrorKindHasItsOwnName()
    {
        QSet<QString> names;
        for (int i = 0; i <= static_cast<int>(ErrorKind::Unknown); ++i) {
            const auto kind = static_cast<ErrorKind>(i);
            QCOMPARE(errorKindFromName(errorKindName(kind)), kind);
            names += errorKindName(kind);
        }
        QCOMPARE(names.size(), static_cast<int>(ErrorKind::Unknown) + 1);
    }
};

QTEST_APPLESS_MAIN(TestCleanText)
#include "tst_cleantext.moc"
