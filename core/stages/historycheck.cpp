#include "core/stages/historycheck.h"

#include "core/base/cleantext.h"
#include "core/git/addedblobs.h"
#include "core/pipeline/checkoutgate.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// A commit that adds a secret.
struct Leak
{
    QByteArray commit;
    QByteArray path; ///< as it may be shown; empty: it stands in the message
    QString rule;
    QString what; ///< for people, nothing of the secret beyond its preview
    QString remedy;
};

/// Findings of many blobs, by their index.
Result<QList<Findings>> scanBlobs(const RepoContext &repo, const QList<QByteArray> &paths,
                                  const QList<QByteArray> &names)
{
    QList<Findings> all;
    std::optional<ScanStream> stream;
    AC_TRY(readBlobs(repo.git, names, [&](qsizetype index, QByteArrayView piece) {
        if (!stream)
            stream.emplace(repo.gate.scanner().stream({.path = paths[index]}));
        if (!piece.isEmpty()) {
            stream->feed(piece);
            return;
        }
        Findings findings = stream->finish();
        findings.removeIf([](const Finding &finding) { return !finding.blocks(); });
        all.append(std::move(findings));
        stream.reset();
    }));
    return all;
}

/// All that does not stem from this run.
Result<AddedToHistory> foreignWork(const RepoContext &repo, const Upstream &upstream)
{
    if (repo.status.ahead == 0) // whatever is new was made in this run
        return AddedToHistory();
    const QString head = QString::fromLatin1(repo.head);
    const bool tracked = repo.status.ahead.has_value();
    const QStringList range = tracked ? QStringList{QString::fromUtf8(upstream.trackingRef) + u".."_s + head}
                                      : QStringList{head, u"--not"_s, u"--remotes="_s + upstream.remote};
    AC_ASSIGN(AddedToHistory added, addedToHistory(repo.git, range));
    const auto isOurs = [&](const auto &one) {
        return std::ranges::any_of(repo.commits, [&](const ReportedCommit &c) { return c.sha == one.commit; });
    };
    added.blobs.removeIf(isOurs);
    added.messages.removeIf(isOurs);
    return added;
}

/// A file whose very name says that it holds a secret, where the commit brings it into history.
std::optional<Leak> leakByName(const RepoContext &repo, const AddedBlob &blob)
{
    if (!blob.before.isEmpty())
        return std::nullopt;
    const std::optional<NameObjection> objection = repo.gate.judgeName(blob.path, {});
    if (!objection || (objection->rule != u"name:secret"_s && objection->rule != u"name:holds-secret"_s))
        return std::nullopt;
    return Leak{blob.commit, objection->shownPath, objection->rule, objection->reason,
                u"commits config add allow_names %1"_s.arg(displayPath(objection->shownPath))};
}

QString remedyFor(const Finding &finding)
{
    return u"commits config add allow_secrets %1"_s.arg(QString::fromLatin1(finding.fingerprint));
}

QList<Leak> leaksInMessages(const RepoContext &repo, const QList<AddedMessage> &messages)
{
    QList<Leak> leaks;
    for (const AddedMessage &message : messages)
        for (const Finding &finding : repo.gate.scanner().scan(message.text))
            if (finding.blocks())
                leaks.append({message.commit,
                              {},
                              u"secret:"_s + QString::fromLatin1(finding.rule),
                              Gate::describe(finding),
                              remedyFor(finding)});
    return leaks;
}

Result<QList<Leak>> findLeaks(const RepoContext &repo, const QList<AddedBlob> &blobs)
{
    QList<QByteArray> paths;
    QList<QByteArray> names;
    for (const AddedBlob &blob : blobs) {
        paths += blob.path;
        names += blob.name;
    }
    AC_ASSIGN(const QList<Findings> found, scanBlobs(repo, paths, names));
    // What the files held before, only of those in which something was found.
    QList<qsizetype> suspects;
    paths.clear();
    names.clear();
    for (qsizetype i = 0; i < found.size(); ++i) {
        if (found[i].isEmpty() || blobs[i].before.isEmpty())
            continue;
        suspects += i;
        paths += blobs[i].path;
        names += blobs[i].before;
    }
    AC_ASSIGN(const QList<Findings> earlier, scanBlobs(repo, paths, names));
    QList<Leak> leaks;
    for (qsizetype i = 0; i < found.size(); ++i) {
        const qsizetype suspect = suspects.indexOf(i);
        const Findings known = suspect < 0 ? Findings() : earlier[suspect];
        for (const Finding &finding : found[i]) {
            const bool isOld = std::ranges::any_of(
                known, [&](const Finding &old) { return old.fingerprint == finding.fingerprint; });
            if (!isOld)
                leaks.append({blobs[i].commit, repo.gate.shownPath(blobs[i].path),
                              u"secret:"_s + QString::fromLatin1(finding.rule), Gate::describe(finding),
                              remedyFor(finding)});
        }
        if (found[i].isEmpty()) {
            if (const auto leak = leakByName(repo, blobs[i]))
                leaks.append(*leak);
        }
    }
    return leaks;
}

QString placeOf(const Leak &leak)
{
    const QString where = leak.path.isEmpty() ? u"its message"_s : displayPath(leak.path);
    return u"commit %1, %2: %3 [%4]"_s.arg(QString::fromLatin1(leak.commit.left(12)), where, leak.what, leak.rule);
}

} // namespace

Status checkHistory(RepoContext &repo, const Upstream &upstream)
{
    AC_ASSIGN(const AddedToHistory added, foreignWork(repo, upstream));
    if (added.messages.isEmpty())
        return {};
    repo.gate = checkoutGate(repo.settings, repo.git.location().workTree, repo.salt);
    AC_ASSIGN(QList<Leak> leaks, findLeaks(repo, added.blobs));
    leaks += leaksInMessages(repo, added.messages);
    for (const Leak &leak : leaks)
        repo.decided(StageId::Push, u"a secret in history: "_s + placeOf(leak));
    if (leaks.isEmpty())
        return {};
    const QString others = leaks.size() == 1 ? QString() : u" (and %1 more)"_s.arg(leaks.size() - 1);
    if (repo.settings.onSecretInHistory == u"warn"_s) {
        repo.reason = u"pushed although there is a secret in %1%2"_s.arg(placeOf(leaks.first()), others);
        return {};
    }
    return Error{ErrorKind::RejectedSecret,
                 u"not pushed, there is a secret in %1%2. Take it out of that commit (git rebase -i); a false alarm "
                 "passes with: %3"_s.arg(placeOf(leaks.first()), others, leaks.first().remedy)};
}

} // namespace AutoCommit
