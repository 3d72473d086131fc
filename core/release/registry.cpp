#include "core/release/registry.h"

#include <QMap>

#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Each registry's own documentation: npm's registry API, PyPI's JSON API, crates.io's API, RubyGems' API v2,
/// Composer's metadata v2, pub's repository specification, Maven's repository layout.
const QMap<QString, QString> &publicUrls()
{
    static const QMap<QString, QString> urls{
        {u"npm"_s, u"https://registry.npmjs.org/{package}/{version}"_s},
        {u"pypi"_s, u"https://pypi.org/pypi/{package}/{version}/json"_s},
        {u"crates.io"_s, u"https://crates.io/api/v1/crates/{package}/{version}"_s},
        {u"rubygems"_s, u"https://rubygems.org/api/v2/rubygems/{package}/versions/{version}.json"_s},
        {u"packagist"_s, u"https://repo.packagist.org/p2/{path}.json"_s},
        {u"pub.dev"_s, u"https://pub.dev/api/packages/{package}/versions/{version}"_s},
        {u"maven"_s, u"https://repo1.maven.org/maven2/{group}/{artifact}/{version}/{artifact}-{version}.pom"_s},
    };
    return urls;
}

QString encoded(const QString &text, const QByteArray &keep = {})
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text, keep));
}

} // namespace

QStringList publicRegistries()
{
    return publicUrls().keys();
}

std::optional<QUrl> registryUrl(const QStringList &registries, const PublishedName &name)
{
    if (name.package.isEmpty() || name.version.isEmpty())
        return std::nullopt;
    QString pattern;
    for (const QString &entry : registries) {
        const qsizetype equals = entry.indexOf(u'=');
        if (entry.left(equals < 0 ? entry.size() : equals) == name.registry)
            pattern = equals < 0 ? publicUrls().value(name.registry) : entry.sliced(equals + 1);
    }
    const QString group = name.package.section(u':', 0, 0);
    for (const auto &[mark, value] :
         {std::pair{u"{package}"_s, encoded(name.package, "@")}, std::pair{u"{path}"_s, encoded(name.package, "/")},
          std::pair{u"{version}"_s, encoded(name.version)},
          std::pair{u"{group}"_s, encoded(QString(group).replace(u'.', u'/'), "/")},
          std::pair{u"{artifact}"_s, encoded(name.package.section(u':', 1))}})
        pattern.replace(mark, value);
    const QUrl url(pattern, QUrl::StrictMode);
    const bool usable
        = url.isValid() && !url.host().isEmpty() && (url.scheme() == u"https"_s || url.scheme() == u"http"_s);
    return usable ? std::optional(url) : std::nullopt;
}

RegistryVerdict judgeRegistryAnswer(const PublishedName &name, int httpStatus, const QByteArray &body)
{
    if (httpStatus == 404 || httpStatus == 410)
        return RegistryVerdict::NotYet;
    if (httpStatus != 200)
        return RegistryVerdict::NoAnswer;
    // a list of versions is one, too; a captive portal's page says nothing of it
    const QByteArray version = name.version.toUtf8();
    const bool spokenOf = body.contains('"' + version + '"') || body.contains("\"v" + version + '"')
        || body.contains('>' + version + '<');
    if (spokenOf)
        return RegistryVerdict::Published;
    const QByteArray start = body.trimmed().left(1);
    return start == "{" || start == "[" ? RegistryVerdict::NotYet : RegistryVerdict::NoAnswer;
}

std::optional<std::chrono::minutes> nextRegistryCheck(qint64 checks)
{
    static constexpr std::array<std::chrono::minutes, 8> first{1min, 2min, 5min, 10min, 30min, 60min, 180min, 360min};
    constexpr qint64 days = 7;
    if (checks <= static_cast<qint64>(first.size()))
        return first[static_cast<std::size_t>(std::max<qint64>(checks, 1) - 1)];
    return checks <= static_cast<qint64>(first.size()) + 2 * days ? std::optional<std::chrono::minutes>(720min)
                                                                  : std::nullopt;
}

} // namespace AutoCommit
