#include "core/service/remotechange.h"

#include "core/base/cleantext.h"
#include "core/change/patchparser.h"
#include "core/engine/historybuilder.h"
#include "core/stages/stages.h"

#include <QHash>

#include <algorithm>
#include <numeric>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr int mostLines = 100'000'000; // a count beyond it is no count

Error senseless(const QString &what)
{
    return {ErrorKind::Usage, what};
}

/// A path as git has them: relative, no way out of the work tree, not git's own files.
bool isRepositoryPath(const QByteArray &path)
{
    if (path.isEmpty() || path.size() > RemoteChange::maxPath || path.contains('\0'))
        return false;
    const QList<QByteArray> parts = path.split('/');
    return std::ranges::none_of(parts, [](const QByteArray &part) {
        return part.isEmpty() || part == "." || part == ".." || part.compare(".git", Qt::CaseInsensitive) == 0;
    });
}

/// Reads what came in as a change, and says so where it is none.
class ChangeBuilder
{
public:
    explicit ChangeBuilder(const RemoteChange &from)
        : m_from(from)
    { }

    Result<ChangeSet> build()
    {
        AC_TRY(checkSizes());
        AC_TRY(takeFiles());
        AC_TRY(takePatch());
        return std::move(m_change);
    }

private:
    Status checkSizes() const
    {
        if (m_from.files.isEmpty())
            return senseless(u"a change without files"_s);
        if (m_from.files.size() > RemoteChange::maxFiles)
            return senseless(u"more than %1 files"_s.arg(RemoteChange::maxFiles));
        if (m_from.patch.size() > RemoteChange::maxPatch)
            return senseless(u"a patch of more than %1 MiB"_s.arg(RemoteChange::maxPatch >> 20));
        return {};
    }

    Status takeFiles()
    {
        for (const FileChange &told : m_from.files) {
            const bool renamed = told.kind == ChangeKind::Renamed;
            if (!isRepositoryPath(told.path) || (renamed && !isRepositoryPath(told.oldPath)))
                return senseless(u"a path that no checkout has"_s);
            if (m_index.contains(told.path))
                return senseless(u"a path that comes twice"_s);
            m_index.insert(told.path, m_change.files.size());
            m_change.files += {.path = told.path,
                               .oldPath = renamed ? told.oldPath : QByteArray(),
                               .kind = told.kind,
                               .oldMode = told.kind == ChangeKind::Added ? 0U : 0100644U,
                               .newMode = told.kind == ChangeKind::Deleted ? 0U : 0100644U,
                               .addedLines = std::clamp(told.addedLines, 0, mostLines),
                               .removedLines = std::clamp(told.removedLines, 0, mostLines),
                               .hunksCut = told.addedLines > 0 || told.removedLines > 0};
        }
        return {};
    }

    /// A file that the patch is silent about has its counts only: it is binary, or the patch was too long.
    Status takePatch()
    {
        bool foreign = false;
        PatchParser parser([&](FileChange &&diff) {
            const auto known = m_index.constFind(diff.path);
            if (known == m_index.constEnd()) {
                foreign = true;
                return;
            }
            FileChange &file = m_change.files[*known];
            const bool shorter = diff.addedLines < file.addedLines || diff.removedLines < file.removedLines;
            file.binary = diff.binary;
            takeModes(file, diff);
            file.hunks = std::move(diff.hunks);
            file.hunksCut = diff.hunksCut || shorter;
            file.addedLines = std::max(file.addedLines, diff.addedLines);
            file.removedLines = std::max(file.removedLines, diff.removedLines);
        });
        parser.feed(m_from.patch);
        parser.finish();
        return foreign ? Status(senseless(u"the patch speaks of a file that is not in the list"_s)) : Status();
    }

    static void takeModes(FileChange &file, const FileChange &diff)
    {
        if (diff.oldMode != 0 && file.oldMode != 0)
            file.oldMode = diff.oldMode;
        if (diff.newMode != 0 && file.newMode != 0)
            file.newMode = diff.newMode;
        const bool silent = diff.hunks.isEmpty() && !diff.binary && diff.addedLines + diff.removedLines == 0;
        if (file.kind == ChangeKind::Modified && silent && file.oldMode != file.newMode)
            file.kind = ChangeKind::ModeChanged;
    }

