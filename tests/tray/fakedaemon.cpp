// fakedaemon normal|trouble|empty|big [PORT]: the pretend API as a process of its own. Prints "URL TOKEN", then
// a line for every POST it gets, and serves until its standard input ends. A line on the input is an order: "trouble",
// "normal", "pause" or "cut".
#include "tests/support/fakeapi.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <unistd.h>

using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

FakeWorld worldNamed(const QByteArray &name)
{
    if (name == "trouble")
        return troubleWorld();
    if (name == "empty")
        return emptyWorld();
    return name == "big" ? bigWorld() : normalWorld();
}

void obey(FakeApi &api, const QByteArray &order)
{
    if (order == "cut") {
        api.cutStreams();
        return;
    }
    if (order == "pause")
        api.world.setState(u"paused"_s);
    else
        api.world = worldNamed(order);
    for (const QJsonObject &repo : std::as_const(api.world.repos))
        api.send(u"repo"_s, repo);
    for (const QJsonObject &error : std::as_const(api.world.errors))
        api.send(u"error"_s, error);
    api.send(u"status"_s, api.world.status);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    FakeApi api(worldNamed(argc > 1 ? argv[1] : "normal"), argc > 2 ? QByteArray(argv[2]).toUShort() : 0);
    std::printf("%s %s\n", qPrintable(api.endpoint().url.toString()), api.token.constData());
    std::fflush(stdout);
    QObject::connect(&api, &FakeApi::requested, &app, [&] {
        const FakeRequest request = api.requests().last();
        if (request.verb == "POST")
            std::printf("POST %s\n", qPrintable(request.path));
        std::fflush(stdout);
    });
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &app, [&] {
        char buffer[256];
        const ssize_t size = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (size <= 0)
            return QCoreApplication::quit();
        for (const QByteArray &order : QByteArray(buffer, size).trimmed().split('\n'))
            obey(api, order);
    });
    return QCoreApplication::exec();
}
