#include "daemon/api/apiserver.h"

#include "core/base/cancel.h"
#include "core/base/log.h"
#include "core/config/listening.h"
#include "core/config/privatedir.h"
#include "core/git/gitenvironment.h"
#include "core/git/processrunner.h"
#include "daemon/api/dispatcher.h"
#include "daemon/api/openapi.h"
#include "daemon/api/tlsfiles.h"
#include "daemon/http/httpserver.h"

#include <QFileSystemWatcher>
#include <QJsonDocument>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString locationOf(const LoadedSettings &loaded, const Paths &paths)
{
    return loaded.settings.databaseUrl.isEmpty() ? paths.database() : loaded.settings.databaseUrl;
}

/// "2.39.5". Blocks; for the history's thread, which may.
Result<QString> askGitVersion(const QString &program, const QStringList &extraPath)
{
    const GitEnvironment environment(QProcessEnvironment::systemEnvironment(), extraPath);
    const QString git = program.isEmpty() ? environment.findProgram(u"git"_s) : program;
    ProcessRequest request{.label = u"git --version"_s, .program = git, .arguments = {u"--version"_s}};
    request.environment = environment.variables();
    AC_ASSIGN(const ProcessOutput output, makeProcessRunner()->run(request, CancelToken::never()));
    return QString::fromUtf8(output.output).section(u' ', 2, 2).trimmed();
}

} // namespace

struct ApiServer::Parts
{
    Parts(Steering &theSteering, Paths thePaths, MessageService *messages, const Clock &theClock, ApiOptions given);

    Result<QHostAddress> address() const;
    Result<std::optional<QSslConfiguration>> tls() const;
    void findGitVersion();
    void watchTokens();
    QString listenLocally();

    Steering &steering;
    const Paths paths;
    const Clock &clock;
    const ApiOptions options;
    const QByteArray openApi;
    const QByteArray docs;
    QString gitVersion;
    Shapes shapes;
    TokenStore tokens;
    RateLimiter failures;
    ControlBudget control;
    Tally tally;
    Idempotency once;
    WebhookSecret webhook;
    std::shared_ptr<int> alive = std::make_shared<int>();
    HistoryThread history;
    StatusView status;
    EventHub events;
    ApiContext context;
    Dispatcher dispatcher;
    QFileSystemWatcher watcher; ///< of the tokens' directory
    HttpServer local; ///< on the Unix socket: places of its own, which nobody else can take
    HttpServer http; ///< the last two are the first to go, and with them every connection
    bool secure = false;
    QByteArray certificateSha256;
};

ApiServer::Parts::Parts(Steering &theSteering, Paths thePaths, MessageService *messages, const Clock &theClock,
                        ApiOptions given)
    : steering(theSteering)
    , paths(std::move(thePaths))
    , clock(theClock)
    , options(std::move(given))
    , openApi(QJsonDocument(openApiDocument()).toJson())
    , docs(docsPage(QJsonDocument::fromJson(openApi).object()))
    , shapes(steering, paths)
    , tokens(paths, clock)
    , failures(options.failuresPerMinute, clock)
    , control{.others = RateLimiter(options.controlPerMinute, clock),
              .owner = RateLimiter(options.ownerControlPerMinute, clock)}
    , tally(steering)
    , once(clock)
    , webhook(clock)
    , history(locationOf(steering.settings(), paths), clock)
    , status(steering, shapes, history, clock)
    , events(steering, shapes, status, clock)
    , context{steering, paths, clock,    shapes,         history, status, events, once,      webhook,
              failures, tally, messages, options.doctor, openApi, docs,   alive,  gitVersion}
    , dispatcher(context, tokens, control, tally)
    , local(dispatcher, options.limits)
    , http(dispatcher, options.limits)
{ }

Result<QHostAddress> ApiServer::Parts::address() const
{
    const QString bind = steering.settings().settings.apiBind;
    if (bind == u"localhost"_s)
        return QHostAddress(QHostAddress::LocalHost);
    if (const QHostAddress address(bind); !address.isNull())
        return address;
    return Error{ErrorKind::Config, u"api_bind: \"%1\" is no address"_s.arg(bind)};
}

