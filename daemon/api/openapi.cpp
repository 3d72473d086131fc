#include "daemon/api/openapi.h"

#include "daemon/api/route.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

static void initialiseApiResource()
{
    Q_INIT_RESOURCE(api); // has to stand outside of any namespace
}

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QByteArray resource(const QString &name)
{
    initialiseApiResource();
    QFile file(u":/api/"_s + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject schemaRef(const QString &name)
{
    return {{u"$ref"_s, u"#/components/schemas/"_s + name}};
}

QJsonObject content(const QString &type, const QString &schema)
{
    const QJsonObject shape = schema.isEmpty() ? QJsonObject{{u"type"_s, u"string"_s}} : schemaRef(schema);
    return {{type, QJsonObject{{u"schema"_s, shape}}}};
}

QJsonObject parameter(const QString &name, const QString &place, const QString &pattern = {})
{
    QJsonObject shape{{u"type"_s, u"string"_s}};
    if (!pattern.isEmpty())
        shape[u"pattern"] = pattern;
    return {{u"name"_s, name}, {u"in"_s, place}, {u"required"_s, place == u"path"_s}, {u"schema"_s, shape}};
}

QString idPattern(const QString &pattern)
{
    if (pattern.contains("{sha}"_L1))
        return u"^[0-9a-f]{7,64}$"_s;
    return pattern.startsWith("/errors/"_L1) ? u"^[0-9]{1,18}$"_s : u"^[a-z0-9]{8,32}$"_s;
}

QJsonArray parametersOf(const Route &route)
{
    QJsonArray parameters;
    const QString pattern = QString::fromLatin1(route.pattern);
    for (const QString &name : {u"id"_s, u"sha"_s}) {
        if (pattern.contains(u'{' + name + u'}'))
            parameters.append(parameter(name, u"path"_s, idPattern(pattern)));
    }
    for (const QString &name : QString::fromLatin1(route.query).split(u' ', Qt::SkipEmptyParts))
        parameters.append(parameter(name, u"query"_s));
    if (route.access == Access::Signed) {
        parameters.append(parameter(u"X-Forgejo-Signature"_s, u"header"_s));
        parameters.append(parameter(u"X-Forgejo-Delivery"_s, u"header"_s));
    }
    if (pattern == u"/events"_s)
        parameters.append(parameter(u"Last-Event-ID"_s, u"header"_s));
    return parameters;
}

QString operationId(const Route &route)
{
    QString id = QString::fromLatin1(route.method).toLower();
    for (QString part : QString::fromLatin1(route.pattern).split(u'/', Qt::SkipEmptyParts)) {
        part.remove(u'{').remove(u'}').replace(u'.', u'-');
        for (const QString &word : part.split(u'-'))
            id += word.left(1).toUpper() + word.mid(1);
    }
    return id;
}

QJsonObject responsesOf(const Route &route)
{
    const QString type = QString::fromLatin1(route.contentType);
    QJsonObject responses{
        {QString::number(route.success),
         QJsonObject{{u"description"_s, u"Done"_s},
                     {u"content"_s, content(type, QString::fromLatin1(route.responseSchema))}}},
        {u"default"_s,
         QJsonObject{{u"description"_s, u"What went wrong"_s},
                     {u"content"_s, content(u"application/json"_s, u"Error"_s)}}},
    };
    return responses;
}

QJsonObject operation(const Route &route)
{
    QJsonObject object{
        {u"operationId"_s, operationId(route)},
        {u"summary"_s, QString::fromLatin1(route.summary)},
        {u"x-scope"_s, accessName(route.access)},
        {u"responses"_s, responsesOf(route)},
    };
    if (const QJsonArray parameters = parametersOf(route); !parameters.isEmpty())
        object[u"parameters"] = parameters;
    if (*route.requestSchema != '\0') {
        object[u"requestBody"] = QJsonObject{
            {u"required"_s, true},
            {u"content"_s, content(u"application/json"_s, QString::fromLatin1(route.requestSchema))},
        };
    }
    const bool needsToken = route.access != Access::Open && route.access != Access::Signed;
    QJsonArray ways = needsToken ? QJsonArray{QJsonObject{{u"token"_s, QJsonArray()}}} : QJsonArray();
    if (qstrcmp(route.pattern, "/docs") == 0) // none either, on the daemon's own machine
        ways.append(QJsonObject());
    object[u"security"] = ways;
    return object;
}

QJsonObject paths()
{
    QJsonObject result;
    for (const Route &route : apiRoutes()) {
        const QString pattern = QString::fromLatin1(route.pattern);
        QJsonObject item = result[pattern].toObject();
        item[QString::fromLatin1(route.method).toLower()] = operation(route);
        result[pattern] = item;
    }
    return result;
}

} // namespace

QJsonObject openApiDocument()
{
    const QJsonObject scheme{
        {u"type"_s, u"http"_s},
        {u"scheme"_s, u"bearer"_s},
        {u"description"_s,
         u"The token of ~/.config/commits/token, or one made for a scope: monitor (every GET), generate, "
         "record, control (everything else, and every GET). x-scope tells which one is needed."_s},
    };
    return {
        {u"openapi"_s, u"3.1.0"_s},
        {u"info"_s,
         QJsonObject{{u"title"_s, u"auto-commit"_s},
                     {u"version"_s, QStringLiteral(AC_VERSION)},
                     {u"description"_s, u"The daemon that keeps git checkouts committed and in step."_s}}},
        {u"servers"_s, QJsonArray{QJsonObject{{u"url"_s, u"/"_s}}}},
        {u"paths"_s, paths()},
        {u"components"_s,
         QJsonObject{{u"schemas"_s, QJsonDocument::fromJson(resource(u"schemas.json"_s)).object()},
                     {u"securitySchemes"_s, QJsonObject{{u"token"_s, scheme}}}}},
    };
}

} // namespace AutoCommit