    const RemoteChange &m_from;
    ChangeSet m_change;
    QHash<QByteArray, qsizetype> m_index;
};

/// Whoever sends a change has looked for secrets already. A secret here means that it did not, or not as well as we do.
class SecretCheck
{
public:
    explicit SecretCheck(const SecretScanner &scanner)
        : m_scanner(scanner)
    { }

    bool passes(const RemoteChange &told, const ChangeSet &change) const
    {
        return isFree(told.patch) && isFree(told.branch.toUtf8()) && isFree(told.recentSubjects.join(u'\n').toUtf8())
            && std::ranges::all_of(change.files, [this](const FileChange &file) { return isFree(file); });
    }

private:
    bool isFree(const QByteArray &text, const QByteArray &path = {}) const
    {
        return text.isEmpty() || m_scanner.scan(text, {.path = path}).isEmpty();
    }
    /// As in the file itself, without the patch's marks in front of the lines.
    bool isFree(const FileChange &file) const
    {
        QByteArray text;
        for (const Hunk &hunk : file.hunks)
            for (const QList<QByteArray> &lines : {QList{hunk.context}, hunk.before, hunk.removed, hunk.added})
                text += lines.join('\n') + '\n';
        return isFree(text, file.path) && isFree(file.path) && isFree(file.oldPath);
    }

    const SecretScanner &m_scanner;
};

/// How that repository's people write is all that is known of its past.
History historyOf(const QStringList &newestFirst)
{
    HistoryBuilder builder;
    qsizetype number = 0;
    for (const QString &subject : newestFirst.first(std::min(newestFirst.size(), RemoteChange::maxSubjects)))
        builder.addLog("\x01" + QByteArray::number(++number) + '\0' + '0' + '\0' + cleanLine(subject).toUtf8() + '\0');
    return builder.finish();
}

std::vector<ChangeStagePtr> stagesFor(const RemoteChange &change)
{
    std::vector<ChangeStagePtr> stages;
    stages.push_back(change.oneCommit ? makeOneCommit() : makeGroup());
    stages.push_back(makeAnalyze());
    stages.push_back(makeFormat());
    return stages;
}

bool isWhole(const QList<PlannedCommit> &plan, qsizetype files)
{
    QList<qsizetype> seen;
    for (const PlannedCommit &commit : plan)
        seen += commit.files;
    std::ranges::sort(seen);
    QList<qsizetype> all(files);
    std::iota(all.begin(), all.end(), 0);
    return seen == all;
}

/// The stages want the files in the order of their paths; the plan speaks of the order they came in.
struct Sorting
{
    explicit Sorting(ChangeSet &change)
        : original(change.files.size())
    {
        std::iota(original.begin(), original.end(), 0);
        std::ranges::sort(original, {}, [&](qsizetype i) { return change.files[i].path; });
        QList<FileChange> sorted;
        for (const qsizetype i : std::as_const(original))
            sorted += std::move(change.files[i]);
        change.files = std::move(sorted);
    }
    void undo(QList<PlannedCommit> &plan) const
    {
        for (PlannedCommit &commit : plan)
            for (qsizetype &file : commit.files)
                file = original[file];
    }

    QList<qsizetype> original;
};

} // namespace

Result<QList<PlannedCommit>> planRemoteChange(const RemoteChange &change, const RemoteTerms &terms)
{
    ChangeContext context{.clock = terms.clock,
                          .cancel = terms.cancel,
                          .models = terms.models,
                          .settings = terms.settings,
                          .gate = terms.gate,
                          .branch = cleanLine(change.branch, 200)};
    AC_ASSIGN(context.changes, ChangeBuilder(change).build());
    if (!SecretCheck(terms.gate.scanner()).passes(change, context.changes))
        return Error{ErrorKind::RejectedSecret, u"the change holds a secret; nothing of it was kept"_s};
    const Sorting sorting(context.changes);
    context.history = historyOf(change.recentSubjects);
    context.style = learnStyle(context.history.commits);
    AC_TRY(describeChange(stagesFor(change), context));
    if (!isWhole(context.plan, change.files.size()))
        return Error{ErrorKind::Internal, u"the plan does not hold every file once"_s};
    sorting.undo(context.plan);
    return std::move(context.plan);
}

} // namespace AutoCommit
