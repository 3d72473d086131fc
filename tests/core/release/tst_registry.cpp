#include "core/release/registry.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRegistryHasItsUrl_data()
    {
        QTest::addColumn<QStringList>("registries");
        QTest::addColumn<QString>("registry");
        QTest::addColumn<QString>("package");
        QTest::addColumn<QString>("url");

        const QStringList all = publicRegistries();
        QTest::newRow("npm") << all << u"npm"_s << u"left-pad"_s << u"https://registry.npmjs.org/left-pad/1.2.3"_s;
        QTest::newRow("npm scope") << all << u"npm"_s << u"@pear/x"_s
                                   << u"https://registry.npmjs.org/@pear%2Fx/1.2.3"_s;
        QTest::newRow("pypi") << all << u"pypi"_s << u"pear"_s << u"https://pypi.org/pypi/pear/1.2.3/json"_s;
        QTest::newRow("crates") << all << u"crates.io"_s << u"pear"_s
                                << u"https://crates.io/api/v1/crates/pear/1.2.3"_s;
        QTest::newRow("maven") << all << u"maven"_s << u"org.pear:core"_s
                               << u"https://repo1.maven.org/maven2/org/pear/core/1.2.3/core-1.2.3.pom"_s;
        QTest::newRow("packagist") << all << u"packagist"_s << u"pear/core"_s
                                   << u"https://repo.packagist.org/p2/pear/core.json"_s;
        QTest::newRow("own") << QStringList{u"npm=http://localhost:4873/{package}/{version}"_s} << u"npm"_s << u"x"_s
                             << u"http://localhost:4873/x/1.2.3"_s;
        QTest::newRow("the last word counts") << (all + QStringList{u"npm=http://localhost/{package}"_s}) << u"npm"_s
                                              << u"x"_s << u"http://localhost/x"_s;
        QTest::newRow("not asked") << QStringList{u"npm"_s} << u"pypi"_s << u"pear"_s << QString();
        QTest::newRow("unknown") << all << u"corner-shop"_s << u"pear"_s << QString();
        QTest::newRow("no host") << QStringList{u"npm=file:///etc/{package}"_s} << u"npm"_s << u"x"_s << QString();
        QTest::newRow("nothing to ask about") << all << u"npm"_s << QString() << QString();
        QTest::newRow("a name cannot lead elsewhere")
            << all << u"npm"_s << u"../../evil?x#y"_s << u"https://registry.npmjs.org/..%2F..%2Fevil%3Fx%23y/1.2.3"_s;
    }
    void everyRegistryHasItsUrl()
    {
        QFETCH(QStringList, registries);
        QFETCH(QString, registry);
        QFETCH(QString, package);
        QFETCH(QString, url);
        const auto found = registryUrl(registries, {.registry = registry, .package = package, .version = u"1.2.3"_s});
        QCOMPARE(found ? QString::fromLatin1(found->toEncoded()) : QString(), url);
    }

    void anAnswerMeansSomething_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<RegistryVerdict>("verdict");

        QTest::newRow("the version itself")
            << 200 << QByteArray(R"({"version":"1.2.3"})") << RegistryVerdict::Published;
        QTest::newRow("a list") << 200 << QByteArray(R"([{"version":"1.2.2"},{"version":"v1.2.3"}])")
                                << RegistryVerdict::Published;
        QTest::newRow("a pom") << 200 << QByteArray("<project><version>1.2.3</version></project>")
                               << RegistryVerdict::Published;
        QTest::newRow("a list without it") << 200 << QByteArray(R"([{"version":"1.2.30"}])") << RegistryVerdict::NotYet;
        QTest::newRow("a portal's page") << 200 << QByteArray("<html>Log in</html>") << RegistryVerdict::NoAnswer;
        QTest::newRow("not found") << 404 << QByteArray() << RegistryVerdict::NotYet;
        QTest::newRow("too many") << 429 << QByteArray() << RegistryVerdict::NoAnswer;
        QTest::newRow("broken") << 502 << QByteArray() << RegistryVerdict::NoAnswer;
        QTest::newRow("no answer") << 0 << QByteArray() << RegistryVerdict::NoAnswer;
    }
    void anAnswerMeansSomething()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(RegistryVerdict, verdict);
        QCOMPARE(judgeRegistryAnswer({.registry = {}, .package = {}, .version = u"1.2.3"_s}, status, body), verdict);
    }

    void checksGetRarerAndEndAfterAWeek()
    {
        std::chrono::minutes before{0};
        std::chrono::minutes all{0};
        qint64 checks = 1;
        for (auto pause = nextRegistryCheck(checks); pause; pause = nextRegistryCheck(++checks)) {
            QVERIFY(*pause >= before);
            before = *pause;
            all += *pause;
        }
        QVERIFY(all >= std::chrono::days(7) && all < std::chrono::days(8));
    }
};

QTEST_GUILESS_MAIN(TestRegistry)
#include "tst_registry.moc"
