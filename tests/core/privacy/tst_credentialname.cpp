#include "core/privacy/credentialname.h"
#include "core/privacy/scanknowledge.h"

#include <QTest>

using namespace AutoCommit;

class TestCredentialName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreCutIntoWords_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("camel") << QByteArray("dbPassword2") << QByteArray("db password2");
        QTest::newRow("snake") << QByteArray("DB_PASSWORD") << QByteArray("db password");
        QTest::newRow("capitals in front") << QByteArray("XMLApiKey") << QByteArray("xml api key");
        QTest::newRow("dots") << QByteArray("spring.datasource.password") << QByteArray("spring datasource password");
    }
    void namesAreCutIntoWords()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, words);
        QCOMPARE(wordsOfName(name).join(' '), words);
    }

    void aNameTellsWhatItHolds_data()
    {
        QTest::addColumn<NameKind>("kind");
        const auto rows = [](NameKind kind, std::initializer_list<const char *> names) {
            for (const char *name : names)
                QTest::newRow(name) << kind;
        };
        rows(NameKind::Password,
             {"password", "DB_PASSWORD", "userPassword", "rootPwd", "ssh-passphrase", "MYSQL_PASS", "passwort",
              "spring.datasource.password", "admin_password_prod", "dbpasswd", "password2"});
        rows(NameKind::Strong,
             {"token", "API_KEY", "apiKey", "x-api-key", "client_secret", "accessToken", "AUTH_TOKEN",
              "secret_access_key", "STRIPE_SECRET_KEY", "encryptionKey", "SECRET_KEY_BASE", "credentials",
              "githubToken", "private-key", "APIKEY", "vault_secret_id", "api_key_v2", "bearer"});
        rows(NameKind::Weak, {"key", "auth", "salt", "sessionid", "DSN", "token_a1b2", "keyMaterial"});
        rows(NameKind::Provider, {"datadog", "mailgun", "SENDGRID"});
        rows(NameKind::Other,
             {"public_key", "publicKeyToken", "token_url", "tokenType", "password_file", "passwordHint", "csrf_token",
              "credentialsId", "secret_name", "key_length", "foreignKey", "primary_key", "next_page_token", "KeyPair",
              "kms_key_id", "authority", "key_vault_name", "password_hash", "tokenizer"});
        rows(NameKind::None,
             {"monkey", "keyboard", "compass", "secretary", "hello", "turkey", "passenger", "author_name_x"});
    }
    void aNameTellsWhatItHolds()
    {
        static const auto knowledge = ScanKnowledge::load();
        QFETCH(NameKind, kind);
        QCOMPARE(static_cast<int>(knowledge->names.classify(QTest::currentDataTag())), static_cast<int>(kind));
    }
};

QTEST_APPLESS_MAIN(TestCredentialName)
#include "tst_credentialname.moc"
