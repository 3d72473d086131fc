#include "core/inference/apikey.h"

#include <QTemporaryDir>
#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestApiKey : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    QString fileWith(const QByteArray &content)
    {
        const QString path = m_directory.filePath(u"key"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(content) != content.size())
            qFatal("no key file");
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        return path;
    }

private Q_SLOTS:
    void aNamedFileCountsBeforeTheEnvironment()
    {
        const auto key = loadApiKey(fileWith("sk-file\r\n# a note\n"), "sk-environment");
        QVERIFY(key);
        QCOMPARE(*key, "sk-file"_ba);
    }

    void theEnvironmentIsTakenWithoutAFile()
    {
        const auto key = loadApiKey(QString(), " sk-environment\n");
        QVERIFY(key);
        QCOMPARE(*key, "sk-environment"_ba);
    }

    void noKeyIsNoError()
    {
        const auto key = loadApiKey(QString(), QByteArray());
        QVERIFY(key);
        QVERIFY(key->isEmpty());
    }

    void whatCannotBeAKeyIsRefusedWithoutShowingIt_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("blank in it") << "hush hush"_ba;
        QTest::newRow("binary") << "\x7f"
                                   "ELF\x01hush"_ba;
    }
    void whatCannotBeAKeyIsRefusedWithoutShowingIt()
    {
        QFETCH(QByteArray, content);
        const auto key = loadApiKey(fileWith(content), QByteArray());
        QVERIFY(!key);
        QCOMPARE(key.error().kind, ErrorKind::Config);
        QVERIFY(!(key.error().message + key.error().detail).contains(u"hush"_s));
    }

    void aMissingFileOrADirectoryIsSaid()
    {
        QVERIFY(!loadApiKey(m_directory.filePath(u"nowhere"_s), "sk-environment"));
        QVERIFY(!loadApiKey(m_directory.path(), "sk-environment"));
    }
};

QTEST_APPLESS_MAIN(TestApiKey)
#include "tst_apikey.moc"
