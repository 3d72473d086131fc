#include "core/privacy/commandpassword.h"
#include "core/privacy/scanstream.h"
#include "core/privacy/secretscanner.h"
#include "tests/core/privacy/samples.h"

#include <QTest>

#include <ctime>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestSecretScanner : public QObject
{
    Q_OBJECT

    SecretScanner m_scanner;

    /// Characters of two or four bytes, of either order.
    static QByteArray wide(const QByteArray &text, bool bigEndian, int width = 2)
    {
        QByteArray out;
        for (const char c : text) {
            const QByteArray zeros(width - 1, '\0');
            out += bigEndian ? zeros + c : c + zeros;
        }
        return out;
    }

    static QByteArray pem(QRandomGenerator &random, const QByteArray &kind, const QByteArray &lineEnd)
    {
        QByteArray text = "-----BEGIN " + kind + "-----" + lineEnd;
        for (int i = 0; i < 6; ++i)
            text += Samples::randomText(random, Samples::base64, 64) + lineEnd;
        return text + "-----END " + kind + "-----" + lineEnd;
    }

    /// CPU time of this process, which does nothing else.
    double secondsFor(const QByteArray &text) const
    {
        const std::clock_t before = std::clock();
        (void)m_scanner.scan(text);
        return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    }

private Q_SLOTS:
    void aValueIsFoundInEverySyntax_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const QByteArray &text) { QTest::newRow(text.left(60).constData()) << text; };
        for (const char *text : {"NAME=VALUE",
                                 "NAME = VALUE",
                                 "export NAME=\"VALUE\"",
                                 "NAME: VALUE",
                                 "\"NAME\": \"VALUE\"",
                                 "{\\\"NAME\\\":\\\"VALUE\\\"}",
                                 "<NAME>VALUE</NAME>",
                                 "<NAME>\n  VALUE\n</NAME>",
                                 "<add key=\"NAME\" value=\"VALUE\"/>",
                                 "ENV NAME VALUE",
                                 "run --NAME VALUE",
                                 "run --NAME=VALUE",
                                 "https://h/p?a=b&NAME=VALUE&c=d",
                                 "$NAME = 'VALUE';",
                                 "define('NAME', 'VALUE');",
                                 ":NAME => 'VALUE'",
                                 "NAME := \"VALUE\"",
                                 "var NAME string = \"VALUE\"",
                                 "let NAME: &str = \"VALUE\";",
                                 "String NAME = \"VALUE\";",
                                 "setProperty(\"NAME\", \"VALUE\")",
                                 "os.environ[\"NAME\"] = \"VALUE\"",
                                 "os.getenv(\"NAME\", \"VALUE\")",
                                 "- name: NAME\n  value: VALUE",
                                 "| NAME | VALUE |",
                                 "`NAME`: `VALUE`",
                                 "[DEBUG] using NAME=VALUE now",
                                 "the NAME is VALUE",
                                 "NAME: |\n  VALUE",
                                 "\"NAME\" => \"VALUE\"",
                                 "NAME ?= VALUE",
                                 "<secret>{vendor VALUE}</secret>",
                                 "\"cell\": [\"NAME = 'VALUE'\\n\", \"x\\n\"]",
                                 "<key>NAME</key>\n<string>VALUE</string>",
                                 "machine h login u NAME VALUE"})
            row(text);
    }
    void aValueIsFoundInEverySyntax()
    {
        QFETCH(QByteArray, text);
        QRandomGenerator random(17);
        for (const char *name : {"api_token", "CLIENT_SECRET", "accessKey"}) {
            const QByteArray value = Samples::randomText(random, Samples::alnum, 32);
            QByteArray full = "first line\n" + text + "\nlast line\n";
            full.replace("NAME", name).replace("VALUE", value);
            const Findings findings = m_scanner.scan(full);
            QVERIFY2(!findings.isEmpty(), full.constData());
            QVERIFY2(full.mid(findings[0].offset, findings[0].length).contains(value), full.constData());
        }
    }

    void chosenPasswordsAreFoundWhereTheyAreWrittenDown_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("found");
        const QByteArray chosen = "Kestrel!"
                                  "42x";
        QTest::newRow("encrypted by Spring")
            << "db_password={cipher}" + QByteArray("8f03ba5c61d7e249").repeated(4) << "a.ini"_ba << false;
        QTest::newRow("option of PowerShell") << "New-Thing -Password \"" + chosen + "\""
                                              << "run.ps1"_ba << true;
        QTest::newRow("definition") << "#define dbPassword \"" + chosen + "\""
                                    << "a.h"_ba << true;
        QTest::newRow("quoted") << "password = \"" + chosen + "\""
                                << "app.py"_ba << true;
        QTest::newRow("json") << "{\"dbPassword\": \"" + chosen + "\"}"
                              << "conf.json"_ba << true;
        QTest::newRow("environment file") << "DB_PASSWORD=" + chosen << "deploy/app.env"_ba << true;
        QTest::newRow("yaml file") << "password: " + chosen << "values.yaml"_ba << true;
        QTest::newRow("code that refers to one") << "password = user.password1"_ba
                                                 << "app.py"_ba << false;
        QTest::newRow("test file") << "password = \"" + chosen + "\""
                                   << "tests/test_login.py"_ba << false;
        QTest::newRow("words") << "password = \"correct horse\""_ba
                               << "app.py"_ba << false;
        QTest::newRow("label") << "password_label = \"Pass!word2\""_ba
                               << "app.py"_ba << false;
        QTest::newRow("comment behind it") << "password: " + chosen + " # of the pool"
                                           << "values.yaml"_ba << true;
        QTest::newRow("notes") << "passwd: " + chosen << "notes.txt"_ba << true;
        QTest::newRow("element") << "<password>" + chosen + "</password>"
                                 << "settings.xml"_ba << true;
        QTest::newRow("environment of a command") << "PGPASSWORD=" + chosen + " psql -h db"
                                                  << "ci.py"_ba << true;
        QTest::newRow("code in a constant") << "PASSWORD = user.password1"_ba
                                            << "app.py"_ba << false;
        QTest::newRow("url") << "postgres://app:" + chosen + "@db.internal/x"
                             << "x.txt"_ba << true;
        QTest::newRow("sign at the end") << "DB_PASSWORD=jordus_pelka.69!"_ba
                                         << "creds.txt"_ba << true;
        QTest::newRow("list of a mount") << "//nas/x /mnt cifs username=me,password=Huxquopel446!,uid=1 0 0"_ba
                                         << "fstab"_ba << true;
        QTest::newRow("netrc over lines") << "machine git.corp.net\n  login me\n  password " + chosen + "\n"
                                          << "_logins"_ba << true;
        QTest::newRow("header that a proxy sets") << "proxy_set_header X-Db-Password \"" + chosen + "\";"
                                                  << "site"_ba << true;
        QTest::newRow("sentence of notes") << "the admin password is " + chosen + " , change it"
                                           << "notes.txt"_ba << true;
        QTest::newRow("bytes of a literal") << "var mailPassword = []byte(\"" + chosen + "\")"
                                            << "a.go"_ba << true;
        QTest::newRow("what a call makes of it") << "password = decrypt(\"" + chosen + "\")"
                                                 << "a.go"_ba << false;
        QTest::newRow("item of notes") << "## Access\n- db_password: `" + chosen + "`\n"
                                       << "INFRA.md"_ba << true;
        QTest::newRow("item of a manual") << "## Access\n- db_password: `" + chosen + "`\n"
                                          << "docs/setup.md"_ba << false;
        QTest::newRow("item of a readme") << "## Access\n- db_password: `" + chosen + "`\n"
                                          << "README.md"_ba << false;
        QTest::newRow("variable in a pipe") << "- AUTH=$(printf %s \"$ES_PASSWORD\" | base64)"_ba
                                            << "ci.yml"_ba << false;
        QTest::newRow("braced variable in a pipe") << "- AUTH=$(printf %s ${CI_PASSWORD} | base64)"_ba
                                                   << "ci.yml"_ba << false;
        QTest::newRow("list of names") << "in_array($method, ['password', 'xoauth2'])"_ba
                                       << "a.php"_ba << false;
        QTest::newRow("argument of a call") << "conf.set('password', 'Kestrel!42')"_ba
                                            << "a.php"_ba << true;
        QTest::newRow("URL of a manual") << "u: https://<user>:<password>@host/x2"_ba
                                         << "a.yml"_ba << false;
        QTest::newRow("package of a lock") << "\"vendor/change_pwd\": \"<2.0.5|>=3,<3.0.3\""_ba
                                           << "composer.lock"_ba << false;
        QTest::newRow("rules of a form") << "'password' => 'required|alpha_dash|string|max:255'"_ba
                                         << "app.php"_ba << false;
        QTest::newRow("part of a description") << "password: \"#/components/schemas/Password2\""_ba
                                               << "api.yaml"_ba << false;
        QTest::newRow("stand-in with a number") << "password: password1"_ba
                                                << "values.yaml"_ba << false;
        QTest::newRow("url, throw-away") << "postgres://postgres:postgres@localhost/x"_ba
                                         << "x.txt"_ba << false;
        QTest::newRow("url, template") << "postgres://app:${DB_PASS}@db.internal/x"_ba
                                       << "x.txt"_ba << false;
    }
    void chosenPasswordsAreFoundWhereTheyAreWrittenDown()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, path);
        QTEST(!m_scanner.scan(text, {.path = path}).isEmpty(), "found");
    }

    void callsDirectivesAndPipesNameAPasswordByItsPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("found");
        const auto row = [](const char *text, bool found) { QTest::newRow(text) << QByteArray(text) << found; };
        row("$db = new mysqli('db', 'svc', 'PASSWORD', 'app');", true);
        row("$db = new mysqli($host, $user, 'PASSWORD');", true);
        row("new PDO('mysql:host=db', 'svc', 'PASSWORD')", true);
        row("smtp.login('svc@corp.net', 'PASSWORD')", true);
        row("sql.Open('mysql', 'svc:PASSWORD@tcp(db:3306)/app')", true);
        row("'jdbc:oracle:thin:svc/PASSWORD@db:1521/app'", true);
        row("echo 'PASSWORD' | sudo -S reboot", true);
        row("echo 'svc:PASSWORD' | chpasswd", true);
        row("az login -u app -p PASSWORD --tenant x", true);
        row("htpasswd -bc users admin PASSWORD", true);
        row("net use Z: \\\\nas\\share PASSWORD /user:corp\\me", true);
        row("schtasks /create /tn x /ru corp\\svc /rp PASSWORD", true);
        row("db.corp.net:5432:app:svc:PASSWORD", true);
        row("rootpw --plaintext PASSWORD", true);
        row("enable password PASSWORD", true);
        row("rocommunity PASSWORD", true);
        row("DBI->connect('dbi:Pg:dbname=app', 'svc', 'PASSWORD')", true);
        row("echo $$GITHUB_TOKEN | docker login -u me --password-stdin", false);
        row("PASS=x; listen :5432: and go", false);
        row("net user svc PASSWORD /add", true);
        row("requirepass PASSWORD\n", true);
        row("dsn = 'host=db user=svc password=PASSWORD dbname=app'", true);
        row("helm registry login r --username svc --password PASSWORD", true);
        row("set -gx SMTP_PASS PASSWORD", true);
        row("gh secret set DEPLOY --body PASSWORD", true);
        row("twine upload -u me -p PASSWORD dist/*", true);
        row("http -a svc:PASSWORD https://h/", true);
        row("rabbitmqctl add_user svc PASSWORD", true);
        row("username admin password 0 PASSWORD", true);
        row("[smtp.corp.net]:587 svc@corp.net:PASSWORD", true);
        row("val c = Credentials.basic('svc', 'PASSWORD')", true);
        row("val secret = System.getenv('S') ?: 'PASSWORD'", true);
        row("$pass = getenv('S') ?: 'PASSWORD';", true);
        row("val c = call(getenv('S'), 'PASSWORD')", false);
        row("(setq api-token 'PASSWORD')", true);
        row("(setq token-colour 'PASSWORD')", false);
        row("setenv LDAP_PW PASSWORD", true);
        row("Dim adminPassword As String = 'PASSWORD'", true);
        row("contraseña: PASSWORD", true);
        row("пароль: PASSWORD", true);
        row("mot de passe : PASSWORD", true);
        row("$db = new mysqli('db', 'PASSWORD', $pw, 'app');", false); // another argument
        row("echo 'PASSWORD' | less", false);
        row("smtp.login(user, password)", false);
        row("docker login -u svc -p \"$PASSWORD\" r", false);
    }
    void callsDirectivesAndPipesNameAPasswordByItsPlace()
    {
        QFETCH(QByteArray, text);
        const QByteArray chosen = QByteArray("Kestrel!") + "482x";
        QTEST(!m_scanner
                   .scan(QByteArray(text)
                             .replace("'PASSWORD", "'" + chosen)
                             .replace(" PASSWORD", ' ' + chosen)
                             .replace(":PASSWORD", ':' + chosen)
                             .replace("/PASSWORD", '/' + chosen)
                             .replace("=PASSWORD", '=' + chosen),
                         {.path = "conf/run.txt"})
                   .isEmpty(),
              "found");
    }

    void aChecksumNeedsNothingAroundTheToken_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("behind");
        QTest::addColumn<bool>("right");
        QTest::newRow("columns of a database") << "login"_ba
                                               << "\x03next"_ba << true;
        QTest::newRow("name of a directory") << "dir-"_ba
                                             << "/f"_ba << true;
        QTest::newRow("image") << QByteArray(1, '\0') << "a\xff"_ba << true;
        QTest::newRow("base64") << "login"_ba
                                << "abc"_ba << false;
    }
    void aChecksumNeedsNothingAroundTheToken()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, behind);
        QFETCH(bool, right);
        const QByteArray token = "np" + "m_"_ba + QByteArray(30, '0') + (right ? "2C8GjS" : "2C8GjT");
        QCOMPARE(!m_scanner.scan("x\n" + before + token + behind).isEmpty(), right);
    }

    void onlyTheSearchKeyIsPublicBesideAnIndex_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("admin key") << "adminApiKey"_ba;
        QTest::newRow("write key") << "writeApiKey"_ba;
        QTest::newRow("password") << "password"_ba;
        QTest::newRow("secret") << "client_secret"_ba;
    }
    void onlyTheSearchKeyIsPublicBesideAnIndex()
    {
        QFETCH(QByteArray, name);
        QRandomGenerator random(89);
        const QByteArray value = Samples::randomText(random, Samples::hexDigits, 32);
        QVERIFY(!m_scanner.scan("c = { appId: 'A1B2', " + name + ": '" + value + "', indexName: 'docs' }").isEmpty());
    }

    void signsOfAFormatMakeNoFormat()
    {
        const QByteArray value = QByteArray("a_mt%up01achm0e3") + "=wh=2$=mb0@6g^5c8%(sbe)b";
        QVERIFY(!m_scanner.scan("SECRET_KEY = '" + value + "'").isEmpty());
    }

    void aPuttyKeyInJsonIsFound()
    {
        QRandomGenerator random(97);
        const QByteArray material = Samples::randomText(random, Samples::base64, 48);
        QVERIFY(!m_scanner
                     .scan("{\"k\": \"PuTTY-User-Key-File-3: ssh-ed25519\\nEncryption: none\\nPrivate-Lines: 1\\n"
                           + material + "\\nPrivate-MAC: 00\"}")
                     .isEmpty());
    }

    void lookAlikesPass_data()
    {
        QTest::addColumn<QByteArray>("text");
        QRandomGenerator random(23);
        const auto hex = [&](int n) { return Samples::randomText(random, Samples::hexDigits, n); };
        const auto b64 = [&](int n) { return Samples::randomText(random, Samples::base64, n); };
        const auto row = [](const char *title, const QByteArray &text) { QTest::newRow(title) << text; };
        row("commit", "commit " + hex(40) + "\nAuthor: A <a@b.c>");
        row("publishable key", "Stripe('pk_live_" + Samples::randomText(random, Samples::alnum, 24) + "')");
        row("site key", "<div class=\"g-recaptcha\" data-sitekey=\"6L" + b64(38).replace('/', 'x') + "\"></div>");
        row("dsn of a web page", "Sentry.init({dsn: 'https://" + hex(32) + "@o1234.ingest.sentry.io/567'})");
        row("search key", "{ appId: 'A1B2', apiKey: '" + hex(32) + "', indexName: 'docs' }");
        row("commit behind a word", "- fix the token (" + hex(40) + ")");
        row("key of a cache", "key: npm-linux-" + hex(64));
        row("place in a provider's own scheme",
            "style = 'mapbox://styles/acme/" + Samples::randomText(random, "abcdefghijklmnopqrstuvwxyz0123456789", 25)
                + "'");
        row("variable in a connection", "connect host=db user=app redis_pass=process.env.X ok");
        row("encrypted value in a connection", "host=db user=app bind_password={cipher}" + hex(96));
        row("place of a secret in a connection",
            "connect(host='x', db_password='arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/db-AbCdEf')");
        row("alphabet for a key", "{ fastlyApiKey: 'abcdefghijklmnop' }");
        row("format of Python", "password = '%(db_password)s_9!'");
        row("definition of a number", "#define dbPassword 0x0B96");
        row("helm pipe", "password: {{ .Values.db.password | b64enc | quote }}");
        row("address of a contract", "const tokenAddress = '0x" + hex(40) + "'");
        row("password hash", "client_secret: '$pbkdf2-sha512$310000$" + b64(22) + "$" + b64(86) + "'");
        row("svg path", "twilio <path d='M127.86 222.304c-52.005-94.164-42.159-94.164-94.163z'/>");
        row("table of ids", "\"Token Pass\",\n\"" + Samples::uuid(random) + "\": \"x\"");
        row("working directory", "exec([\"USER=go\", \"PWD=/tmp\"])");
        row("example in a comment", "#   user.recovery_password = \"42password\"");
        row("pinned action", "uses: actions/checkout@" + hex(40));
        row("npm integrity", "\"integrity\": \"sha512-" + b64(86) + "==\"");
        row("yarn berry checksum", "  checksum: 10c0/" + hex(128));
        row("cargo checksum", "checksum = \"" + hex(64) + "\"");
        row("go.sum", "github.com/a/b v1.2.3 h1:" + b64(43) + "=");
        row("pip hash", "--hash=sha256:" + hex(64));
        row("image digest", "image: repo/app@sha256:" + hex(64));
        row("sri", "<script src=\"x.js\" integrity=\"sha384-" + b64(64) + "\"></script>");
        row("etag", "ETag: \"" + hex(32) + "\"");
        row("md5", "md5sum = " + hex(32));
        row("uuid", "id: " + Samples::uuid(random));
        row("uuid as code", "static const char *ServiceUuid = \"" + Samples::uuid(random) + "\";");
        row("public ssh key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + b64(43) + " me@host");
        row("certificate",
            "-----BEGIN CERTIFICATE-----\n" + b64(64) + "\n" + b64(64) + "\n-----END CERTIFICATE-----\n");
        row("public key", "-----BEGIN PUBLIC KEY-----\n" + b64(64) + "\n" + b64(64) + "\n-----END PUBLIC KEY-----\n");
        row("marker without a key", "if (line == \"-----BEGIN RSA PRIVATE KEY-----\") return true;");
        row("image", "background: url(data:image/png;base64," + b64(400) + ")");
        row("ansible vault", "password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  " + hex(80) + "\n");
        row("sops", "password: ENC[AES256_GCM,data:" + b64(20) + ",iv:" + b64(43) + "=,type:str]");
        row("password hash", "password: $2b$12$" + Samples::randomText(random, Samples::alnum, 53));
        row("template", "api_key: {{ vault.api_key }}\ntoken: ${TOKEN}\nsecret: <your-secret>\npassword: %PASSWORD%");
        row("placeholder", "API_KEY=your-api-key-here\nTOKEN=xxxxxxxxxxxxxxxxxxxx\nSECRET=changeme");
        row("function call", "token = generateAccessToken(user, 32)\nkey := deriveKey(masterSecret)");
        row("identifiers",
            "secretKeySelector: defaultSecretKeySelectorName\ntokenProvider = oauthTokenProviderFactory;");
        row("path", "private_key = /etc/ssl/private/server.key\ntoken_file: ./secrets/token");
        row("i18n", "\"password\": \"Passwort eingeben\", \"forgot_password\": \"Mot de passe oublié ?\"");
        row("public token of .NET", "Version=4.0.0.0, Culture=neutral, PublicKeyToken=" + hex(16));
        row("csrf", "<input name=\"csrf_token\" value=\"" + b64(44) + "\">");
        row("pinned action with a telling name", "uses: actions/create-github-app-token@" + hex(40));
        row("go pseudo version", "x/docker-credential-helper v0.0.0-20230304212654-" + hex(12));
        row("known hosts", "github.com ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY" + b64(100));
        row("video list",
            "auth talk: https://www.youtube.com/watch?v=VXrGp5er1ZE&list=PL"
                + b64(30).replace('/', 'x').replace('+', 'y'));
        row("hash with a prefix", "integrity: 'sha1-" + b64(27) + "='");
        row("base64 inside an image", "d=\"" + b64(60) + "+EAA" + b64(90) + "\"");
        row("kubernetes certificate", "kind: Secret\ndata:\n  username: bXlzcWw=\n  host: ZGI=\n");
        row("lines of a block that read like names",
            "x:\n" + b64(20) + "/tokenSecretKey/" + b64(28) + '\n' + b64(64) + '\n');
        row("sealed secret", "encryptedData:\n  password: AgA" + b64(700));
        row("publishable key", "STRIPE_PUBLISHABLE_KEY=pk_test_" + Samples::randomText(random, Samples::alnum, 40));
        row("minified code", "this._password||(e=this._username+(null!=this._password?\":\"+this._password:\"\"))");
        row("session of a shop", "// 'cs_test_" + Samples::randomText(random, Samples::alnum, 58) + "'");
        row("wallet of a token", "address constant TOKEN = 0x" + hex(40) + ";");
        row("key that git signs with", "git config user.signingkey \"" + hex(40).toUpper() + "\"");
        row("key that git signs with, in a file", "[user]\n\tsigningkey = " + hex(16).toUpper());
        row("columns of a file system table", "# <options> <dump> <pass>\n\nUUID=" + Samples::uuid(random) + " / ext4");
        row("variables of a shell", "ln -sfn \"$PWD\" \"$MARK/a7Q!x\"");
        row("another option's value", "az x --query accessToken --resource " + Samples::uuid(random));
        row("tests that pass", "- make tests pass @ada " + hex(40));
        row("search in a map", "tags.contains_key(\"" + hex(40) + "\")");
        row("telemetry of a program",
            "InstrumentationKey=" + Samples::uuid(random) + ";IngestionEndpoint=https://x.net/");
        row("list of names", "k=[\"injectPassword2\",\"injectNpmToken3\",\"userSecretName4\"];");
        row("credentials a device may use", "\"allowed_credentials\": [\"" + b64(86) + "==\"]");
        row("public key in a property list", "<key>SUPublicEDKey</key>\n<string>" + b64(43) + "=</string>");
        row("beacon of a page", "data-cf-beacon='{\"token\": \"" + hex(32) + "\"}'");
        row("call in front of a token's length", "_authToken = Convert.ToBase64String(bytes);");
        row("resource name", "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-dwCqC8");
        row("license", "(\"Ecma\") identified by reference to the standard* (\"Soft1ware)");
        row("number behind a name", "#define GL_STENCIL_PASS_DEPTH_PASS        0x0B96");
        const auto jwt = [&](const char *payload) {
            return "const KEY = '" + QByteArray("{\"alg\":\"HS256\"}").toBase64(QByteArray::OmitTrailingEquals) + '.'
                + QByteArray(payload).toBase64(QByteArray::OmitTrailingEquals) + '.'
                + Samples::randomText(random, Samples::alnum, 43) + "'";
        };
        row("token of a local installation", jwt("{\"iss\":\"supabase-demo\",\"role\":\"service_role\"}"));
        row("token for web pages", jwt("{\"iss\":\"supabase\",\"ref\":\"abc\",\"role\":\"anon\"}"));
        row("token that everybody is shown", jwt("{\"sub\":\"1234567890\",\"iat\":1516239022}"));
        row("page of a list, escaped", "?page=1\\u0026page_token=" + b64(27).replace('/', 'x').replace('+', 'y'));
        row("class of Windows", "(\"Auth.Tokens\", \"{" + Samples::uuid(random) + "}\")");
        row("shown in a comment",
            "// A session token has a format of `" + Samples::randomText(random, Samples::alnum, 32) + "`.");
        row("example of a scheme",
            "\"examples\": [\"Bearer " + Samples::randomText(random, Samples::alnum, 24) + "\"]");
        row("word of a sentence", "// made from a random secret\n\t\tValue: \"" + b64(40) + "\"");
        row("keys by their ids", "\"keys\": {\n \"" + hex(64) + "\": {}");
        row("public key in one line",
            "\"public_token\": \"-----BEGIN PUBLIC KEY-----\\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE" + b64(60) + "\"");
        row("certificate in base64",
            "cluster_auth_base64 = \"" + QByteArray("-----BEGIN CERTIFICATE-----\n" + b64(64)).toBase64() + '"');
        row("shortened", "# echo \"export SESSION_SECRET=99ae8af...snip...ec0f262ac\" >> ~/.bashrc");
        row("alphabet with digits", "CLIENT_SECRET=\"qr6stu789vwxyz\"");
        row("public token of Mapbox",
            "accessToken = 'pk.eyJ1Ijoi" + Samples::randomText(random, Samples::alnum, 56) + '.'
                + Samples::randomText(random, Samples::alnum, 22) + "';");
        row("project key of PostHog", "posthog.init('phc_" + Samples::randomText(random, Samples::alnum, 43) + "')");
        row("kubernetes key without material",
            "kind: Secret\ndata:\n  tls.key: "
                + QByteArray("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----").toBase64());
        row("user and hash",
            "kind: Secret\nstringData:\n  htpasswd: |\n    admin:$2y$05$"
                + Samples::randomText(random, Samples::alnum, 53));
        row("kubernetes ids", "kind: Secret\ndata:\n  client-id: " + Samples::uuid(random).toBase64());
        row("colour and numbers", "key: #ff00aa\nkeyCode: 13\nsecret_length = 32\ntoken_ttl: 86400");
    }
    void lookAlikesPass()
    {
        QFETCH(QByteArray, text);
        const Findings findings = m_scanner.scan(text);
        QVERIFY2(findings.isEmpty(), findings.isEmpty() ? "" : findings[0].rule.constData());
    }

    void privateKeysOfEveryKindAreFound_data()
    {
        QTest::addColumn<QByteArray>("text");
        QRandomGenerator random(29);
        for (const char *kind : {"RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY",
                                 "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK"}) {
            QTest::addRow("%s", kind) << pem(random, kind, "\n");
            QTest::addRow("%s, CR LF", kind) << pem(random, kind, "\r\n");
            QTest::addRow("%s, in JSON", kind) << "{\"key\": \"" + pem(random, kind, "\\n") + "\"}";
            QTest::addRow("%s, on one line", kind) << pem(random, kind, " ");
            QTest::addRow("%s, indented", kind) << "key: |\n  " + pem(random, kind, "\n  ");
        }
        QTest::newRow("SSH2") << "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: \"x\"\n"
                + Samples::randomText(random, Samples::base64, 70) + "\n"
                + Samples::randomText(random, Samples::base64, 70) + "\n---- END SSH2 ENCRYPTED PRIVATE KEY ----\n";
        QTest::newRow("PuTTY") << "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: c\nPublic-Lines: 1\n"
                + Samples::randomText(random, Samples::base64, 64) + "\nPrivate-Lines: 1\n"
                + Samples::randomText(random, Samples::base64, 48) + "\nPrivate-MAC: 00\n";
        QTest::newRow("JSON web key") << "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                + Samples::randomText(random, Samples::alnum, 43) + "\",\"d\":\""
                + Samples::randomText(random, Samples::alnum, 43) + "\"}";
        QTest::newRow("WireGuard") << "[Interface]\nPrivateKey = " + Samples::randomText(random, Samples::base64, 43)
                + "=\nAddress = 10.0.0.1/24\n";
        QTest::newRow("symmetric JSON web key")
            << "{\"kty\":\"oct\",\"k\":\"" + Samples::randomText(random, Samples::alnum, 43) + "\"}";
        QTest::newRow("cloudflared") << "-----BEGIN ARGO TUNNEL TOKEN-----\n"
                + Samples::randomText(random, Samples::alnum, 64) + '\n'
                + Samples::randomText(random, Samples::alnum, 64) + "\n-----END ARGO TUNNEL TOKEN-----\n";
        QTest::newRow("OpenVPN") << "-----BEGIN OpenVPN Static key V1-----\n"
                + Samples::randomText(random, Samples::hexDigits, 32) + "\n"
                + Samples::randomText(random, Samples::hexDigits, 32) + "\n-----END OpenVPN Static key V1-----\n";
        const QByteArray der
            = QByteArray::fromHex("308204a30201000282010100") + Samples::randomText(random, Samples::alnum, 300);
        QTest::newRow("DER in base64") << "blob: " + der.toBase64();
    }
    void privateKeysOfEveryKindAreFound()
    {
        QFETCH(QByteArray, text);
        const Findings findings = m_scanner.scan("before\n" + text + "after\n");
        QVERIFY(!findings.isEmpty());
    }

    void otherPlacesOfSecretsAreKnown_data()
    {
        QTest::addColumn<QByteArray>("text");
        QRandomGenerator random(83);
        const QByteArray value = Samples::randomText(random, Samples::alnum, 24) + "7Qx4";
        const QByteArray pair = ("deploy:" + value).toBase64();
        const auto row = [](const char *title, const QByteArray &text) { QTest::newRow(title) << text; };
        row("curl", "curl -s -u deploy:" + value + " https://host/x");
        row("curl, quoted", "curl https://host/x \\\n  --user 'deploy:" + value + "'");
        row("basic header", "Authorization: Basic " + pair);
        row("docker login", "{\"auths\": {\"registry\": {\"auth\": \"" + pair + "\"}}}");
        row("kubernetes",
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ndata:\n  db: " + value.toBase64() + "\n");
        row("kubernetes in JSON", "{\"kind\":\"Secret\",\"data\":{\"x\":\"" + value.toBase64() + "\"}}");
        row("token as user", "git clone https://" + value + "@host/x.git");
        row("netrc", "machine host login me password " + value);
        row("sshpass", "sshpass -p '" + value + "' ssh me@host");
        row("mysql", "mysql -h db -u me -p" + value + " app");
        row("openssl", "openssl rsa -in k -passin pass:" + value + " -out x");
        row("docker on the command line", "docker login -u me -p " + value + " registry.host");
        row("htpasswd", "htpasswd -b users me " + value);
        row("SQL", "CREATE USER me IDENTIFIED BY '" + value + "';");
        row("pair in a call", "get(url, auth=('me', '" + value + "'))");
        row("Terraform", "variable \"db_password\" {\n  type = string\n  default = \"" + value + "\"\n}");
        row("Azure storage",
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey="
                + Samples::randomText(random, Samples::base64, 86) + "==;EndpointSuffix=core.windows.net");
        row("webhook of Slack",
            "https://hooks.slack.com" + ("/services/T" + Samples::randomText(random, Samples::upperAlnum, 9)) + "/B"
                + Samples::randomText(random, Samples::upperAlnum, 9) + '/' + value.left(24));
        row("webhook of Discord",
            "https://discord.com/api" + ("/webhooks/" + QByteArray(9, '7') + QByteArray(9, '3')) + '/'
                + Samples::randomText(random, Samples::alnum, 68));
        row("redis", "redis://:" + value + "@cache:6379/0");
        row("jdbc", "jdbc:mysql://db/x?user=app&password=harvest7moon&ssl=true");
        row("ado.net", "Server=db;Database=x;User Id=app;Password=harvest7moon;");
        row("recovery words",
            "mnemonic = \"legal winner thank year wave sausage worth useful legal winner thank yellow\"");
        row("Mapbox, secret",
            "accessToken = 'sk.eyJ1Ijoi" + Samples::randomText(random, Samples::alnum, 56) + '.'
                + Samples::randomText(random, Samples::alnum, 22) + "';");
        row("PostHog, personal", "key = 'phx_" + Samples::randomText(random, Samples::alnum, 43) + "'");
        row("token that is JSON inside", "api_token = '" + QByteArray("{\"t\":\"" + value + "\"}").toBase64() + "'");
        row("key of a Kubernetes secret",
            "kind: Secret\ndata:\n  tls.key: " + pem(random, "PRIVATE KEY", "\n").toBase64());
        row("variable of a table", "| $API_TOKEN | " + value + " |");
        row("curl, password quoted", "curl -u deploy:'" + value + "' https://host/x");
        row("CloudFormation", "  DbPassword:\n    Type: String\n    NoEcho: true\n    Default: " + value + "\n");
        row("recovery words without quotes",
            "mnemonic: legal winner thank year wave sausage worth useful legal winner thank yellow");
        row("token of nobody we know", "client = Client(\"zzq_live_" + value + "\")");
    }
    void otherPlacesOfSecretsAreKnown()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!m_scanner.scan("first\n" + text + "\nlast\n").isEmpty());
    }

    void valuesEverybodyKnowsPass()
    {
        // The key of the storage emulator, in two halves.
        const QByteArray known = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2U"
                                 "VErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
        QVERIFY(m_scanner.scan("AccountKey=" + known).isEmpty());
        QByteArray other = known;
        other[10] = other[10] == 'a' ? 'b' : 'a';
        QVERIFY(!m_scanner.scan("AccountKey=" + other).isEmpty());
    }

    void encodedSecretsAreFoundOneLevelDeep()
    {
        QRandomGenerator random(37);
        const QByteArray token = QByteArray("gh") + "p_" + Samples::randomText(random, Samples::alnum, 36);
        const QByteArray line = "user=me&token=" + token + "&x=1";
        QVERIFY(!m_scanner.scan("data: " + line.toBase64()).isEmpty());
        QVERIFY(!m_scanner.scan("data: " + line.toHex()).isEmpty());
        QVERIFY(!m_scanner.scan("u=" + ("a " + line).toPercentEncoding()).isEmpty());
        QVERIFY(!m_scanner.scan("u=gh%70_" + token.mid(4)).isEmpty());
        QVERIFY(m_scanner.scan("data: " + line.toBase64().toBase64()).isEmpty());
    }

    void wideTextIsRead_data()
    {
        QTest::addColumn<QByteArray>("mark");
        QTest::addColumn<bool>("bigEndian");
        QTest::addColumn<int>("width");
        QTest::newRow("little endian with mark") << "\xFF\xFE"_ba << false << 2;
        QTest::newRow("big endian with mark") << "\xFE\xFF"_ba << true << 2;
        QTest::newRow("little endian") << ""_ba << false << 2;
        QTest::newRow("big endian") << ""_ba << true << 2;
        QTest::newRow("UTF-32, little endian with mark") << QByteArray("\xFF\xFE\0\0", 4) << false << 4;
        QTest::newRow("UTF-32, big endian with mark") << QByteArray("\0\0\xFE\xFF", 4) << true << 4;
        QTest::newRow("UTF-32, little endian") << ""_ba << false << 4;
        QTest::newRow("UTF-32, big endian") << ""_ba << true << 4;
    }
    void wideTextIsRead()
    {
        QFETCH(QByteArray, mark);
        QFETCH(bool, bigEndian);
        QFETCH(int, width);
        QRandomGenerator random(41);
        const QByteArray value = Samples::randomText(random, Samples::alnum, 30);
        const QByteArray narrow = "# settings\r\napi_token = \"" + value + "\"\r\n";
        const QByteArray text = mark + wide(narrow, bigEndian, width);
        const Findings findings = m_scanner.scan(text);
        QCOMPARE(findings.size(), 1);
        QCOMPARE(findings[0].line, 2);
        QCOMPARE(text.mid(findings[0].offset, findings[0].length), wide(value, bigEndian, width));
    }

    void textInsideBinariesIsRead()
    {
        QRandomGenerator random(43);
        const QByteArray token = QByteArray("gl") + "pat-" + Samples::randomText(random, Samples::alnum, 20);
        QByteArray binary = QByteArray::fromHex("7f454c4602010100000000000000") + QByteArray(200, '\x01');
        QCOMPARE(m_scanner.scan(binary + '\0' + token + '\0' + binary).size(), 1);
        QCOMPARE(m_scanner.scan(binary + wide(token, false) + binary).size(), 1);
    }

    void theFindingsDoNotDependOnThePieces()
    {
        QRandomGenerator random(47);
        QByteArray text;
        while (text.size() < 3'000'000) {
            text += "some ordinary line of text " + QByteArray::number(text.size()) + '\n';
            if (random.bounded(900) == 0)
                text += "api_token = \"" + Samples::randomText(random, Samples::alnum, 40) + "\"\n";
            if (random.bounded(4000) == 0)
                text += pem(random, "RSA PRIVATE KEY", "\n");
            if (random.bounded(9000) == 0)
                text += Samples::randomText(random, Samples::hexDigits, 200'000) + '\n';
        }
        const Findings whole = m_scanner.scan(text);
        QVERIFY(whole.size() > 50);
        for (const int largest : {100, 4096, 1'500'000}) {
            ScanStream stream = m_scanner.stream();
            for (qsizetype at = 0; at < text.size();) {
                const qsizetype size = std::min<qsizetype>(1 + random.bounded(largest), text.size() - at);
                stream.feed(QByteArrayView(text).sliced(at, size));
                at += size;
            }
            const Findings pieces = stream.finish();
            QCOMPARE(pieces.size(), whole.size());
            for (qsizetype i = 0; i < whole.size(); ++i) {
                QCOMPARE(pieces[i].offset, whole[i].offset);
                QCOMPARE(pieces[i].length, whole[i].length);
                QCOMPARE(pieces[i].line, whole[i].line);
                QCOMPARE(pieces[i].column, whole[i].column);
                QCOMPARE(pieces[i].fingerprint, whole[i].fingerprint);
            }
        }
    }

    void aSecretAcrossTheBorderOfAWindowIsFoundOnce()
    {
        QRandomGenerator random(53);
        const QByteArray line = "api_token = \"" + Samples::randomText(random, Samples::alnum, 40) + "\"\n";
        for (qsizetype shift = -60; shift <= 10; shift += 7) {
            const QByteArray text = QByteArray((1 << 20) + shift, '\n') + line + QByteArray(70'000, '\n');
            QCOMPARE(m_scanner.scan(text).size(), 1);
        }
    }

    void oneLongLineIsSearchedToItsEnd()
    {
        QRandomGenerator random(61);
        const QByteArray token = QByteArray("gl") + "pat-" + Samples::randomText(random, Samples::alnum, 20);
        const QByteArray code = QByteArray("function a(b){return b.c(1)};").repeated(60'000); // 1.7 MB, no line end
        for (const qsizetype at : {qsizetype(3), qsizetype(1 << 20) - 9, code.size() - 2}) {
            const Findings findings = m_scanner.scan(QByteArray(code).insert(at, ";t=\"" + token + "\";"));
            QCOMPARE(findings.size(), 1);
            QCOMPARE(findings[0].offset, at + 4);
            QCOMPARE(findings[0].line, 1);
        }
    }

    void placesAndPreviewsAreRight()
    {
        QRandomGenerator random(59);
        const QByteArray token = QByteArray("gl") + "pat-" + Samples::randomText(random, Samples::alnum, 20);
        const Findings findings = m_scanner.scan("a\nb\n  x = " + token + "\n");
        QCOMPARE(findings.size(), 1);
        QCOMPARE(findings[0].rule, "gitlab-pat"_ba);
        QCOMPARE(findings[0].line, 3);
        QCOMPARE(findings[0].column, 7);
        QCOMPARE(findings[0].offset, 10);
        QCOMPARE(findings[0].length, token.size());
        QCOMPARE(findings[0].preview, u"glpa… (26 characters)"_s);
        QVERIFY(!findings[0].fingerprint.contains(token.mid(8, 8)));
        QVERIFY(findings[0].blocks());
    }

    void aPreviewTellsNothingOfAPassword()
    {
        const QByteArray chosen = "Kestrel!"
                                  "42x";
        const Findings findings = m_scanner.scan("password = \"" + chosen + "\"", {.path = "a.py"});
        QCOMPARE(findings.size(), 1);
        QCOMPARE(findings[0].preview, u"… (11 characters)"_s);
    }

    void theMemoryOfAProcessIsHeldWhateverItsName()
    {
        QByteArray dump = QByteArray("\x7f"
                                     "ELF\x02\x01\x01",
                                     7)
            + QByteArray(9, '\0') + QByteArray("\x04\x00", 2) + QByteArray(200, '\0');
        const SecretScanner scanner;
        QCOMPARE(scanner.scan(dump, {.path = "core"}).value(0).rule, "memory-dump"_ba);
        dump[16] = 2; // a program
        QVERIFY(scanner.scan(dump, {.path = "core"}).isEmpty());
    }

    void noPatternTakesLong_data()
    {
        QTest::addColumn<QByteArray>("unit");
        for (const char *unit : {"a",
                                 " ",
                                 "\n",
                                 "=",
                                 ":",
                                 "\"",
                                 "\\",
                                 "-",
                                 "{",
                                 "<",
                                 "://",
                                 "eyJ",
                                 "-eyJ",
                                 "eyJ.eyJ.",
                                 "OpenVPN Static key ",
                                 "secret=getenv('T') ?: ",
                                 "arn:secret:",
                                 "key=",
                                 "token:\"",
                                 "password = ",
                                 "-----BEGIN PRIVATE KEY-----\n",
                                 "sk-",
                                 "x /user:",
                                 ":5432:",
                                 "#  password=\"a1!b2c3d4\" ",
                                 "{{ password | ",
                                 "A",
                                 "0",
                                 "a1",
                                 "\"d\":\"",
                                 "%41",
                                 ":AA",
                                 "secret secret",
                                 "api_key\n",
                                 "xoxb-1",
                                 "AKIA",
                                 "=\"\\\"",
                                 "github ",
                                 "abuseipdb ",
                                 "PuTTY-User-Key-File-3: ",
                                 "https://a:b@",
                                 "\xff\xfe",
                                 "<key>token</key>",
                                 "a.b.c.",
                                 "e30.",
                                 "a-",
                                 "password a-b-c-d-",
                                 "a=b password=x ",
                                 "key{\"",
                                 "x_8f3k2q9 "})
            QTest::newRow(unit) << QByteArray(unit);
        for (const QByteArray &keyword : commandKeywords()) {
            QTest::addRow("command %s", keyword.constData()) << keyword;
            QTest::addRow("arguments %s", keyword.constData()) << keyword + "('a', ";
        }
        QTest::newRow("zero") << QByteArray(1, '\0');
        QTest::newRow("wide a") << QByteArray("a\0", 2);
    }
    /// Four times the text takes four times as long, not sixteen times. Both lengths lie within one window: between
    /// windows every scanner is linear. What is done at once is too short to be judged, and what another program
    /// disturbed is tried again.
    void noPatternTakesLong()
    {
        QFETCH(QByteArray, unit);
        constexpr qsizetype length = qsizetype(1) << 14;
        constexpr double atOnce = 0.010;
        constexpr double mostGrowth = 9;
        double once = 0;
        double fourTimes = 0;
        for (int attempt = 0; attempt < 3; ++attempt) {
            once = secondsFor(unit.repeated(length / unit.size()));
            fourTimes = secondsFor(unit.repeated(4 * length / unit.size()));
            if (fourTimes < atOnce || fourTimes < mostGrowth * once)
                return;
        }
        QFAIL(qPrintable(u"%1 s, then %2 s"_s.arg(once).arg(fourTimes)));
    }
};

QTEST_APPLESS_MAIN(TestSecretScanner)
#include "tst_secretscanner.moc"
