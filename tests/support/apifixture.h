#pragma once

#include "core/service/tokens.h"
#include "daemon/api/apiserver.h"
#include "tests/support/fakesteering.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace AutoCommit::Testing {

/// Keeps what it was asked, for the test to answer.
class HeldMessages final : public MessageService
{
public:
    void generate(const GenerateRequest &request, Done done) override
    {
        requests.append(request);
        waiting.append(std::move(done));
    }

    QList<GenerateRequest> requests;
    QList<Done> waiting;
};

/// The API on a free port around a FakeSteering with one repository.
class ApiFixture
{
public:
    static constexpr const char *repoId = "abcdefgh12345678";

    explicit ApiFixture(ApiOptions options = {.controlPerMinute = 1'000'000, .ownerControlPerMinute = 1'000'000})
        : server(steering, steering.paths(), &messages, steering.clock(), std::move(options))
    {
        steering.addRepo(QString::fromLatin1(repoId), QStringLiteral("hello"),
                         QStringLiteral("forge.example.org/dev/hello"));
    }

    void listen()
    {
        if (const Status listening = server.listen(); !listening)
            qFatal("%s", qUtf8Printable(listening.error().message));
        QFile file(server.tokenFile());
        if (file.open(QIODevice::ReadOnly))
            token = file.readAll().trimmed();
    }
    QByteArray host() const { return "127.0.0.1:" + QByteArray::number(server.port()); }
    RawAnswer ask(const QByteArray &method, const QByteArray &path, const QByteArray &body = "{}",
                  const QByteArray &fields = {}) const
    {
        return Testing::ask(server.port(), method, path, token, body, fields);
    }
    QByteArray tokenFor(TokenScopes scopes, const QString &tokenHost = {})
    {
        TokenStore store(steering.paths(), steering.clock());
        const auto made = store.create(QStringLiteral("t%1").arg(++m_tokens), scopes, tokenHost);
        return made ? made->toLatin1() : QByteArray();
    }

    FakeSteering steering;
    HeldMessages messages;
    ApiServer server;
    QByteArray token; ///< the owner's

private:
    int m_tokens = 0;
};

inline QJsonObject jsonOf(const RawAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

} // namespace AutoCommit::Testing
