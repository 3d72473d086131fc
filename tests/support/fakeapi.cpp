#include "tests/support/fakeapi.h"

#include "core/config/settingspecs.h"

#include <QJsonDocument>
#include <QTcpSocket>

namespace AutoCommit::Testing {

namespace {

using namespace Qt::StringLiterals;

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

FakeReply ok(const QJsonObject &object, int status = 200)
{
    return {.status = status, .body = compact(object)};
}

FakeReply refusal(int status, const QString &kind, const QString &message, const QString &advice = {})
{
    const QJsonObject error{{u"kind"_s, kind}, {u"message"_s, message}, {u"advice"_s, advice}};
    return ok({{u"error"_s, error}}, status);
}

QJsonArray arrayOf(const QList<QJsonObject> &items)
{
    QJsonArray array;
    for (const QJsonObject &item : items)
        array.append(item);
    return array;
}

QByteArray head(int status, const QByteArray &type)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Word\r\nContent-Type: " + type + "\r\n";
}

/// The request at the beginning of `input`, which is taken away; nothing while it is not whole.
std::optional<FakeRequest> takeRequest(QByteArray &input)
{
    const qsizetype end = input.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    FakeRequest request;
    const QList<QByteArray> lines = input.left(end).split('\n');
    const QList<QByteArray> first = lines.first().trimmed().split(' ');
    request.verb = first.value(0);
    const QUrl url = QUrl::fromEncoded(first.value(1));
    request.path = url.path();
    request.query = QUrlQuery(url);
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (input.size() < end + 4 + length)
        return std::nullopt;
    request.body = QJsonDocument::fromJson(input.mid(end + 4, length)).object();
    input.remove(0, end + 4 + length);
    return request;
}

} // namespace

FakeApi::FakeApi(FakeWorld start, quint16 port)
    : world(std::move(start))
    , m_port(port)
{
    connect(&m_server, &QTcpServer::newConnection, this, &FakeApi::accept);
    listen();
}

FakeApi::~FakeApi()
{
    stop();
}

ApiEndpoint FakeApi::endpoint() const
{
    return {.url = QUrl(u"http://127.0.0.1:%1"_s.arg(m_port)), .token = token};
}

int FakeApi::count(const QByteArray &verb, const QString &path) const
{
    return static_cast<int>(
        std::ranges::count_if(m_requests, [&](const FakeRequest &r) { return r.verb == verb && r.path == path; }));
}

bool FakeApi::listen()
{
    const bool listening = m_server.listen(QHostAddress::LocalHost, m_port);
    m_port = m_server.serverPort();
    return listening;
}

void FakeApi::stop()
{
    m_server.close();
    const QList<QTcpSocket *> sockets = m_input.keys();
    m_input.clear();
    m_streams.clear();
    for (QTcpSocket *socket : sockets) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

void FakeApi::cutStreams()
{
    const QList<QTcpSocket *> streams = m_streams;
    for (QTcpSocket *socket : streams)
        socket->abort();
}

void FakeApi::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        m_input.insert(socket, {});
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_streams.removeAll(socket);
            m_input.remove(socket);
            socket->deleteLater();
        });
    }
}

void FakeApi::read(QTcpSocket *socket)
{
    QByteArray &input = m_input[socket];
    input += socket->readAll();
    while (const auto request = takeRequest(input)) {
        m_requests.append(*request);
        answer(socket, *request);
        Q_EMIT requested(request->path);
        if (!m_input.contains(socket))
            return;
    }
}

void FakeApi::answer(QTcpSocket *socket, const FakeRequest &request)
{
    const std::optional<FakeReply> special = intercept ? intercept(request) : std::nullopt;
    if (!special && request.path == u"/events"_s && request.headers.value("authorization") == "Bearer " + token) {
        openStream(socket, request);
        return;
    }
    const FakeReply reply = special ? *special : this->reply(request);
    if (reply.silent)
        return;
    socket->write(head(reply.status, "application/json") + "Content-Length: " + QByteArray::number(reply.body.size())
                  + "\r\n\r\n" + (reply.cut ? reply.body.left(reply.body.size() / 2) : reply.body));
    if (reply.cut)
        socket->disconnectFromHost();
}