Result<std::optional<QSslConfiguration>> ApiServer::Parts::tls() const
{
    const Settings &settings = steering.settings().settings;
    if (settings.tlsCertificate.isEmpty() && settings.tlsKey.isEmpty())
        return std::optional<QSslConfiguration>();
    AC_ASSIGN(QSslConfiguration configuration,
              readTlsFiles(paths.expandHome(settings.tlsCertificate), paths.expandHome(settings.tlsKey)));
    return std::optional(std::move(configuration));
}

void ApiServer::Parts::findGitVersion()
{
    const Settings &settings = steering.settings().settings;
    history.ask<QString>([program = settings.gitProgram,
                          extra = settings.extraPath](HistoryQueries &) { return askGitVersion(program, extra); },
                         [this](const Result<QString> &answer) { gitVersion = answer ? *answer : QString(); });
}

/// A token that was removed is made again at once: the command line reads it before it says a word.
void ApiServer::Parts::watchTokens()
{
    watcher.addPath(paths.configDir());
    QObject::connect(&watcher, &QFileSystemWatcher::directoryChanged, &watcher, [this](const QString &directory) {
        tokens.refresh();
        if (!watcher.directories().contains(directory))
            watcher.addPath(directory); // it was removed, too
    });
}

/// The socket's file; empty when there cannot be one: then loopback has to do.
QString ApiServer::Parts::listenLocally()
{
    const QString directory = paths.runtimeDir();
    const QString file = directory + u'/' + steering.status().name + u".sock"_s;
    Status listening = ensurePrivateDir(directory);
    if (listening) {
        removeDeadSockets(directory);
        listening = local.listenLocally(file);
    }
    if (listening)
        return file;
    qCWarning(logService).noquote() << listening.error().message;
    return {};
}

ApiServer::ApiServer(Steering &steering, Paths paths, MessageService *messages, const Clock &clock, ApiOptions options,
                     QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(steering, std::move(paths), messages, clock, std::move(options)))
{ }

ApiServer::~ApiServer() = default;

Status ApiServer::listen()
{
    Parts &parts = *m_parts;
    const Settings &settings = parts.steering.settings().settings;
    AC_TRY(checkListening(settings, parts.paths));
    AC_ASSIGN(const QHostAddress address, parts.address());
    AC_ASSIGN(const auto tls, parts.tls());
    AC_TRY(parts.tokens.prepare());
    parts.tokens.refresh();
    parts.watchTokens();
    AC_TRY(parts.http.listen(address, static_cast<quint16>(settings.apiPort), tls));
    parts.secure = tls.has_value();
    parts.certificateSha256 = tls ? tls->localCertificate().digest(QCryptographicHash::Sha256) : QByteArray();
    m_socketFile = parts.listenLocally();
    QStringList names = settings.apiHosts;
    if (address != QHostAddress::AnyIPv4 && address != QHostAddress::AnyIPv6 && address != QHostAddress::Any)
        names += address.protocol() == QAbstractSocket::IPv6Protocol ? u'[' + address.toString() + u']'
                                                                     : address.toString();
    parts.dispatcher.setHosts(HostList(names, port(), parts.secure));
    parts.findGitVersion();
    return {};
}

void ApiServer::close()
{
    m_parts->http.close();
    m_parts->local.close();
    m_socketFile.clear();
}

quint16 ApiServer::port() const
{
    return m_parts->http.port();
}

QString ApiServer::url() const
{
    const auto address = m_parts->address();
    const bool any = !address || *address == QHostAddress::AnyIPv4 || *address == QHostAddress::Any
        || *address == QHostAddress::AnyIPv6;
    const QString name = any                                   ? u"127.0.0.1"_s
        : address->protocol() == QAbstractSocket::IPv6Protocol ? u'[' + address->toString() + u']'
                                                               : address->toString();
    return u"%1://%2:%3"_s.arg(m_parts->secure ? u"https"_s : u"http"_s, name).arg(port());
}

QByteArray ApiServer::certificateSha256() const
{
    return m_parts->certificateSha256;
}

QString ApiServer::tokenFile() const
{
    return m_parts->tokens.ownerTokenFile();
}

} // namespace AutoCommit
