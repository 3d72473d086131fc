#include "core/stages/filterattributes.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QSet>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// Attributes come from .gitattributes beside or above a path, from info/attributes and from the owner's own file.
bool attributesMatter(const RepoContext &repo, const QList<Candidate> &candidates)
{
    if (QFileInfo::exists(repo.git.location().commonDir + u"/info/attributes"_s)
        || !repo.config.value(u"core.attributesfile"_s).isEmpty()
        || QFileInfo::exists(QDir::homePath() + u"/.config/git/attributes"_s))
        return true;
    QSet<QByteArray> looked;
    for (const Candidate &candidate : candidates) {
        for (qsizetype slash = candidate.path.lastIndexOf('/');; slash = candidate.path.lastIndexOf('/', slash - 1)) {
            const QByteArray directory = slash < 0 ? QByteArray() : candidate.path.left(slash + 1);
            if (!looked.contains(directory)) {
                looked.insert(directory);
                if (FileStamp::of(repo.absolute(directory + ".gitattributes")).exists)
                    return true;
            }
            if (slash <= 0)
                break;
        }
        if (const QByteArray top; !looked.contains(top)) {
            looked.insert(top);
            if (FileStamp::of(repo.absolute(".gitattributes")).exists)
                return true;
        }
    }
    return false;
}

QString why(const QString &filter, const RepoConfig &config)
{
    if (config.names().filter(u"filter.%1."_s.arg(filter)).isEmpty())
        return filter == u"lfs"_s ? u"it belongs to Git LFS, which is not set up here (git lfs install)"_s
                                  : u"it needs the filter \"%1\", which is not set up here"_s.arg(filter);
    return u"its filter \"%1\" is defined by the repository itself; add it to trusted_filters if you trust it"_s.arg(
        filter);
}

} // namespace

Result<QHash<QByteArray, QString>> filtersOf(RepoContext &repo, const QList<QByteArray> &paths)
{
    AC_ASSIGN(const QByteArray output,
              repo.git.read({u"check-attr"_s, u"-z"_s, u"--stdin"_s, u"filter"_s}, joinNul(paths)));
    QHash<QByteArray, QString> filterOf; // "path NUL attribute NUL value NUL"
    const QList<QByteArray> parts = output.split('\0');
    for (qsizetype i = 0; i + 2 < parts.size(); i += 3)
        if (parts[i + 2] != "unspecified" && parts[i + 2] != "unset")
            filterOf.insert(parts[i], QString::fromUtf8(parts[i + 2]));
    return filterOf;
}

QString failedFilter(const QByteArray &complaint)
{
    const QByteArray opening = ": clean filter '";
    const QByteArray ending = "' failed";
    const qsizetype end = complaint.lastIndexOf(ending);
    const qsizetype start = end < 0 ? -1 : complaint.lastIndexOf(opening, end);
    return start < 0 ? QString()
                     : QString::fromUtf8(complaint.sliced(start + opening.size(), end - start - opening.size()));
}

Status dropUnusableFilters(RepoContext &repo, QList<Candidate> &candidates)
{
    if (candidates.isEmpty() || !attributesMatter(repo, candidates))
        return {};
    QList<QByteArray> paths;
    for (const Candidate &candidate : std::as_const(candidates))
        paths += candidate.path;
    AC_ASSIGN(const auto filterOf, filtersOf(repo, paths));
    const QStringList usable = repo.config.usableFilters(repo.settings.trustedFilters);
    candidates.removeIf([&](const Candidate &candidate) {
        const QString filter = filterOf.value(candidate.path);
        if (filter.isEmpty() || usable.contains(filter) || candidate.deleted)
            return false;
        repo.exclude(candidate.path, u"filter"_s, why(filter, repo.config));
        return true;
    });
    return {};
}

} // namespace AutoCommit
