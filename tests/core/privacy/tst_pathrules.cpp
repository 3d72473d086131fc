#include "core/privacy/glob.h"
#include "core/privacy/pathrules.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestPathRules : public QObject
{
    Q_OBJECT

    PathRules m_rules;

private Q_SLOTS:
    void namesNobodyCommitsAreBlocked_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const char *path : {".env",
                                 "app/.env",
                                 ".env.local",
                                 ".env.production",
                                 ".env.development.local",
                                 "prod.env",
                                 ".ENV",
                                 ".env_prod",
                                 "id_rsa",
                                 "keys/id_ed25519",
                                 "id_ecdsa",
                                 "id_dsa",
                                 "deploy_rsa",
                                 "id_rsa_work",
                                 "server.key",
                                 "tls/private.key",
                                 "key.pem",
                                 "privkey.pem",
                                 "server-key.pem",
                                 "my_private_key.pem",
                                 "putty.ppk",
                                 "private.gpg",
                                 "secret.asc",
                                 "sops-age-keys.txt",
                                 "etc/wpa_supplicant-wlan0.conf",
                                 "cert.p12",
                                 "cert.pfx",
                                 "a.p8",
                                 "app.jks",
                                 "release.keystore",
                                 "debug.bks",
                                 "vault.kdbx",
                                 "x.agilekeychain/data/default/1.1password",
                                 "my.opvault/default/profile.js",
                                 "old.kdb",
                                 "secrets.yml",
                                 "secrets.json",
                                 "secret.yaml",
                                 "config/master.key",
                                 "config/credentials/production.key",
                                 ".npmrc.local",
                                 ".pypirc",
                                 ".netrc",
                                 "_netrc",
                                 ".git-credentials",
                                 ".pgpass",
                                 ".my.cnf",
                                 ".htpasswd",
                                 "htpasswd",
                                 ".aws/credentials",
                                 ".aws/config",
                                 "aws_credentials",
                                 "accessKeys.csv",
                                 "rootkey.csv",
                                 ".azure/accessTokens.json",
                                 "x.publishsettings",
                                 "application_default_credentials.json",
                                 "service-account.json",
                                 "my-service_account.json",
                                 "app-firebase-adminsdk-x1-2.json",
                                 "firebase-adminsdk-x1.json",
                                 "wildcard.example.com.key",
                                 "ci/deploy_key",
                                 "vault.pass",
                                 ".credentials.json",
                                 "acme-account.json",
                                 "seed-phrase.txt",
                                 "wp-config.php.bak",
                                 "session.cookie",
                                 "users.sql.zip",
                                 ".databricks/token-cache.json",
                                 "client_secret_123.apps.json",
                                 "credentials.json",
                                 "kubeconfig",
                                 ".kube/config",
                                 "admin.conf",
                                 "prod.kubeconfig",
                                 "terraform.tfstate",
                                 "terraform.tfstate.backup",
                                 "terraform.tfvars",
                                 "prod.auto.tfvars",
                                 ".terraformrc",
                                 "credentials.tfrc.json",
                                 ".vault-token",
                                 ".vault_pass",
                                 "secret.asc",
                                 "ops/private_keys/a.pem",
                                 "validator-keypair.json",
                                 "bitwarden_export_20240101.json",
                                 "autounattend.xml",
                                 ".databrickscfg",
                                 "token.pickle",
                                 "oauth_token.txt",
                                 "vault_password.txt",
                                 ".docker/config.json",
                                 ".dockercfg",
                                 ".boto",
                                 ".s3cfg",
                                 "rclone.conf",
                                 ".ftpconfig",
                                 "sftp-config.json",
                                 "filezilla.xml",
                                 "recentservers.xml",
                                 "WinSCP.ini",
                                 "logins.json",
                                 "key4.db",
                                 "key3.db",
                                 "cookies.sqlite",
                                 "Login Data",
                                 "Cookies",
                                 ".bash_history",
                                 ".zsh_history",
                                 ".python_history",
                                 ".mysql_history",
                                 ".psql_history",
                                 ".node_repl_history",
                                 "dump.sql",
                                 "backup.sql.gz",
                                 "prod-dump.sql",
                                 "dump.rdb",
                                 "x.bacpac",
                                 "wallet.dat",
                                 "keystore/UTC--2024-01-01T00-00-00Z--abc",
                                 "mnemonic.txt",
                                 "recovery_codes.txt",
                                 "client.ovpn",
                                 "wg0.conf",
                                 "heap.hprof",
                                 "crash.dmp",
                                 "local.settings.json",
                                 "ppp/chap-secrets",
                                 "ipsec.secrets",
                                 ".sops-age-key.txt",
                                 "dkim.private",
                                 "core.1234",
                                 "trace.pcap",
                                 "a.keytab",
                                 "krb5cc_1000",
                                 "otr.private_key",
                                 "secring.gpg",
                                 "shadow",
                                 "passwords.txt",
                                 "passwords.xlsx",
                                 "api_key.txt",
                                 ".sentryclirc",
                                 "wp-config.php",
                                 "local_settings.py",
                                 ".dev.vars",
                                 ".streamlit/secrets.toml",
                                 "hudson.util.Secret",
                                 ".rdp",
                                 "office.rdp",
                                 ".config/gcloud/credentials.db",
                                 ".config/gh/hosts.yml",
                                 ".cargo/credentials.toml",
                                 ".gem/credentials",
                                 "keystore.properties",
                                 "google-play-key.json",
                                 ".ssh/id_github",
                                 "ssh_host_rsa_key",
                                 ".mitmproxy/mitmproxy-ca.pem",
                                 "tailscaled.state",
                                 "kaggle.json",
                                 ".claude/.credentials.json",
                                 "database.pgdump",
                                 "ntds.dit",
                                 "memory.dmp",
                                 ".env2",
                                 "secrets.prod.yaml",
                                 "lastpass.csv",
                                 "oauth.token",
                                 "secret-keys.gpg",
                                 "step-ca/secrets/root_ca_key",
                                 "Kexample.com.+013+12345.private",
                                 "age-identity.txt",
                                 "acme.json",
                                 ".pgpass.bak",
                                 ".dockerconfigjson",
                                 ".rclone.conf",
                                 ".getmail/getmailrc",
                                 "confCons.xml",
                                 ".ansible/vault_pass",
                                 ".hcloud/cli.toml",
                                 "electrum/default_wallet",
                                 "vmcore",
                                 "vmcore.0",
                                 "core.bash.1000.0123456789abcdef0123456789abcdef.4242.1700000000000000.zst",
                                 "sslkeylog.log",
                                 "Default.rdp"})
            QTest::newRow(path) << QByteArray(path);
    }
    void namesNobodyCommitsAreBlocked()
    {
        QFETCH(QByteArray, path);
        const PathJudgement judgement = m_rules.judge(path);
        QCOMPARE(pathVerdictName(judgement.verdict), u"secret"_s);
        QVERIFY(!judgement.reason.isEmpty());
        QVERIFY(judgement.ignoreLine.startsWith('/'));
    }

    void lookAlikesPass_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const char *path : {".env.example",
                                 ".env.sample",
                                 ".env.template",
                                 ".env.dist",
                                 "example.env",
                                 "env.example",
                                 ".env.local.example",
                                 "sample.env",
                                 ".env.vault",
                                 "secrets.yml.example",
                                 "secrets.enc.yaml",
                                 "secrets.sops.yaml",
                                 "k8s/external-secrets.yaml",
                                 "external_secret.yml",
                                 "credentials.yml.enc",
                                 "id_rsa.pub",
                                 "keys/id_ed25519.pub",
                                 "server.crt",
                                 "ca.cer",
                                 "request.csr",
                                 "public_key.pem",
                                 "ca.pem",
                                 "fullchain.pem",
                                 "cert.pem",
                                 "public.key",
                                 "terraform.tfvars.example",
                                 "known_hosts",
                                 "authorized_keys",
                                 "src/env.ts",
                                 "src/env.d.ts",
                                 "next-env.d.ts",
                                 "environment.ts",
                                 "config.py",
                                 "settings.py",
                                 "keyboard.c",
                                 "src/password.cpp",
                                 "password_reset.html",
                                 "token.rs",
                                 "tokens.json",
                                 "tokens.css",
                                 "secret.go",
                                 "secrets.py.md",
                                 "src/secrets/manager.ts",
                                 "docs/credentials.md",
                                 "src/credentials.rs",
                                 "core/base/core.h",
                                 "core",
                                 "drivers/base/core",
                                 "core.1.md",
                                 "secrets.ts",
                                 "keystore.ts",
                                 "Kconfig",
                                 "src/core.txt",
                                 "cookies.ts",
                                 "history.md",
                                 "dump.c",
                                 "backup.py",
                                 "schema.sql",
                                 "migrations/001_init.sql",
                                 "monkey.key.md",
                                 "key.c",
                                 "keys.h",
                                 "wallet.ts",
                                 "accounts.yml",
                                 "Makefile",
                                 "README.md",
                                 "package.json",
                                 "kubeconfig.go",
                                 "id_rsa_test.go",
                                 "app.example.json",
                                 "externalsecret.yaml",
                                 "sealedsecret.yaml",
                                 "shadow.css",
                                 "identity.ts",
                                 "passport.js",
                                 "compass.png",
                                 "target/readme.txt",
                                 "build/readme.txt",
                                 "vendor/x.go",
                                 "dist/index.js",
                                 "bin/run",
                                 "env/main.tf",
                                 "Podfile",
                                 "result/x.txt",
                                 ".gitignore",
                                 ".editorconfig",
                                 ".github/workflows/ci.yml",
                                 "test.txt",
                                 "sealed-secrets.yaml",
                                 "chart/templates/secret.yaml",
                                 "pkg/kubeconfig_test.go",
                                 "src/keypair.ts",
                                 "docs/oauth_token.md",
                                 "unattended.sh",
                                 "a~b",
                                 "4913.txt",
                                 ".env.md",
                                 ".secrets.baseline",
                                 "core/main.go",
                                 "corefile",
                                 "Corefile",
                                 "core.1",
                                 "core.js",
                                 "libcore.so.1",
                                 "vmcore.c",
                                 "acme.go",
                                 "token.proto",
                                 "tokens.scss",
                                 "tokenizer.json",
                                 "keylog.go",
                                 "Kconfig.private.md",
                                 "default.conf.md",
                                 "dumps/README.md",
                                 "structure.sql",
                                 "seeds/001.sql",
                                 "wallet.svg",
                                 "minisign.pub",
                                 "cosign.pub",
                                 "google-services.json.example",
                                 "service-account.yaml",
                                 "samconfig.toml",
                                 "session.ts",
                                 "cookie-banner.js",
                                 "htpasswd_test.go",
                                 "credentials.example.json",
                                 "templates/secrets.yaml"})
            QTest::newRow(path) << QByteArray(path);
    }
    void lookAlikesPass()
    {
        QFETCH(QByteArray, path);
        const PathJudgement judgement = m_rules.judge(path);
        QVERIFY2(!judgement.blocks(), qPrintable(judgement.reason));
    }

    void someNamesAreDecidedByContent()
    {
        for (const char *path :
             {".npmrc", "server.pem", "config.json", "settings.xml", ".envrc", "release.asc", "nuget.config"})
            QCOMPARE(pathVerdictName(m_rules.judge(path).verdict), u"content"_s);
    }

    void whatEditorsAndSystemsLeaveIsTemporary()
    {
        for (const char *path : {"a/.main.c.swp", "4913", "main.c~", ".#main.c", "#main.c#", ".DS_Store", "a/Thumbs.db",
                                 "x.crdownload", ".~lock.a.odt#", "._icon.png", "a/b.py___jb_tmp___", "x.orig"}) {
            const PathJudgement judgement = m_rules.judge(path);
            QVERIFY2(judgement.verdict == PathVerdict::Temporary, path);
            QVERIFY2(!judgement.ignoreLine.isEmpty(), path);
        }
        QCOMPARE(m_rules.judge("src/main.c~").ignoreLine, "*~"_ba);
    }

    void generatedTreesNeedTheirMarker_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("directory");
        QTest::addColumn<QByteArrayList>("names");
        QTest::addColumn<QByteArray>("ignored");
        const QByteArrayList none;
        QTest::newRow("node") << "web/node_modules/a/b.js"_ba
                              << ""_ba << none << "/web/node_modules/"_ba;
        QTest::newRow("python cache") << "a/__pycache__/x.pyc"_ba
                                      << ""_ba << none << "/a/__pycache__/"_ba;
        QTest::newRow("cargo") << "tool/target/debug/x"_ba
                               << "tool"_ba << QByteArrayList{"Cargo.toml"} << "/tool/target/"_ba;
        QTest::newRow("target without marker") << "tool/target/x"_ba
                                               << "tool"_ba << QByteArrayList{"a.txt"} << ""_ba;
        QTest::newRow("environment") << "venv/lib/x.py"_ba
                                     << "venv"_ba << QByteArrayList{"pyvenv.cfg"} << "/venv/"_ba;
        QTest::newRow("cmake") << "build/x.txt"_ba
                               << "build"_ba << QByteArrayList{"CMakeCache.txt"} << "/build/"_ba;
        QTest::newRow("gradle") << "app/build/x.txt"_ba
                                << "app"_ba << QByteArrayList{"build.gradle.kts"} << "/app/build/"_ba;
        QTest::newRow(".net") << "App/obj/x.json"_ba
                              << "App"_ba << QByteArrayList{"App.csproj"} << "/App/obj/"_ba;
        QTest::newRow("bundler") << "dist/index.js"_ba
                                 << ""_ba << QByteArrayList{"package.json"} << "/dist/"_ba;
        QTest::newRow("go vendor") << "vendor/x/y.go"_ba
                                   << "vendor"_ba << QByteArrayList{"modules.txt"} << ""_ba;
    }
    void generatedTreesNeedTheirMarker()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, directory);
        QFETCH(QByteArrayList, names);
        QFETCH(QByteArray, ignored);
        const PathSurroundings facts{
            .namesIn = [&](const QByteArray &asked) { return asked == directory ? names : QByteArrayList(); }};
        const PathJudgement judgement = m_rules.judge(path, facts);
        QCOMPARE(judgement.ignoreLine, ignored);
        QCOMPARE(judgement.verdict == PathVerdict::Generated, !ignored.isEmpty());
    }

    void trackedFilesAreDecidedByContent()
    {
        for (const char *path : {".env", "node_modules/a.js", "x.swp"})
            QCOMPARE(pathVerdictName(m_rules.judge(path, {.tracked = true, .namesIn = {}}).verdict), u"content"_s);
    }

    void ignoreLinesAreEscaped() { QCOMPARE(ignoreLineFor("a b/[x]*.env"), "/a\\ b/\\[x]\\*.env"_ba); }

    void globsMatchPartsOfPaths_data()
    {
        QTest::addColumn<QByteArray>("glob");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("fits");
        QTest::newRow("star") << "*.env"_ba
                              << "a.b.env"_ba << true;
        QTest::newRow("star stops at a slash") << "a*b"_ba
                                               << "a/b"_ba << false;
        QTest::newRow("two stars") << "*_rsa*x"_ba
                                   << "a_rsa_rsa_x"_ba << true;
        QTest::newRow("question mark") << "wg?"_ba
                                       << "wg0"_ba << true;
        QTest::newRow("range") << "core.[0-9]*"_ba
                               << "core.7"_ba << true;
        QTest::newRow("out of range") << "core.[0-9]*"_ba
                                      << "core.h"_ba << false;
        QTest::newRow("empty star") << "a*"_ba
                                    << "a"_ba << true;
        QTest::newRow("rest") << "ab"_ba
                              << "abc"_ba << false;
    }
    void globsMatchPartsOfPaths()
    {
        QFETCH(QByteArray, glob);
        QFETCH(QByteArray, text);
        QTEST(globMatches(glob, text), "fits");
    }

    void bracesExpand()
    {
        QCOMPARE(expandBraces("{a,b}c{,d}"), (QByteArrayList{"ac", "acd", "bc", "bcd"}));
        QCOMPARE(expandBraces("plain"), QByteArrayList{"plain"});
    }
};

QTEST_APPLESS_MAIN(TestPathRules)
#include "tst_pathrules.moc"
