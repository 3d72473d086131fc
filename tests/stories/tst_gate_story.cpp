#include "tests/core/privacy/samples.h"
#include "tests/support/runner.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// The gate in whole runs: what the user committed by hand and is about to be pushed.
class TestGateStory : public QObject
{
    Q_OBJECT

    struct Lab
    {
        World world;
        TempRepo repo{world, u"apricot"_s};
        QString hub = makeHub(world, repo);
        Runner runner{world};

        QByteArray hubHead() const { return world.git(hub, {u"rev-parse"_s, u"main"_s}); }
        QByteArray commitByHand(const QByteArray &name, const QByteArray &content) const
        {
            repo.write(name, content);
            repo.git({u"add"_s, u"-A"_s});
            repo.git({u"commit"_s, u"-q"_s, u"-m"_s, u"by hand"_s});
            return repo.head();
        }
    };

    QRandomGenerator m_random{5};

    QByteArray aToken() { return QByteArray("gl") + "pat-" + Samples::randomText(m_random, Samples::alnum, 20); }
    static bool told(const RunReport &report, const QString &text)
    {
        return std::any_of(report.trace.begin(), report.trace.end(),
                           [&](const Decision &d) { return d.text.contains(text); });
    }

private Q_SLOTS:
    void aSecretCommittedByHandIsNotPushed()
    {
        Lab lab;
        const QByteArray before = lab.hubHead();
        const QByteArray token = aToken();
        const QByteArray bad = lab.commitByHand("conf/app.py", "x = 1\ntoken = '" + token + "'\n");
        const RunReport report = lab.runner.once(lab.repo);
        QCOMPARE(report.state, RunState::Failed);
        QCOMPARE(report.error->kind, ErrorKind::RejectedSecret);
        for (const QString &part : {QString::fromLatin1(bad.left(12)), u"conf/app.py"_s, u"line 2"_s, u"gitlab-pat"_s,
                                    u"allow_secrets gitlab-pat:"_s})
            QVERIFY2(report.error->message.contains(part), qPrintable(report.error->message));
        QVERIFY(!report.error->message.contains(QString::fromLatin1(token.mid(6))));
        QCOMPARE(lab.hubHead(), before);
        QVERIFY(report.needsPush);
        QCOMPARE(lab.repo.head(), bad);
    }

    void whatTheRepositoryLetsPassIsTold_data()
    {
        QTest::addColumn<QByteArray>("ignore");
        QTest::addColumn<QByteArray>("comment");
        QTest::newRow("by .gitleaksignore") << QByteArray("app.py:gitlab-pat:1\n") << QByteArray();
        QTest::newRow("by a comment") << QByteArray("# none\n") << QByteArray("  # auto-commit:allow-secret");
    }
    void whatTheRepositoryLetsPassIsTold()
    {
        QFETCH(QByteArray, ignore);
        QFETCH(QByteArray, comment);
        Lab lab;
        const QByteArray token = aToken();
        lab.repo.write(".gitleaksignore", ignore);
        lab.repo.write("app.py", "token = '" + token + "'" + comment + '\n');
        const RunReport report = lab.runner.once(lab.repo);
        QVERIFY(lab.repo.blobAt("HEAD", "app.py").contains(token));
        QCOMPARE(report.warnings.size(), 1);
        const QString warning = report.warnings.first();
        QVERIFY2(warning.contains(u"app.py: line 1"_s) && warning.contains(u"gitlab-pat"_s), qPrintable(warning));
        QVERIFY(!warning.contains(QString::fromLatin1(token.mid(8))));
        lab.repo.write("app.py", "token = '" + token + "'" + comment + "\nmore = 1\n");
        const RunReport later = lab.runner.once(lab.repo);
        QCOMPARE(later.state, RunState::Committed);
        QVERIFY(later.warnings.isEmpty()); // it is in history already
    }

    void whatAHookShoutsIsMasked()
    {
        Lab lab;
        const QByteArray token = aToken();
        QFile hook(lab.repo.file(".git/hooks/pre-commit"));
        QDir(lab.repo.path()).mkpath(u".git/hooks"_s);
        QVERIFY(hook.open(QIODevice::WriteOnly));
        hook.write("#!/bin/sh\necho \"leak found: " + token + "\" >&2\nexit 1\n");
        hook.setPermissions(hook.permissions() | QFile::ExeOwner);
        hook.close();
        lab.repo.write("a", "x\n");
        const RunReport report = lab.runner.once(lab.repo);
        QCOMPARE(report.error->kind, ErrorKind::HookRejected);
        QVERIFY2(report.error->message.contains(u"leak found"_s), qPrintable(report.error->message));
        const QString secret = QString::fromLatin1(token.mid(6));
        QVERIFY(!report.error->message.contains(secret) && !report.error->detail.contains(secret));
        QVERIFY(!report.reason.contains(secret) && !told(report, secret));
    }

