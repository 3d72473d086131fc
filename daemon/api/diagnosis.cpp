#include "daemon/api/handlers.h"

#include "core/privacy/secretscanner.h"
#include "daemon/api/query.h"

#include <QFile>

#include <algorithm>

namespace AutoCommit::Handlers {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 tailBytes = 512 * 1024;

QJsonObject checksJson(const QList<Check> &checks, const Shapes &shapes)
{
    QJsonArray array;
    const SecretScanner scanner; // names of branches and words of hubs are in them
    const auto shown = [&](const QString &text) { return shapes.text(scanner.redact(text.toUtf8()).text()); };
    for (const Check &check : checks) {
        array.append(QJsonObject{
            {u"id"_s, check.id},
            {u"title"_s, shapes.text(check.title)},
            {u"state"_s, checkStateName(check.state)},
            {u"message"_s, shown(check.message)},
            {u"advice"_s, shown(check.advice)},
            {u"repo"_s, check.repo},
        });
    }
    return {{u"checks"_s, array}};
}

/// The last lines of a file, oldest first.
QStringList tailOf(const QString &path, int limit)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const bool cut = file.size() > tailBytes && file.seek(file.size() - tailBytes);
    QStringList lines = QString::fromUtf8(file.read(tailBytes)).split(u'\n', Qt::SkipEmptyParts);
    if (cut && !lines.isEmpty())
        lines.removeFirst(); // the end of a line
    return lines.mid(std::max<qsizetype>(0, lines.size() - limit));
}

} // namespace

void doctor(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    const QString repo = call.target.value(u"repo");
    if (!context.doctor) {
        reply.fail({503, u"out-of-resources"_s, u"this daemon has no checks to run"_s, u"Run `commits doctor`."_s});
        return;
    }
    if (!repo.isEmpty() && !context.steering.repo(repo)) {
        reply.notFound(u"repository"_s);
        return;
    }
    context.doctor(repo, [reply, &shapes = context.shapes](const QList<Check> &checks) {
        if (!reply.responder().isGone())
            reply.json(checksJson(checks, shapes));
    });
}

void logs(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    const auto limit = numberOf(call, u"limit"_s, 200, 1, 1000);
    if (!limit) {
        reply.fail(limit.error());
        return;
    }
    QJsonArray items;
    for (const QString &line : tailOf(context.paths.log(), *limit))
        items.append(context.shapes.text(line));
    reply.json({{u"items"_s, items}, {u"next"_s, QString()}});
}

} // namespace AutoCommit::Handlers
