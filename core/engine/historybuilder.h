#pragma once

#include "core/change/patchparser.h"
#include "core/engine/history.h"

namespace AutoCommit {

/// How much of the past is read. The shipped tables were learned with these very limits (resources/engine/README.md
/// says what more would gain and cost): change both together.
struct HistoryLimits
{
    qsizetype commits = 300;
    qsizetype diffCommits = 60; ///< commits whose patches are read
    qsizetype filesPerCommit = 40; ///< of a larger commit the patch counts for nothing (imports, vendored trees)
    std::size_t keptWords = 220'000; ///< words of past diffs kept one by one: 8 bytes each
    FactLimits facts = {.lines = 400, .words = 200};
};

/// Makes a History out of what git prints, fed in pieces of any size. Never fails: a stream that breaks off gives the
/// history up to there.
///
/// addLog:   git log -n 300 --no-merges --no-renames --raw -z --format=%x01%H%x00%at %ct %T%x00%s%x00 HEAD
///           (committer date and tree count for the newest only, and may be missing)
/// addPatch: git log -n 60 --no-merges --no-renames -p -U0 --no-color --no-ext-diff --no-textconv
///           --src-prefix=a/ --dst-prefix=b/ --format=%x01%H HEAD
///
/// The whole log comes before the first patch. `wantsPatch` says when the rest of that stream need not be read.
class HistoryBuilder
{
public:
    explicit HistoryBuilder(HistoryLimits limits = {});

    void addLog(const QByteArray &piece);
    void addPatch(const QByteArray &piece);
    bool wantsPatch() const;
    /// One commit whose file diffs are known already; what addPatch does with each commit of its stream.
    void addDiffs(const QByteArray &commitId, std::vector<FileFacts> diffs);
    History finish();

private:
    void readLogField(const QByteArray &field);
    void startCommit(const QByteArray &id);
    void endLog();
    void addPath(const QByteArray &path);
    void readPatchLine(const QByteArray &line);
    void endPatchCommit();

    HistoryLimits m_limits;
    History m_history;
    QHash<QByteArray, quint32> m_commitIndex;
    enum class Expect { Id, Time, Subject, State, Path } m_expect = Expect::Id;
    QByteArray m_rest;
    QByteArray m_patchRest;
    QByteArray m_patchCommit;
    std::vector<FileFacts> m_patchFiles;
    qsizetype m_patchCommits = 0;
    std::size_t m_kept = 0;
    bool m_logEnded = false;
    PatchParser m_parser;
};

} // namespace AutoCommit
