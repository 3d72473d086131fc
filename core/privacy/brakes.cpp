#include "core/privacy/brakes.h"

#include "core/privacy/pathrules.h"

#include <QMap>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// New files and their bytes, per directory with everything below it; "" is the top.
struct Weight
{
    qint64 files = 0;
    qint64 bytes = 0;
};
using Weights = QMap<QByteArray, Weight>;

Weights weigh(const QList<BulkChange> &changes)
{
    Weights weights;
    for (const BulkChange &change : changes) {
        if (change.kind != ChangeKind::Added)
            continue;
        qsizetype end = change.path.size();
        do {
            end = change.path.lastIndexOf('/', end - 1);
            Weight &weight = weights[change.path.left(std::max<qsizetype>(0, end))];
            ++weight.files;
            weight.bytes += change.size;
        } while (end > 0);
    }
    return weights;
}

bool isChildOf(const QByteArray &directory, const QByteArray &parent)
{
    if (directory.isEmpty() || directory == parent)
        return false;
    const qsizetype slash = directory.lastIndexOf('/');
    return directory.left(std::max<qsizetype>(0, slash)) == parent;
}

/// The deepest directory that still holds nearly all of the weight, by going down from the top.
template <typename Measure> QByteArray centreOf(const Weights &weights, Measure measure)
{
    QByteArray at;
    for (bool deeper = true; deeper;) {
        deeper = false;
        const qint64 whole = measure(weights.value(at));
        for (auto it = weights.begin(); it != weights.end(); ++it) {
            if (isChildOf(it.key(), at) && measure(it.value()) * 10 >= whole * 8) {
                at = it.key();
                deeper = true;
                break;
            }
        }
    }
    return at;
}

QString placeName(const QByteArray &directory)
{
    return directory.isEmpty() ? u"this repository"_s : QString::fromUtf8(directory) + u'/';
}

BulkHold holdNew(BulkReason reason, const QByteArray &centre, const Weight &weight, const QString &explanation)
{
    BulkHold hold{.reason = reason,
                  .explanation = explanation,
                  .directories = {centre},
                  .ignoreLines = {},
                  .files = static_cast<qsizetype>(weight.files)};
    if (!centre.isEmpty())
        hold.ignoreLines = {ignoreLineFor(centre + '/')};
    return hold;
}

void holdNewFiles(const QList<BulkChange> &changes, const BulkLimits &limits, QList<BulkHold> &holds)
{
    const Weights weights = weigh(changes);
    const Weight all = weights.value(QByteArray());
    if (all.files > limits.newFiles) {
        const QByteArray centre = centreOf(weights, [](const Weight &w) { return w.files; });
        const Weight there = weights.value(centre);
        holds.append(holdNew(BulkReason::NewFiles, centre, there,
                             u"%1 new files appeared, %2 of them in %3. They are left out until you ignore them or "
                             u"raise max_new_files."_s.arg(all.files)
                                 .arg(there.files)
                                 .arg(placeName(centre))));
    }
    // The top counts what lies in it directly or spread over many directories; a heavy directory is named itself.
    const QByteArray heavy = centreOf(weights, [](const Weight &w) { return w.bytes; });
    const Weight there = weights.value(heavy);
    if (there.bytes > limits.newBytes)
        holds.append(holdNew(BulkReason::NewBytes, heavy, there,
                             u"New files of %1 MB appeared in %2. They are left out until you ignore them or raise "
                             u"max_new_bytes_per_directory."_s.arg(there.bytes / 1'000'000)
                                 .arg(placeName(heavy))));
}

void holdDeletions(qint64 deleted, qint64 tracked, const BulkLimits &limits, QList<BulkHold> &holds)
{
    const auto add = [&](BulkReason reason, const QString &explanation) {
        holds.append({.reason = reason,
                      .explanation = explanation,
                      .directories = {QByteArray()},
                      .ignoreLines = {},
                      .files = static_cast<qsizetype>(deleted)});
    };
    if (tracked > 0 && deleted >= tracked) {
        add(BulkReason::EmptiedTree,
            u"Every tracked file is gone, as if the volume were not mounted. Nothing is committed; if that is meant, make this one commit yourself."_s);
        return;
    }
    const bool many = deleted > limits.deletions;
    const bool most = deleted >= limits.leastDeletions && deleted * 100 > tracked * limits.deletionPercent;
    if (many || most)
        add(BulkReason::Deletions,
            u"%1 of %2 tracked files were deleted. They are held back; if they are meant, commit them yourself or "
            u"raise mass_delete_files."_s.arg(deleted)
                .arg(tracked));
}

} // namespace

QList<BulkHold> bulkHolds(const QList<BulkChange> &changes, qint64 trackedFiles, const BulkLimits &limits)
{
    const auto countOf = [&](ChangeKind kind) {
        return std::count_if(changes.begin(), changes.end(), [&](const BulkChange &c) { return c.kind == kind; });
    };
    QList<BulkHold> holds;
    holdNewFiles(changes, limits, holds);
    holdDeletions(countOf(ChangeKind::Deleted), trackedFiles, limits, holds);
    const auto modes = countOf(ChangeKind::ModeChanged);
    if (modes > limits.modeChanges)
        holds.append(
            {.reason = BulkReason::ModeChanges,
             .explanation = u"The executable bit of %1 files changed and nothing else, as a copy or another "
                            u"file system does it. Set core.fileMode to false, or raise mode_only_files."_s.arg(modes),
             .directories = {QByteArray()},
             .ignoreLines = {},
             .files = static_cast<qsizetype>(modes)});
    return holds;
}

QString bulkReasonName(BulkReason reason)
{
    switch (reason) {
    case BulkReason::NewFiles:
        return u"new-files"_s;
    case BulkReason::NewBytes:
        return u"new-bytes"_s;
    case BulkReason::Deletions:
        return u"deletions"_s;
    case BulkReason::EmptiedTree:
        return u"emptied-tree"_s;
    case BulkReason::ModeChanges:
        return u"mode-changes"_s;
    }
    return {};
}

} // namespace AutoCommit