void FakeApi::openStream(QTcpSocket *socket, const FakeRequest &request)
{
    socket->write(head(200, "text/event-stream") + "Cache-Control: no-store\r\n\r\n: hello\n\n");
    const QByteArray last = request.headers.value("last-event-id");
    const bool known = !last.isEmpty() && last.toInt() <= m_lastId;
    if (!known)
        socket->write("id: " + QByteArray::number(m_lastId) + "\nevent: reset\ndata: {}\n\n");
    for (const auto &[id, bytes] : std::as_const(m_ring))
        if (known && id > last.toInt())
            socket->write(bytes);
    m_streams.append(socket);
}

void FakeApi::send(const QString &event, const QJsonObject &data)
{
    const QByteArray bytes = "id: " + QByteArray::number(++m_lastId) + "\nevent: " + event.toLatin1()
        + "\ndata: " + compact(data) + "\n\n";
    m_ring.append({m_lastId, bytes});
    for (QTcpSocket *socket : std::as_const(m_streams))
        socket->write(bytes);
}

FakeReply FakeApi::reply(const FakeRequest &request)
{
    if (request.headers.value("authorization") != "Bearer " + token)
        return refusal(401, u"auth-failed"_s, u"No token, or a wrong one."_s);
    if (request.verb == "PATCH")
        return patchReply(request);
    if (request.verb == "POST")
        return controlReply(request);
    if (request.path == u"/status"_s)
        return ok(world.status);
    if (request.path == u"/repos"_s)
        return listReply(request, world.repos);
    if (request.path == u"/commits"_s)
        return commitsReply(request);
    if (request.path.startsWith(u"/commits/"_s))
        return commitReply(request.path.section(u'/', 2));
    if (request.path == u"/errors"_s)
        return listReply(request, world.errors);
    if (request.path == u"/hosts"_s)
        return listReply(request, world.hosts);
    if (request.path == u"/parity"_s)
        return listReply(request, world.parity);
    if (request.path == u"/config"_s)
        return ok(world.config);
    if (request.path == u"/stats"_s)
        return ok(world.stats);
    for (const QJsonObject &repo : std::as_const(world.repos)) {
        const QString base = u"/repos/"_s + repo.value(u"id"_s).toString();
        if (request.path == base)
            return ok(repo);
        if (request.path == base + u"/explain"_s)
            return ok({{u"repo"_s, repo},
                       {u"decisions"_s,
                        QJsonArray{QJsonObject{{u"at"_s, world.ago(41)},
                                               {u"stage"_s, u"pull"_s},
                                               {u"what"_s, u"nothing to pull"_s},
                                               {u"why"_s, u"origin/main is HEAD"_s}},
                                   QJsonObject{{u"at"_s, world.ago(40)},
                                               {u"stage"_s, u"discover"_s},
                                               {u"what"_s, u"clean"_s},
                                               {u"why"_s, u"no file differs from HEAD"_s}}}},
                       {u"exclusions"_s,
                        QJsonArray{QJsonObject{{u"path"_s, u".env"_s},
                                               {u"rule"_s, u"name.dotenv"_s},
                                               {u"reason"_s, u"Files of this name hold passwords."_s},
                                               {u"first_seen"_s, world.ago(90000)}}}}});
    }
    return refusal(404, u"unknown"_s, u"There is no such thing here."_s);
}

FakeReply FakeApi::listReply(const FakeRequest &request, const QList<QJsonObject> &items) const
{
    const qsizetype from = request.query.queryItemValue(u"cursor"_s).toLongLong();
    const QString limit = request.query.queryItemValue(u"limit"_s);
    const qsizetype size = limit.isEmpty() ? items.size() : limit.toLongLong();
    const QList<QJsonObject> page = items.mid(from, size);
    const bool more = from + page.size() < items.size();
    return ok({{u"items"_s, arrayOf(page)}, {u"next"_s, more ? QString::number(from + page.size()) : QString()}});
}

