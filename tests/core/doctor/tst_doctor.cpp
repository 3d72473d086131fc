#include "core/doctor/machinechecks.h"
#include "core/store/store.h"
#include "core/store/storefiles.h"
#include "tests/support/temprepo.h"

#include <QFile>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// What the doctor says about real checkouts, and about what model servers told.
class TestDoctor : public QObject
{
    Q_OBJECT

    struct Lab
    {
        World world;
        TempRepo repo{world, u"pear"_s};
        LoadedSettings loaded;
        SystemClock clock;

        Check look(const QString &id) const
        {
            const QList<Check> checks = checkRepository(
                repo.path(), {.tools = world.tools(), .loaded = loaded, .clock = clock, .cancel = {}});
            for (const Check &check : checks)
                if (check.id == id)
                    return check;
            return {};
        }
        void file(const QByteArray &name, const QByteArray &content, bool executable = false) const
        {
            QFile file(repo.file(name));
            if (!file.open(QIODevice::WriteOnly) || file.write(content) < 0)
                qFatal("cannot write");
            if (executable)
                file.setPermissions(file.permissions() | QFile::ExeOwner);
        }
    };

    static Check model(const ServerFacts &facts, bool named = true)
    {
        return checkModels({}, named, {{u"pear"_s, {facts}}}).value(0);
    }

    static Check machine(const Lab &lab, const Paths &paths, const QString &id)
    {
        const DoctorParts parts{.tools = lab.world.tools(), .loaded = lab.loaded, .clock = lab.clock, .cancel = {}};
        for (const Check &check : checkMachine(paths, parts))
            if (check.id == id)
                return check;
        return {};
    }
    static Paths pathsWithCache(const QString &home, const QString &cache)
    {
        QProcessEnvironment environment(QProcessEnvironment::Initialization{});
        environment.insert(u"HOME"_s, home);
        environment.insert(u"XDG_CACHE_HOME"_s, cache);
        return Paths(environment);
    }

private Q_SLOTS:
    void aDirectoryThatCannotBeMadeIsNamed()
    {
        Lab lab;
        lab.file("wall", "a file where a directory should be\n");
        const Check check
            = machine(lab, pathsWithCache(lab.world.path(), lab.repo.file("wall") + u"/c"_s), u"cache-dir"_s);
        QCOMPARE(check.state, CheckState::Fail);
        QVERIFY2(check.message.contains(u"wall"), qPrintable(check.message));
        const Check fine
            = machine(lab, pathsWithCache(lab.world.path(), lab.repo.file("new") + u"/c"_s), u"cache-dir"_s);
        QCOMPARE(fine.state, CheckState::Ok);
    }

    void aHistoryThatWasSetAsideIsRemembered()
    {
        Lab lab;
        const Paths paths = pathsWithCache(lab.world.path(), lab.world.path(u"cache"_s));
        const auto open = [&] {
            Store store({.location = paths.database(), .host = u"plum"_s}, lab.clock);
            return store.open();
        };
        QVERIFY(open());
        QCOMPARE(machine(lab, paths, u"history"_s).state, CheckState::Ok);
        QVERIFY(StoreFiles(paths.database()).setAside(*fromIsoText(u"2025-03-04T05:06:07Z"_s)));
        QVERIFY(open());
        QVERIFY(StoreFiles(paths.database()).setAside(*fromIsoText(u"2026-03-04T05:06:07Z"_s)));
        QVERIFY(open());
        const Check check = machine(lab, paths, u"history"_s);
        QCOMPARE(check.state, CheckState::Warn);
        QVERIFY2(check.message.startsWith(u"a damaged history was set aside on 2026-03-04 as "_s),
                 qPrintable(check.message));
        QVERIFY2(check.message.contains(u".corrupt-20260304T050607Z;"_s), qPrintable(check.message));
    }

    void aHealthyCheckoutHasNothingToMend()
    {
        Lab lab;
        makeHub(lab.world, lab.repo);
        const QList<Check> checks = checkRepository(
            lab.repo.path(), {.tools = lab.world.tools(), .loaded = lab.loaded, .clock = lab.clock, .cancel = {}});
        QVERIFY(checks.size() > 5);
        for (const Check &check : checks) {
            QVERIFY2(check.state != CheckState::Fail && check.state != CheckState::Warn,
                     qPrintable(check.id + u": "_s + check.message));
            QCOMPARE(check.repo, lab.repo.path());
        }
    }

    void aDirectoryThatIsNoCheckoutIsNamedSo()
    {
        Lab lab;
        const QList<Check> checks = checkRepository(
            lab.world.path(), {.tools = lab.world.tools(), .loaded = lab.loaded, .clock = lab.clock, .cancel = {}});
        QCOMPARE(checks.size(), 1);
        QCOMPARE(checks.first().state, CheckState::Fail);
    }

    void aMissingUpstreamIsAWarningWithTheCommandThatSetsIt()
    {
        Lab lab;
        const Check check = lab.look(u"upstream"_s);
        QCOMPARE(check.state, CheckState::Warn);
        QCOMPARE(check.advice, u"git push -u origin main"_s);
    }

    void aHubThatIsGoneFails()
    {
        Lab lab;
        const QString hub = makeHub(lab.world, lab.repo);
        QVERIFY(QDir(hub).removeRecursively());
        QCOMPARE(lab.look(u"hub"_s).state, CheckState::Fail);
    }

