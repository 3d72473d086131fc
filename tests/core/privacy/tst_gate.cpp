#include "core/privacy/gate.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void patternsReadAsInGitignore_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char *pattern, const char *path, bool expected) {
            QTest::addRow("%s on %s", pattern, path) << QByteArray(pattern) << QByteArray(path) << expected;
        };
        row("*.log", "a.log", true);
        row("*.log", "deep/er/a.log", true);
        row("*.log", "a.log.txt", false);
        row("tmp", "x/tmp/y", true);
        row("tmp/", "x/tmp/y", true);
        row("tmp/", "x/tmp", false);
        row("/top.txt", "top.txt", true);
        row("/top.txt", "x/top.txt", false);
        row("docs/*.md", "docs/a.md", true);
        row("docs/*.md", "docs/x/a.md", false);
        row("docs/**/a.md", "docs/x/y/a.md", true);
        row("docs", "docs/x/a.md", true);
        row("a/b/", "a/b/c", true);
        row("", "x", false);
    }
    void patternsReadAsInGitignore()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, path);
        QTEST(fitsPathPattern(pattern, path), "expected");
    }

    void theUsersPatternsDecideAboutNames()
    {
        const Gate gate({.exclude = {"*.draft"}, .allowNames = {"fixtures/.env"}});
        QCOMPARE(gate.judgeName("a.draft", {})->rule, u"excluded"_s);
        QCOMPARE(gate.judgeName(".env", {})->rule, u"name:secret"_s);
        QVERIFY(!gate.judgeName("fixtures/.env", {}));
        QVERIFY(!gate.judgeName("src/a.cpp", {}));
    }

    void aConflictIsFoundInPieces()
    {
        const Gate gate;
        const QByteArray text = "one\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> side\n";
        for (qsizetype cut = 0; cut < text.size(); ++cut) {
            ContentJudge judge = gate.judge("a.txt");
            judge.feed(QByteArrayView(text).first(cut));
            judge.feed(QByteArrayView(text).sliced(cut));
            QCOMPARE(judge.finish().conflictLine, 2);
        }
    }
};

QTEST_APPLESS_MAIN(TestGate)
#include "tst_gate.moc"
