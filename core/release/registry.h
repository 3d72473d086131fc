#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <optional>

namespace AutoCommit {

/// One version of one package, as a manifest named it.
struct PublishedName
{
    QString registry; ///< "npm", "pypi", ...
    QString package; ///< "group:artifact" for Maven
    QString version;
};

/// Where `registries` says a version can be looked up. An entry is the name of a public registry ("npm") or
/// "name=URL", in which {package}, {version} and, for Maven, {group} and {artifact} are filled in, percent-encoded.
/// None: that registry is not to be asked. Pure.
std::optional<QUrl> registryUrl(const QStringList &registries, const PublishedName &name);

/// The names that need no URL.
QStringList publicRegistries();

enum class RegistryVerdict {
    Published,
    NotYet,
    NoAnswer, ///< refused, overloaded, not what was expected: nothing is known
};

/// What a registry's answer means: a status of 200 with a body that speaks of the version, or 404 and 410. Pure.
RegistryVerdict judgeRegistryAnswer(const PublishedName &name, int httpStatus, const QByteArray &body);

/// How long after the check number `checks` (1 = the first) the next one comes; none: enough, it has failed. One
/// minute at first, half a day in the end, one week in all.
std::optional<std::chrono::minutes> nextRegistryCheck(qint64 checks);

} // namespace AutoCommit