    void aMissingIdentityFails()
    {
        Lab lab;
        lab.repo.git({u"config"_s, u"user.email"_s, u""_s});
        const Check check = lab.look(u"identity"_s);
        QCOMPARE(check.state, CheckState::Fail);
        QVERIFY(check.message.contains(u"e-mail"_s));
    }

    void aDetachedHeadFails()
    {
        Lab lab;
        lab.repo.git({u"checkout"_s, u"-q"_s, u"--detach"_s});
        QCOMPARE(lab.look(u"branch"_s).state, CheckState::Fail);
    }

    void anOperationInProgressFails()
    {
        Lab lab;
        lab.file(".git/MERGE_HEAD", lab.repo.head() + '\n');
        QCOMPARE(lab.look(u"operation"_s).state, CheckState::Fail);
    }

    void aLockFileIsNamed()
    {
        Lab lab;
        lab.file(".git/index.lock", "");
        const Check check = lab.look(u"lock"_s);
        QCOMPARE(check.state, CheckState::Warn);
        QVERIFY(check.message.contains(u"index.lock"_s));
    }

    void aHookWhoseInterpreterIsMissingFails_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<bool>("executable");
        QTest::addColumn<QString>("id");
        QTest::addColumn<CheckState>("state");

        QTest::newRow("env") << QByteArray("#!/usr/bin/env no-such-program\n") << true << u"hook:pre-commit"_s
                             << CheckState::Fail;
        QTest::newRow("env -S") << QByteArray("#!/usr/bin/env -S no-such-program --x\n") << true << u"hook:pre-commit"_s
                                << CheckState::Fail;
        QTest::newRow("absolute") << QByteArray("#!/opt/none/bin/node\n") << true << u"hook:pre-commit"_s
                                  << CheckState::Fail;
        QTest::newRow("not executable") << QByteArray("#!/bin/sh\n") << false << u"hook:pre-commit"_s
                                        << CheckState::Warn;
        QTest::newRow("fine") << QByteArray("#!/bin/sh\n") << true << u"hooks"_s << CheckState::Ok;
    }
    void aHookWhoseInterpreterIsMissingFails()
    {
        QFETCH(QByteArray, script);
        QFETCH(bool, executable);
        QFETCH(QString, id);
        QFETCH(CheckState, state);
        Lab lab;
        QDir(lab.repo.path()).mkpath(u".git/hooks"_s);
        lab.file(".git/hooks/pre-commit", script, executable);
        const Check check = lab.look(id);
        QCOMPARE(check.id, id);
        QCOMPARE(check.state, state);
    }

    void namesThatDifferOnlyInCaseAreShown()
    {
        Lab lab;
        lab.repo.write("Notes.md", "x\n");
        lab.repo.write("notes.md", "y\n");
        lab.repo.git({u"add"_s, u"."_s});
        const Check check = lab.look(u"names"_s);
        QCOMPARE(check.state, CheckState::Warn);
        QVERIFY(check.message.contains(u"Notes.md"_s));
    }

    void aSettingThatARepositoryMayNotSetIsShown()
    {
        Lab lab;
        lab.repo.git({u"config"_s, u"autocommit.allow-secrets"_s, u"x"_s});
        QCOMPARE(lab.look(u"config"_s).state, CheckState::Warn);
    }

    void nothingIsChanged()
    {
        Lab lab;
        makeHub(lab.world, lab.repo);
        lab.repo.write("a", "x\n");
        const QByteArray index = lab.repo.indexBytes();
        const auto tree = lab.repo.tree();
        lab.look({});
        QCOMPARE(lab.repo.indexBytes(), index);
        QCOMPARE(lab.repo.tree(), tree);
    }

    void whatAModelServerSaidBecomesAdvice()
    {
        ServerFacts facts{.server = u"http://models:8210"_s};
        QCOMPARE(model(facts).state, CheckState::Fail);
        QCOMPARE(model(facts, false).state, CheckState::Skipped);
        facts.state = ServerState::Unauthorized;
        QVERIFY(model(facts).advice.contains(u"coordinator_key_file"_s));
        facts.state = ServerState::Ready;
        facts.contextTokens = 16384;
        QCOMPARE(model(facts).state, CheckState::Warn);
        QVERIFY2(model(facts).message.contains(u"offers no model"_s), qPrintable(model(facts).message));
        QVERIFY2(model(facts).advice.contains(u"ollama pull pear"_s), qPrintable(model(facts).advice));
        facts.models = QStringList{u"plum"_s};
        QCOMPARE(model(facts).state, CheckState::Warn);
        facts.offersModel = true;
        facts.contextTokens = 4096;
        QCOMPARE(model(facts).state, CheckState::Warn);
        facts.contextTokens = 16384;
        QCOMPARE(model(facts).state, CheckState::Ok);
    }

    void aRetrievalServiceThatIsAwayIsNoFailure()
    {
        const Check away
            = checkRetrieval(u"http://pear:1/find"_s, Error{ErrorKind::Timeout, u"it does not answer in time"_s});
        QCOMPARE(away.state, CheckState::Warn);
        QCOMPARE(away.message, u"it does not answer in time"_s);
        QVERIFY(away.advice.contains(u"retrieval_url"_s));
        const Check there = checkRetrieval(u"http://pear:1/find"_s, QStringList{u"a"_s, u"b"_s});
        QCOMPARE(there.state, CheckState::Ok);
        QVERIFY2(there.message.contains(u"http://pear:1/find"_s), qPrintable(there.message));
    }
};

QTEST_GUILESS_MAIN(TestDoctor)
#include "tst_doctor.moc"
