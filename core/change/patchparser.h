#pragma once

#include "core/change/changeset.h"

#include <functional>

namespace AutoCommit {

struct PatchLimits
{
    qsizetype linesPerFile = 4000; ///< changed lines kept per file; beyond it only counted
    qsizetype bytesPerLine = 2000; ///< longer lines are cut (minified bundles)
};

/// Reads unified diff text as `git diff`/`git log -p` print it, a piece at a time, and hands over each file when it is
/// complete. Only `path`, `oldPath`, `binary`, modes that the patch tells, the counts and the hunks are filled in.
/// Pure; never fails: what is not a patch is passed over. Expects `--no-color --no-ext-diff --src-prefix=a/
/// --dst-prefix=b/` (and `core.quotePath=false`; C-quoted names are understood).
class PatchParser
{
public:
    using FileHandler = std::function<void(FileChange &&)>;

    explicit PatchParser(FileHandler onFile, PatchLimits limits = {});

    void feed(const QByteArray &piece);
    void finish();

private:
    void line(const QByteArray &text);
    void hunkLine(const QByteArray &text);
    void startHunk(const QByteArray &text);
    void startRun();
    void flush();

    FileHandler m_onFile;
    PatchLimits m_limits;
    QByteArray m_rest;
    FileChange m_file;
    bool m_inFile = false;
    int m_oldLeft = 0; ///< lines of the current hunk still to come, by its header
    int m_newLeft = 0;
    int m_oldLine = 0; ///< number of the next line
    int m_newLine = 0;
    QByteArray m_context;
    QList<QByteArray> m_unchanged; ///< since the last changed line of the current hunk
    bool m_inRun = false;
    bool m_hadRun = false; ///< in the current hunk
    qsizetype m_kept = 0;
};

/// The whole text at once.
QList<FileChange> parsePatch(const QByteArray &text, PatchLimits limits = {});

/// Undoes git's C-style quoting ("a\tb\303\251"); text that is not quoted comes back unchanged.
QByteArray unquotePath(const QByteArray &text);

} // namespace AutoCommit
