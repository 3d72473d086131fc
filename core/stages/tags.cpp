#include "core/stages/tags.h"

#include "core/base/cleantext.h"
#include "core/git/ancestry.h"
#include "core/stages/committree.h"
#include "core/stages/synchronise.h"

#include <QFile>
#include <QSaveFile>

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The hub said nothing about the tag itself.
bool mayWorkLater(ErrorKind kind)
{
    using enum ErrorKind;
    static constexpr std::array kinds{Cancelled, Timeout,   Unreachable, AuthFailed,
                                      HostKey,   TlsFailed, HubLocked,   HubDiskFull};
    return std::ranges::find(kinds, kind) != kinds.end();
}

std::optional<OwedTag> tagOfThisRun(const RepoContext &repo)
{
    QStringList versions;
    for (const VersionChange &change : repo.versions)
        versions += change.to;
    versions.removeDuplicates();
    if (versions.size() != 1)
        return std::nullopt;
    const VersionChange &change = repo.versions.first();
    const QString name = change.to.startsWith(u'v') ? change.to : u'v' + change.to;
    return OwedTag{.commit = change.commit,
                   .name = name.toUtf8(),
                   .text = change.package.isEmpty() ? name : change.package + u' ' + change.to};
}

/// True when the tag is there, on this very commit.
Result<bool> makeTag(RepoContext &repo, const OwedTag &tag)
{
    const QString name = QString::fromUtf8(tag.name);
    AC_ASSIGN(const ProcessOutput made,
              repo.git.call({.arguments = {u"tag"_s, u"-a"_s, u"--no-sign"_s, u"-m"_s, tag.text, name,
                                           QString::fromLatin1(tag.commit)},
                             .access = GitAccess::Write,
                             .environment = identityOf(repo.settings),
                             .holdsLock = true}));
    if (made.succeeded()) {
        repo.decided(StageId::VersionDetect, u"tagged %1"_s.arg(name));
        return true;
    }
    AC_ASSIGN(
        const ProcessOutput there,
        repo.git.call({.arguments = {u"rev-parse"_s, u"--verify"_s, u"-q"_s, u"refs/tags/%1^{commit}"_s.arg(name)}}));
    if (there.succeeded() && there.output.trimmed() == tag.commit)
        return true;
    repo.decided(StageId::VersionDetect, u"not tagged %1: %2"_s.arg(name, cleanLine(made.errors)));
    return false;
}

Status pushTag(RepoContext &repo, const OwedTag &tag)
{
    AC_ASSIGN(const std::optional<Upstream> upstream, findUpstream(repo.config, repo.status.branch, repo.settings));
    if (!upstream)
        return {};
    AC_TRY(Hub(repo.git, *upstream, repo.hubs, wallNanoseconds(repo)).pushTag(tag.name));
    repo.decided(StageId::VersionDetect, u"pushed tag %1"_s.arg(QString::fromUtf8(tag.name)));
    return {};
}

/// True when the tag is done with.
Result<bool> settleTag(RepoContext &repo, const OwedTag &tag)
{
    AC_ASSIGN(const bool here, isInHistoryOf(repo.git, repo.head, tag.commit));
    if (!here) // another branch may have it: its person switched since
        return isOnNoBranch(repo.git, tag.commit);
    AC_ASSIGN(const bool made, makeTag(repo, tag));
    if (made)
        AC_TRY(pushTag(repo, tag));
    return true;
}

} // namespace

OwedTags::OwedTags(const RepoLocation &location)
    : m_path(location.stateDir() + u"/owed-tags"_s)
{ }

bool OwedTags::isEmpty() const
{
    return !QFile::exists(m_path);
}

QList<OwedTag> OwedTags::list() const
{
    QList<OwedTag> tags;
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return tags;
    for (const QByteArray &line : file.read(1 << 16).split('\n')) {
        const QList<QByteArray> fields = line.split('\t');
        if (fields.size() == 3)
            tags.append({.commit = fields[0], .name = fields[1], .text = QString::fromUtf8(fields[2])});
    }
    return tags;
}

Status OwedTags::replace(const QList<OwedTag> &tags) const
{
    if (tags.isEmpty()) {
        QFile::remove(m_path);
        return {};
    }
    QSaveFile file(m_path);
    bool written = file.open(QIODevice::WriteOnly);
    for (const OwedTag &tag : tags) {
        const QByteArray line = tag.commit + '\t' + tag.name + '\t' + cleanLine(tag.text).toUtf8() + '\n';
        written = written && file.write(line) == line.size();
    }
    if (written && file.commit())
        return {};
    return Error{ErrorKind::IoError, u"%1: %2"_s.arg(m_path, file.errorString())};
}

Status settleTags(RepoContext &repo)
{
    const OwedTags owed(repo.git.location());
    QList<OwedTag> tags = owed.list();
    for (OwedTag &tag : tags)
        tag.commit = repo.renamed.value(tag.commit, tag.commit);
    const std::optional<OwedTag> fresh = tagOfThisRun(repo);
    if (fresh && repo.settings.tagVersions)
        tags += *fresh;
    if (tags.isEmpty() && owed.isEmpty())
        return {};
    AC_TRY(owed.replace(tags));
    if (repo.needsPush)
        return {};
    QList<OwedTag> left;
    Status outcome;
    for (const OwedTag &tag : std::as_const(tags)) {
        const Result<bool> done = settleTag(repo, tag);
        if (done ? !*done : mayWorkLater(done.error().kind))
            left += tag;
        if (!done && outcome)
            outcome = done.error();
    }
    AC_TRY(owed.replace(left));
    return outcome;
}

} // namespace AutoCommit
