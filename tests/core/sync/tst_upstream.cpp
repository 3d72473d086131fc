#include "core/sync/upstream.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

RepoConfig configOf(const QByteArrayList &localLines, const QByteArrayList &globalLines = {})
{
    QByteArray text;
    for (const QByteArray &line : globalLines)
        text += QByteArray("global") + '\0' + QByteArray(line).replace(line.indexOf('='), 1, "\n") + '\0';
    for (const QByteArray &line : localLines)
        text += QByteArray("local") + '\0' + QByteArray(line).replace(line.indexOf('='), 1, "\n") + '\0';
    return *RepoConfig::parse(text);
}

const QByteArrayList usual{"branch.main.remote=origin", "branch.main.merge=refs/heads/trunk",
                           "remote.origin.url=git@hub.example:me/x.git"};

} // namespace

class TestUpstream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theConfiguredUpstreamIsFound()
    {
        const auto found = findUpstream(configOf(usual), "main", {});
        QVERIFY(!(*found)->rewritten);
        const auto elsewhere
            = findUpstream(configOf(usual, {"url.ssh://other/.insteadof=git@hub.example:"}), "main", {});
        QVERIFY((*elsewhere)->rewritten); // then a file in the place of the URL says nothing about the hub
        QVERIFY(found.ok() && found->has_value());
        QCOMPARE((*found)->hubRef, "refs/heads/trunk");
        QCOMPARE((*found)->trackingRef, "refs/remotes/origin/trunk");
        QVERIFY((*found)->transports == "ssh:https");
    }

    void aBranchWithoutUpstreamStaysHere() { QVERIFY(!findUpstream(configOf({}), "main", {})->has_value()); }

    void placesThatNobodyMeantAreRefused_data()
    {
        QTest::addColumn<QByteArrayList>("more");
        QTest::newRow("own insteadOf") << QByteArrayList{"url.https://evil.example/.insteadof=git@hub.example:"};
        QTest::newRow("own pushInsteadOf") << QByteArrayList{"url./tmp/evil.pushinsteadof=git@hub.example:"};
        QTest::newRow("push URL on another host") << QByteArrayList{"remote.origin.pushurl=git@evil.example:me/x.git"};
        QTest::newRow("push URL on this machine") << QByteArrayList{"remote.origin.pushurl=/tmp/evil"};
        QTest::newRow("ext transport") << QByteArrayList{"remote.origin.url=ext::sh -c evil"};
        QTest::newRow("git transport") << QByteArrayList{"remote.origin.url=git://hub.example/x"};
        QTest::newRow("plain http") << QByteArrayList{"remote.origin.url=http://hub.example/x"};
        QTest::newRow("another push remote") << QByteArrayList{"branch.main.pushremote=fork"};
        QTest::newRow("another default push remote") << QByteArrayList{"remote.pushdefault=fork"};
        QTest::newRow("no URL") << QByteArrayList{"remote.origin.url="};
    }
    void placesThatNobodyMeantAreRefused()
    {
        QFETCH(QByteArrayList, more);
        const auto found = findUpstream(configOf(usual + more), "main", {});
        QVERIFY(!found.ok());
    }

    void onlyListedHostsMayBePushedTo()
    {
        Settings settings;
        settings.hubHosts = {u"other.example"_s};
        QVERIFY(!findUpstream(configOf(usual), "main", settings).ok());
        settings.hubHosts = {u"hub.example"_s};
        QVERIFY(findUpstream(configOf(usual), "main", settings).ok());
    }

    void theRepositorysSshCommandCountsOnlyWhenItIsHarmless_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<bool>("taken");
        QTest::newRow("picks a key") << QByteArray("ssh -i ~/.ssh/work -o IdentitiesOnly=yes") << true;
        QTest::newRow("port") << QByteArray("ssh -p 2222") << true;
        QTest::newRow("proxy command") << QByteArray("ssh -o ProxyCommand=evil") << false;
        QTest::newRow("another program") << QByteArray("/tmp/evil") << false;
        QTest::newRow("second command") << QByteArray("ssh -i x;evil") << false;
        QTest::newRow("second line") << QByteArray("ssh -i\n/tmp/evil") << false;
        QTest::newRow("redirection") << QByteArray("ssh -i x>/tmp/evil") << false;
        QTest::newRow("half a string") << QByteArray("ssh -i \"x") << false;
        QTest::newRow("substitution") << QByteArray("ssh -i $(evil)") << false;
    }
    void theRepositorysSshCommandCountsOnlyWhenItIsHarmless()
    {
        QFETCH(QByteArray, command);
        QFETCH(bool, taken);
        const RepoConfig config = configOf(usual + QByteArrayList{"core.sshcommand=" + command});
        const QByteArray used = (*findUpstream(config, "main", {}))->sshCommand;
        QCOMPARE(ignoredSshCommand(config).isEmpty(), taken);
        QCOMPARE(used.startsWith(command + ' '), taken);
        QVERIFY(used.contains("BatchMode=yes"));
    }

    /// git fetches from the first URL and pushes to each.
    void everyUrlHasToBeAllowed_data()
    {
        QTest::addColumn<QByteArrayList>("more");
        QTest::newRow("one before") << QByteArrayList{"remote.more.url=https://evil.example/x",
                                                      "remote.more.url=git@hub.example:me/x.git"};
        QTest::newRow("one behind") << QByteArrayList{"remote.more.url=git@hub.example:me/x.git",
                                                      "remote.more.url=https://evil.example/x"};
        QTest::newRow("push URL before") << QByteArrayList{"remote.more.url=git@hub.example:me/x.git",
                                                           "remote.more.pushurl=https://evil.example/x",
                                                           "remote.more.pushurl=git@hub.example:me/x.git"};
        QTest::newRow("no host to read") << QByteArrayList{"remote.more.url=https://[evil.example/x"};
        QTest::newRow("remote helper") << QByteArrayList{"remote.more.url=git@hub.example:me/x.git",
                                                         "remote.more.vcs=evil"};
        QTest::newRow("another certificate behind a proxy") << QByteArrayList{
            "remote.more.url=https://hub.example/x", "http.proxy=http://evil.example", "http.sslverify=false"};
    }
    void everyUrlHasToBeAllowed()
    {
        QFETCH(QByteArrayList, more);
        Settings settings;
        settings.hubHosts = {u"hub.example"_s};
        const QByteArrayList branch{"branch.main.remote=more", "branch.main.merge=refs/heads/main"};
        QVERIFY(!findUpstream(configOf(branch + more), "main", settings).ok());
        QVERIFY(findUpstream(configOf(branch + QByteArrayList{"remote.more.url=git@hub.example:me/x.git"}), "main",
                             settings)
                    .ok());
    }

    /// git asks every promisor, and takes a remote for one for more than its `promisor`.
    void everyPromisorHasToBeAllowed_data()
    {
        QTest::addColumn<QByteArrayList>("more");
        QTest::newRow("another host") << QByteArrayList{"remote.x.url=https://evil.example/x",
                                                        "remote.x.promisor=true"};
        QTest::newRow("true in other words")
            << QByteArrayList{"remote.x.url=https://evil.example/x", "remote.x.promisor=2"};
        QTest::newRow("by its filter") << QByteArrayList{"remote.x.url=https://evil.example/x",
                                                         "remote.x.partialclonefilter=blob:none"};
        QTest::newRow("by the extension")
            << QByteArrayList{"remote.x.url=https://evil.example/x", "extensions.partialclone=x"};
        QTest::newRow("a program") << QByteArrayList{"remote.x.url=/srv/x", "remote.x.promisor=true",
                                                     "remote.x.uploadpack=/tmp/evil"};
    }
    void everyPromisorHasToBeAllowed()
    {
        QFETCH(QByteArrayList, more);
        Settings settings;
        settings.hubHosts = {u"hub.example"_s};
        const QByteArrayList partial = usual + QByteArrayList{"remote.origin.promisor=true"};
        const auto allowed = promisorEnvironment(configOf(partial), settings);
        QVERIFY(allowed.ok() && allowed->first().startsWith("GIT_ALLOW_PROTOCOL=ssh:https"));
        QVERIFY(!promisorEnvironment(configOf(partial + more), settings).ok());
        QVERIFY(!findUpstream(configOf(partial + more), "main", settings).ok());
    }

    void oneHubHasOneSpelling_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("expected");
        for (const char *url :
             {"git@Hub.example:me/x.git", "ssh://git@hub.example/me/x.git", "ssh://git@hub.example:22/me/x",
              "https://hub.example/me/x.git/", "https://user@hub.example:443/me/x"})
            QTest::newRow(url) << QString::fromLatin1(url) << u"hub.example/me/x"_s;
        QTest::newRow("other port") << u"ssh://git@hub.example:2222/me/x.git"_s << u"hub.example:2222/me/x"_s;
        QTest::newRow("spelled so before") << u"hub.example:2222/me/x"_s << u"hub.example:2222/me/x"_s;
        QTest::newRow("path") << u"/srv/git/../git/x.git"_s << u"/srv/git/x.git"_s;
        QTest::newRow("file URL") << u"file:///srv/git/x.git"_s << u"/srv/git/x.git"_s;
    }
    void oneHubHasOneSpelling()
    {
        QFETCH(QString, url);
        QTEST(normalisedUrl(url), "expected");
    }
};

QTEST_APPLESS_MAIN(TestUpstream)
#include "tst_upstream.moc"
