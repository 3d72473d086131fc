#include "core/model/readme.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestReadme final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstProseSaysWhatTheProjectIs_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("excerpt");
        QTest::newRow("plain") << QByteArray(
            "# tidy-list\n\nKeeps shopping lists in order.\n\n## Install\n\nRun make.\n")
                               << u"Keeps shopping lists in order."_s;
        QTest::newRow("badges and a logo")
            << QByteArray("<p align=\"center\"><img src=\"logo.png\"></p>\n\n# x\n\n[![CI](a)](b) [![v](c)](d)\n\n"
                          "**x** is a [parser](https://example.org) for `ini` files.\n")
            << u"x is a parser for ini files."_s;
        QTest::newRow("underlined heading")
            << QByteArray("tidy list of things\n===================\n\nSorts lists by itself, "
                          "twice\na day.\n")
            << u"Sorts lists by itself, twice a day."_s;
        QTest::newRow("code first") << QByteArray(
            "```sh\nmake all the things now please\n```\n\nA build tool for all.\n")
                                    << u"A build tool for all."_s;
        QTest::newRow("restructured text")
            << QByteArray("pear\n====\n\n.. image:: https://example.org/a.svg\n   :target: b\n\nA pear is a fruit that "
                          "grows.\n")
            << u"A pear is a fruit that grows."_s;
        QTest::newRow("nothing but a list")
            << QByteArray("# x\n\n- one thing and another\n- two things\n") << QString();
        QTest::newRow("empty") << QByteArray() << QString();
        QTest::newRow("bytes that are no text") << QByteArray("\xff\xfe\x00\x01", 4) << QString();
    }
    void theFirstProseSaysWhatTheProjectIs()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, excerpt);
        QCOMPARE(readmeExcerpt(content), excerpt);
    }

    void alongStoryIsCutAtASentence()
    {
        const QByteArray sentence = "This program does one thing, and this sentence says it in about eighty letters. ";
        const QString excerpt = readmeExcerpt(sentence.repeated(20));
        QVERIFY(excerpt.size() <= 240);
        QVERIFY2(excerpt.endsWith(u"letters."_s), qPrintable(excerpt));
    }
};

QTEST_GUILESS_MAIN(TestReadme)
#include "tst_readme.moc"