FakeReply FakeApi::commitsReply(const FakeRequest &request) const
{
    const int from = request.query.queryItemValue(u"cursor"_s).toInt();
    const QString limit = request.query.queryItemValue(u"limit"_s);
    const qsizetype size = limit.isEmpty() ? 50 : limit.toLongLong();
    const QString repo = request.query.queryItemValue(u"repo"_s);
    QJsonArray items;
    int at = from;
    for (; at < world.commitCount && items.size() < size; ++at) {
        const QJsonObject commit = world.commitAt(at);
        if (repo.isEmpty() || commit.value(u"repo"_s).toString() == repo)
            items.append(commit);
    }
    return ok({{u"items"_s, items}, {u"next"_s, at < world.commitCount ? QString::number(at) : QString()}});
}

FakeReply FakeApi::commitReply(const QString &sha) const
{
    for (int at = 0; at < world.commitCount; ++at)
        if (const QJsonObject commit = world.commitAt(at); commit.value(u"sha"_s) == sha)
            return ok({{u"items"_s, QJsonArray{commit}}, {u"next"_s, QString()}});
    return refusal(404, u"unknown"_s, u"There is no such commit."_s);
}

FakeReply FakeApi::controlReply(const FakeRequest &request)
{
    if (request.path == u"/pause"_s) {
        const qint64 seconds = request.body.value(u"seconds"_s).toInteger();
        const QString until = request.body.value(u"until"_s).toString(world.ago(-seconds));
        world.status.insert(u"pause"_s,
                            QJsonObject{{u"reason"_s, request.body.value(u"reason"_s)},
                                        {u"by"_s, u"ada"_s},
                                        {u"since"_s, world.ago(0)},
                                        {u"until"_s, until}});
        world.setState(u"paused"_s);
        send(u"status"_s, world.status);
        return ok(world.status);
    }
    if (request.path == u"/resume"_s) {
        world.status.insert(u"pause"_s, QJsonValue());
        world.setState(u"idle"_s);
        send(u"status"_s, world.status);
        return ok(world.status);
    }
    if (request.path == u"/cycle"_s)
        return ok({{u"cycle"_s, 482}}, 202);
    if (request.path.endsWith(u"/resolve"_s)) {
        const QString id = request.path.section(u'/', 2, 2);
        world.errors.removeIf([&](const QJsonObject &error) { return error.value(u"id"_s).toString() == id; });
        world.recount();
        return ok({});
    }
    if (request.path.endsWith(u"/undo"_s))
        return ok({{u"sha"_s, request.body.value(u"sha"_s)}, {u"soft"_s, false}});
    if (request.path.startsWith(u"/repos/"_s))
        return ok({}, request.path.endsWith(u"/sync"_s) ? 202 : 200);
    return refusal(404, u"unknown"_s, u"There is no such thing here."_s);
}

FakeReply FakeApi::patchReply(const FakeRequest &request)
{
    Settings settings;
    QJsonArray rows = world.config.value(u"settings"_s).toArray();
    const QStringList keys = request.body.keys();
    for (const QString &key : keys) {
        const SettingSpec *spec = findSetting(key);
        if (!spec)
            return refusal(400, u"config"_s, u"There is no setting %1."_s.arg(key));
        if (const Status applied = applyJson(*spec, request.body.value(key), settings); !applied)
            return refusal(400, u"config"_s, applied.error().message);
    }
    for (qsizetype i = 0; i < rows.size(); ++i) {
        QJsonObject row = rows.at(i).toObject();
        if (const QString key = row.value(u"key"_s).toString(); request.body.contains(key)) {
            row.insert(u"value"_s, request.body.value(key));
            row.insert(u"origin"_s, u"file"_s);
            rows.replace(i, row);
        }
    }
    world.config.insert(u"settings"_s, rows);
    return ok(world.config);
}

} // namespace AutoCommit::Testing
