#include "core/git/repoconfig.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

RepoConfig configOf(const QList<std::pair<QByteArray, QByteArray>> &entries)
{
    QByteArray text;
    for (const auto &[scope, line] : entries)
        text += scope + '\0' + QByteArray(line).replace('=', '\n') + '\0';
    return *RepoConfig::parse(text);
}

} // namespace

class TestRepoConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLastValueWinsAndOurOwnOptionsDoNotCount()
    {
        const RepoConfig config = configOf(
            {{"global", "user.name=A"}, {"local", "user.name=B"}, {"command", "user.name=C"}, {"local", "core.bare"}});
        QCOMPARE(config.value(u"user.name"_s), u"B"_s);
        QVERIFY(config.isTrue(u"core.bare"_s));
    }

    void aFilterThatOnlyTheRepositoryDefinesIsClosed()
    {
        const RepoConfig config
            = configOf({{"local", "filter.evil.clean=touch /tmp/x"}, {"local", "filter.evil.required=true"}});
        QVERIFY(config.usableFilters({}).isEmpty());
        const QStringList options = config.overrides({});
        for (const QString &expected : {u"filter.evil.clean="_s, u"filter.evil.smudge="_s, u"filter.evil.process="_s,
                                        u"filter.evil.required=false"_s})
            QVERIFY2(options.contains(expected), qPrintable(expected));
        QVERIFY(config.overrides({u"evil"_s}).isEmpty());
    }

    void gitLfsIsKnownByWhatItRuns()
    {
        QCOMPARE(configOf({{"local", "filter.lfs.clean=git-lfs clean -- %f"},
                           {"local", "filter.lfs.process=git-lfs filter-process"}})
                     .usableFilters({}),
                 QStringList{u"lfs"_s});
        QVERIFY(configOf({{"local", "filter.lfs.clean=evil clean"}}).usableFilters({}).isEmpty());
        QCOMPARE(configOf({{"global", "filter.lfs.clean=/opt/lfs clean"}}).usableFilters({}), QStringList{u"lfs"_s});
    }

    void aPlantedCredentialHelperIsReplacedByTheOwnersOwn()
    {
        const RepoConfig config
            = configOf({{"global", "credential.helper=store"}, {"local", "credential.helper=!evil"}});
        QCOMPARE(config.overrides({}), (QStringList{u"credential.helper="_s, u"credential.helper=store"_s}));
    }

    void aSigningProgramOfTheRepositoryIsNotRun()
    {
        for (const QByteArray name : {"gpg.program", "gpg.ssh.program", "gpg.ssh.defaultkeycommand"})
            QVERIFY2(configOf({{"global", name + "=mine"}, {"local", name + "=evil"}})
                         .overrides({})
                         .contains(QString::fromLatin1(name) + u"=false"_s),
                     name.constData());
        QVERIFY(configOf({{"global", "gpg.program=mine"}}).overrides({}).isEmpty());
    }

    void whatAHubSendsIsNotWrittenWhereTheRepositorySays()
    {
        QCOMPARE(configOf({{"local", "http.https://x.example.savecookies=true"}}).overrides({}),
                 QStringList{u"http.https://x.example.savecookies=false"_s});
        QVERIFY(configOf({{"global", "http.savecookies=true"}}).overrides({}).isEmpty());
    }

    void aStatusThatMayFetchWaitsForTheConfiguration()
    {
        const QTemporaryDir dir;
        const RepoLocation location{.workTree = dir.path(), .gitDir = dir.path(), .commonDir = dir.path()};
        const auto needs = [&](const QByteArray &text) {
            QFile file(dir.filePath(u"config"_s));
            return file.open(QIODevice::WriteOnly) && file.write(text) > 0 && file.flush()
                && needsConfigFirst(location);
        };
        QVERIFY(!needs("[remote \"origin\"]\n\turl = x\n"));
        QVERIFY(needs("[remote \"origin\"]\n\tPromisor = true\n"));
        QVERIFY(needs("[extensions]\n\tpartialClone = origin\n"));
    }

    void whatRunsProgramsIsPartOfTheSurface()
    {
        const RepoConfig config = configOf({{"local", "core.hookspath=evil"},
                                            {"local", "core.autocrlf=true"},
                                            {"global", "core.sshcommand=ssh -v"},
                                            {"local", "remote.origin.pushurl=/tmp/x"},
                                            {"local", "url.x.pushinsteadof=y"},
                                            {"local", "diff.a.textconv=sh"}});
        QCOMPARE(config.executableSurface(),
                 (QStringList{u"core.hookspath=evil"_s, u"diff.a.textconv=sh"_s, u"remote.origin.pushurl=/tmp/x"_s,
                              u"url.x.pushinsteadof=y"_s}));
    }

    void theRepositorysOwnSettingsAreFound()
    {
        QCOMPARE(configOf({{"local", "autocommit.max-new-files=5"}, {"local", "a.b=c"}}).ownSettings(),
                 (QMap<QString, QString>{{u"autocommit.max-new-files"_s, u"5"_s}}));
    }

    void hooksLieWhereTheConfigurationSays()
    {
        const RepoLocation location{.workTree = u"/w"_s, .gitDir = u"/w/.git"_s, .commonDir = u"/w/.git"_s};
        QCOMPARE(configOf({}).hooksDir(location), u"/w/.git/hooks"_s);
        QCOMPARE(configOf({{"local", "core.hookspath=.husky"}}).hooksDir(location), u"/w/.husky"_s);
        QCOMPARE(configOf({{"global", "core.hookspath=/etc/hooks"}}).hooksDir(location), u"/etc/hooks"_s);
    }
};

QTEST_APPLESS_MAIN(TestRepoConfig)
#include "tst_repoconfig.moc"
