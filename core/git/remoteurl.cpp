#include "core/git/remoteurl.h"

#include <QDir>
#include <QUrl>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

bool isScpLike(const QString &url)
{
    const qsizetype colon = url.indexOf(u':');
    const qsizetype slash = url.indexOf(u'/');
    return colon > 0 && (slash < 0 || colon < slash);
}

} // namespace

QString protocolOf(const QString &url)
{
    if (const qsizetype end = url.indexOf("://"_L1); end > 0)
        return url.left(end).toLower();
    if (url.contains("::"_L1))
        return url.section(u':', 0, 0); // a remote helper, "ext::..."
    return isScpLike(url) ? u"ssh"_s : u"file"_s;
}

QString hostOfUrl(const QString &url)
{
    if (url.contains("://"_L1))
        return QUrl(url).host().toLower();
    if (!isScpLike(url))
        return {};
    return url.section(u':', 0, 0).section(u'@', -1).toLower();
}

namespace {

/// "host:2222/x": git would read a path below a home of that host, but without a user it is how we spell a port.
bool hasOurPort(const QString &url)
{
    const QString port = url.section(u':', 1).section(u'/', 0, 0);
    return !url.contains(u'@') && !url.contains("://"_L1) && !port.isEmpty()
        && std::ranges::all_of(port, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QString withoutAliases(const QString &url)
{
    const QString protocol = protocolOf(url);
    if (hasOurPort(url))
        return url;
    if (protocol == u"file"_s)
        return QDir::cleanPath(url.startsWith("file://"_L1) ? QUrl(url).path() : url);
    const bool scp = !url.contains("://"_L1);
    QString path = scp ? url.section(u':', 1) : QUrl(url).path();
    const int port = scp ? -1 : QUrl(url).port();
    while (path.startsWith(u'/'))
        path.remove(0, 1);
    if (path.endsWith(u'/'))
        path.chop(1);
    if (path.endsWith(".git"_L1))
        path.chop(4);
    const bool usual = port < 0 || (protocol == u"ssh"_s && port == 22) || (protocol == u"https"_s && port == 443);
    return hostOfUrl(url) + (usual ? QString() : u":%1"_s.arg(port)) + u'/' + path;
}

} // namespace

QString normalisedUrl(const QString &url, const QStringList &aliases)
{
    const QString plain = withoutAliases(url);
    const QString hub = plain.section(u'/', 0, 0);
    for (const QString &alias : aliases)
        if (!hub.isEmpty() && alias.section(u'=', 0, 0).trimmed().compare(hub, Qt::CaseInsensitive) == 0)
            return alias.section(u'=', 1).trimmed().toLower() + plain.sliced(hub.size());
    return plain;
}

} // namespace AutoCommit
