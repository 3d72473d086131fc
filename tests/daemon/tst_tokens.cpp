#include "core/service/tokens.h"
#include "core/store/timestamp.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestTokens : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    SystemClock m_clock;

    Paths paths() const
    {
        QProcessEnvironment environment(QProcessEnvironment::Initialization{});
        environment.insert(u"HOME"_s, m_home->path());
        return Paths(environment);
    }
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void theOwnersTokenIsMadeOnceAndPrivate()
    {
        TokenStore store(paths(), m_clock);
        QVERIFY(store.prepare().ok());
        const QByteArray first = contentOf(store.ownerTokenFile());
        QCOMPARE(first.size(), 44);
        QVERIFY(first.endsWith('\n'));
        QVERIFY(store.prepare().ok());
        QCOMPARE(contentOf(store.ownerTokenFile()), first);
        QVERIFY(!(QFile::permissions(store.ownerTokenFile()) & (QFile::ReadGroup | QFile::ReadOther)));
        const auto owner = store.verify(first.trimmed());
        QVERIFY(owner && owner->owner);
        QCOMPARE(scopeNames(owner->scopes).size(), 4);
    }

    void rightsThatAreTooWideAreNarrowed()
    {
        TokenStore store(paths(), m_clock);
        QVERIFY(store.prepare().ok());
        QVERIFY(QFile::setPermissions(store.ownerTokenFile(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        QVERIFY(store.prepare().ok());
        QVERIFY(!(QFile::permissions(store.ownerTokenFile()) & QFile::ReadOther));
    }

    void onlyTheHashIsKept()
    {
        TokenStore store(paths(), m_clock);
        const auto token = store.create(u"plum"_s, TokenScope::Record, u"plum"_s);
        QVERIFY(token.ok());
        QCOMPARE(token->size(), 43);
        const QByteArray kept = contentOf(paths().configDir() + u"/tokens.json"_s);
        QVERIFY(!kept.contains(token->toLatin1()));
        const QJsonObject entry = QJsonDocument::fromJson(kept).array().first().toObject();
        QCOMPARE(entry[u"name"].toString(), u"plum"_s);
        QCOMPARE(entry[u"host"].toString(), u"plum"_s);
        QCOMPARE(entry[u"sha256"].toString().size(), 64);
        QCOMPARE(entry[u"scopes"].toArray(), QJsonArray{u"record"_s});
        QVERIFY(fromIsoText(entry[u"created"].toString()).has_value());
    }

    void aTokenOpensUntilItIsRevoked()
    {
        TokenStore daemon(paths(), m_clock);
        TokenStore program(paths(), m_clock); // `commits token` in a process of its own
        const auto token = program.create(u"laptop"_s, TokenScopes(TokenScope::Generate) | TokenScope::Record);
        const auto found = daemon.verify(token->toLatin1());
        QVERIFY(found.has_value());
        QCOMPARE(found->name, u"laptop"_s);
        QVERIFY(!found->owner);
        QCOMPARE(*program.revoke(u"laptop"_s), true);
        QCOMPARE(*program.revoke(u"laptop"_s), false);
        QVERIFY(!daemon.verify(token->toLatin1()));
        QVERIFY(daemon.list()->isEmpty());
    }

    void aTokenThatWasRemovedIsMadeAgainByTheDaemonAlone()
    {
        TokenStore daemon(paths(), m_clock);
        QVERIFY(daemon.prepare().ok());
        const QByteArray first = contentOf(daemon.ownerTokenFile()).trimmed();
        QVERIFY(daemon.verify(first));
        QVERIFY(QDir(paths().configDir()).removeRecursively());
        TokenStore program(paths(), m_clock);
        QVERIFY(!program.verify(first));
        QVERIFY(!QFile::exists(daemon.ownerTokenFile()));
        QVERIFY(!daemon.verify(first));
        const QByteArray second = contentOf(daemon.ownerTokenFile()).trimmed();
        QVERIFY(second.size() == 43 && second != first);
        QVERIFY(!(QFile::permissions(daemon.ownerTokenFile()) & (QFile::ReadGroup | QFile::ReadOther)));
        const auto owner = daemon.verify(second);
        QVERIFY(owner && owner->owner);
    }

    void onlyTheExactTokenFits()
    {
        TokenStore store(paths(), m_clock);
        QVERIFY(store.prepare().ok());
        const QByteArray token = contentOf(store.ownerTokenFile()).trimmed();
        for (const QByteArray &wrong :
             {QByteArray(), token.left(42), token + 'A', token.toUpper(), token + '\0', QByteArray(100'000, 'A')})
            QVERIFY(!store.verify(wrong));
    }

    void namesAreTakenOnce()
    {
        TokenStore store(paths(), m_clock);
        QVERIFY(store.create(u"a"_s, TokenScope::Monitor).ok());
        QVERIFY(!store.create(u"a"_s, TokenScope::Monitor).ok());
        QVERIFY(!store.create(u"owner"_s, TokenScope::Monitor).ok());
        QVERIFY(!store.create(u"a b"_s, TokenScope::Monitor).ok());
        QVERIFY(!store.create({}, TokenScope::Monitor).ok());
        QVERIFY(!store.create(u"b"_s, {}).ok());
    }

    void comparisonLooksAtEveryByte()
    {
        QVERIFY(equalInConstantTime("abc", "abc"));
        QVERIFY(equalInConstantTime("", ""));
        for (const char *other : {"abd", "bbc", "ab", "abcd", ""})
            QVERIFY(!equalInConstantTime("abc", other));
    }
};

QTEST_APPLESS_MAIN(TestTokens)
#include "tst_tokens.moc"
