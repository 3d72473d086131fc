// The HTTP API around a daemon that does nothing: what openapi_client.py, fuzz_http.py and api_bench.py talk to.
// Prints one line of JSON ({"port","token","pid"}) and runs until its standard input ends.

#include "daemon/api/apiserver.h"
#include "tests/support/fakesteering.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>
#include <QTimer>

#include <cstdio>
#include <utility>

#include <unistd.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

/// One group with everything: enough for clients to read.
class OneGroup final : public MessageService
{
public:
    void generate(const GenerateRequest &request, Done done) override
    {
        GenerateGroup group{.subject = u"chore: update files"_s, .type = u"chore"_s};
        for (const GenerateFile &file : request.files)
            group.paths.append(file.path);
        done(GenerateAnswer{{group}});
    }
};

void fill(FakeSteering &steering)
{
    RepoSnapshot &hello = steering.addRepo(u"abcdefgh12345678"_s, u"hello"_s, u"forge.example.org/dev/hello"_s);
    const auto seen = steering.store().recordError({.host = u"plum"_s,
                                                    .repo = hello.record.id,
                                                    .kind = u"unreachable"_s,
                                                    .message = u"the hub does not answer"_s,
                                                    .lastSeen = wallTime(steering.clock())});
    hello.error = ErrorRecord{.id = seen ? seen->id : 1,
                              .host = u"plum"_s,
                              .repo = hello.record.id,
                              .kind = u"unreachable"_s,
                              .message = u"the hub does not answer"_s};
    QList<CommitRecord> commits;
    for (int i = 1; i <= 120; ++i)
        commits.append(FakeSteering::commitOf(hello.record.id, i));
    if (!steering.store().recordCommits(commits).ok())
        qFatal("no history");
    QFile secret(steering.paths().configDir() + u"/webhook"_s);
    if (makePrivateDir(steering.paths().configDir()) && secret.open(QIODevice::WriteOnly))
        secret.write("fixture\n");
    const SettingSpec *spec = findSetting(u"webhook_secret_file"_s);
    if (!writeSetting(steering.paths().configFile(), *spec, secret.fileName()).ok() || !steering.reload().ok())
        qFatal("no settings");
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOption({u"fast"_s, u"Deadlines of half a second, for tests of them."_s});
    parser.addOption({u"unlimited"_s, u"No limit on control requests and wrong tokens."_s});
    parser.process(application);

    FakeSteering steering;
    fill(steering);
    OneGroup messages;
    ApiOptions options;
    if (parser.isSet(u"fast"_s))
        options.limits.headTime = options.limits.idleTime = options.limits.bodyTime = std::chrono::milliseconds(500);
    if (parser.isSet(u"unlimited"_s))
        options.controlPerMinute = options.ownerControlPerMinute = options.failuresPerMinute = 1'000'000;
    options.doctor = [](const QString &repo, const std::function<void(QList<Check>)> &done) {
        done({{.id = u"git"_s, .title = u"git"_s, .state = CheckState::Ok, .repo = repo}});
    };
    ApiServer server(steering, steering.paths(), &messages, steering.clock(), options);
    if (const Status listening = server.listen(); !listening)
        qFatal("%s", qUtf8Printable(listening.error().message));

    QFile token(server.tokenFile());
    const QByteArray key = token.open(QIODevice::ReadOnly) ? token.readAll().trimmed() : QByteArray();
    const QJsonObject facts{{u"port"_s, server.port()},
                            {u"token"_s, QString::fromLatin1(key)},
                            {u"home"_s, steering.home()},
                            {u"pid"_s, QCoreApplication::applicationPid()}};
    std::printf("%s\n", QJsonDocument(facts).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);

    QTimer undo; // a moment later, as in life
    QObject::connect(&undo, &QTimer::timeout, &application, [&] {
        for (const auto &done : std::exchange(steering.undoing, {}))
            done(UndoDone{.soft = true});
    });
    undo.start(20);

    QSocketNotifier ended(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&ended, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
    return QCoreApplication::exec();
}