    void aSecretThatALaterCommitTookOutIsStillInHistory()
    {
        Lab lab;
        lab.commitByHand("a.py", "token = '" + aToken() + "'\n");
        lab.commitByHand("a.py", "token = read()\n");
        QCOMPARE(lab.runner.once(lab.repo).error->kind, ErrorKind::RejectedSecret);
    }

    void aSecretInTheMessageOfACommitMadeByHandIsHeldBack()
    {
        Lab lab;
        const QByteArray token = aToken();
        lab.repo.write("a.py", "x = 1\n");
        lab.repo.git({u"add"_s, u"-A"_s});
        lab.repo.git({u"commit"_s, u"-q"_s, u"-m"_s, u"deploy\n\nthe key is "_s + QString::fromLatin1(token)});
        const RunReport report = lab.runner.once(lab.repo);
        QCOMPARE(report.error->kind, ErrorKind::RejectedSecret);
        QVERIFY2(report.error->message.contains(u"its message"_s), qPrintable(report.error->message));
        QVERIFY(!report.error->message.contains(QString::fromLatin1(token)));
        QVERIFY(lab.hubHead() != lab.repo.head());
        lab.runner.loaded.settings.allowSecrets = {report.error->message.section(u"allow_secrets "_s, 1).trimmed()};
        QVERIFY(lab.runner.once(lab.repo).pushed);
    }

    void workGoesOnWhileThePushIsHeldBack()
    {
        Lab lab;
        lab.commitByHand("a.py", "token = '" + aToken() + "'\n");
        lab.repo.write("b.txt", "more work\n");
        const RunReport report = lab.runner.once(lab.repo);
        QCOMPARE(report.commits.size(), 1);
        QCOMPARE(report.error->kind, ErrorKind::RejectedSecret);
    }

    void warnPushesAndSaysSo()
    {
        Lab lab;
        lab.runner.loaded.settings.onSecretInHistory = u"warn"_s;
        lab.commitByHand("a.py", "token = '" + aToken() + "'\n");
        const RunReport report = lab.runner.once(lab.repo);
        QVERIFY2(report.pushed, qPrintable(report.reason));
        QVERIFY(report.reason.contains(u"a.py"_s));
        QVERIFY(told(report, u"a secret in history"_s));
        QCOMPARE(lab.hubHead(), lab.repo.head());
    }

    void aFalseAlarmIsPushed()
    {
        Lab lab;
        lab.commitByHand("a.py", "token = '" + aToken() + "'\n");
        const QString message = lab.runner.once(lab.repo).error->message;
        const QString fingerprint = message.section(u"allow_secrets "_s, 1).trimmed();
        QVERIFY(fingerprint.startsWith(u"gitlab-pat:"_s));
        lab.runner.loaded.settings.allowSecrets = {fingerprint};
        QVERIFY(lab.runner.once(lab.repo).pushed);
    }

    void whatTheHubAlreadyHasIsNoNews()
    {
        Lab lab;
        const QByteArray line = "token = '" + aToken() + "'\n";
        lab.commitByHand("a.py", line);
        lab.repo.git({u"push"_s, u"-q"_s, u"origin"_s, u"main"_s});
        lab.commitByHand("a.py", line + "x = 2\n");
        const RunReport report = lab.runner.once(lab.repo);
        QVERIFY2(report.pushed, qPrintable(report.reason));
    }

    void aKeyFileCommittedByHandIsToldByItsName()
    {
        Lab lab;
        lab.commitByHand("deploy/id_rsa", "not even a key\n");
        const RunReport report = lab.runner.once(lab.repo);
        QCOMPARE(report.error->kind, ErrorKind::RejectedSecret);
        QVERIFY(report.error->message.contains(u"deploy/id_rsa"_s));
        lab.runner.loaded.settings.allowNames = {u"deploy/id_rsa"_s};
        QVERIFY(lab.runner.once(lab.repo).pushed);
    }

    void theFirstPushOfABranchIsScannedWhole()
    {
        Lab lab;
        const QByteArray bad = lab.commitByHand("a.py", "token = '" + aToken() + "'\n");
        lab.commitByHand("b.txt", "x\n");
        lab.repo.git({u"update-ref"_s, u"-d"_s, u"refs/remotes/origin/main"_s});
        lab.repo.write("c.txt", "work\n");
        lab.runner.options.pull = false;
        const RunReport report = lab.runner.once(lab.repo);
        QCOMPARE(report.error->kind, ErrorKind::RejectedSecret);
        QVERIFY(report.error->message.contains(QString::fromLatin1(bad.left(12))));
    }

    void ourOwnCommitsAreNotScannedAgain()
    {
        Lab lab;
        lab.repo.write("a.txt", "ordinary\n");
        const RunReport report = lab.runner.once(lab.repo);
        QVERIFY(report.pushed);
        QVERIFY(!told(report, u"a secret in history"_s));
    }
};

QTEST_GUILESS_MAIN(TestGateStory)
#include "tst_gate_story.moc"
