#include "daemon/api/openapi.h"

#include "daemon/api/route.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString escaped(const char *text)
{
    return QString::fromLatin1(text).toHtmlEscaped();
}

QString anchor(const Route &route)
{
    return QString(QString::fromLatin1(route.method) + QString::fromLatin1(route.pattern)).remove(u'{').remove(u'}');
}

QString schemaBlock(const QString &title, const char *name, const QJsonObject &schemas)
{
    if (*name == '\0')
        return {};
    const QByteArray json = QJsonDocument(schemas[QLatin1StringView(name)].toObject()).toJson();
    return u"<details><summary>%1: <code>%2</code></summary><pre>%3</pre></details>\n"_s.arg(
        title, escaped(name), QString::fromUtf8(json.trimmed()).toHtmlEscaped());
}

QString section(const Route &route, const QJsonObject &schemas)
{
    QString text
        = u"<section id=\"%1\"><span class=\"scope\">%2</span><h3><span class=\"method\">%3</span> "
          "<code>%4</code></h3>\n<p>%5</p>\n"_s.arg(anchor(route), accessName(route.access), escaped(route.method),
                                                    escaped(route.pattern), escaped(route.summary));
    if (*route.query != '\0')
        text += u"<p class=\"soft\">Query: <code>%1</code></p>\n"_s.arg(escaped(route.query));
    text += schemaBlock(u"Body"_s, route.requestSchema, schemas);
    text += schemaBlock(u"Answer %1"_s.arg(route.success), route.responseSchema, schemas);
    return text + u"</section>\n"_s;
}

QString typesSection(const QJsonObject &schemas)
{
    QString text;
    for (auto it = schemas.begin(); it != schemas.end(); ++it) {
        const QByteArray json = QJsonDocument(it.value().toObject()).toJson();
        text += u"<details><summary><code>%1</code></summary><pre>%2</pre></details>\n"_s.arg(
            it.key().toHtmlEscaped(), QString::fromUtf8(json.trimmed()).toHtmlEscaped());
    }
    return text;
}

} // namespace

QByteArray docsPage(const QJsonObject &document)
{
    const QJsonObject schemas = document[u"components"][u"schemas"].toObject();
    QFile style(u":/api/docs.css"_s);
    const QString css = style.open(QIODevice::ReadOnly) ? QString::fromUtf8(style.readAll()) : QString();
    QString index;
    QString sections;
    for (const Route &route : apiRoutes()) {
        index += u"<a href=\"#%1\"><span class=\"method\">%2</span><code>%3</code></a>\n"_s.arg(
            anchor(route), escaped(route.method), escaped(route.pattern));
        sections += section(route, schemas);
    }
    const QString page
        = u"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<title>auto-commit HTTP API</title>\n<style>\n%1</style></head>\n<body>\n<h1>auto-commit HTTP API</h1>\n"
          "<p>Version %2. JSON over HTTP; every request but <code>GET /health</code>, and this page on "
          "the daemon's own machine, needs "
          "<code>Authorization: Bearer</code> with the token of <code>~/.config/commits/token</code> or one of the "
          "scope "
          "shown. Errors are <code>{\"error\":{\"kind\",\"message\",\"advice\"}}</code>. For programs: "
          "<code>/openapi.json</code>.</p>\n<nav "
          "aria-label=\"Endpoints\">\n%3</nav>\n<main>\n%4<h2>Types</h2>\n%5</main>\n"
          "</body></html>\n"_s;
    return page.arg(css, QStringLiteral(AC_VERSION), index, sections, typesSection(schemas)).toUtf8();
}

QByteArray docsPageWithoutToken(const QString &url, const QString &tokenFile)
{
    const QString command
        = u"curl -H \"Authorization: Bearer $(cat %1)\" %2 > auto-commit-api.html"_s.arg(tokenFile, url);
    return u"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>auto-commit HTTP "
           u"API</title></head>\n"
           "<body>\n<h1>A token is needed</h1>\n<p>This page is for whoever has a token, and a browser sends none. "
           "Fetch it with the one of this machine, then open the file:</p>\n<pre>%1</pre>\n</body></html>\n"_s
               .arg(command.toHtmlEscaped())
               .toUtf8();
}

} // namespace AutoCommit
