#pragma once

#include "core/message/definition.h"
#include "core/message/token.h"

#include <QList>

namespace AutoCommit::Wording {

struct Line
{
    ByteView raw{};
    ByteView text{}; ///< trimmed
    int indent = 0;
    bool comment = false;
    bool import = false;
    bool moved = false; ///< stands, but for its indentation, on the other side of this commit too

    Tokens tokens{}; ///< none of a comment
    std::optional<Definition> definition{}; ///< what a line of code defines

    bool isCodeLine() const { return !text.isEmpty() && !comment && !import; }
};

/// A line that was changed rather than removed or added.
struct Pair
{
    qsizetype removed = 0; ///< index in Block::removed
    qsizetype added = 0;
    Tokens before{};
    Tokens after{};
    Difference difference{};
};

/// One run of changed lines, read.
struct Block
{
    const ChangedFile *file = nullptr;
    const Hunk *hunk = nullptr;
    QList<Line> removed{};
    QList<Line> added{};
    QList<Pair> pairs{};
    std::optional<Definition> scope{}; ///< the innermost function, class or test around it
    ByteView owner{}; ///< the class around that function
    int scopeIndent = -1; ///< of the line that opens the scope; -1: only git's hunk header names it
    bool direct = false; ///< as far as the lines in between show, nothing else stands between scope and block

    QList<Pair> joined{}; ///< at most one: both sides as one long line each, where lines were also split or joined

    /// What to compare token by token: the lines one by one, or all at once.
    const QList<Pair> &edits() const { return joined.isEmpty() ? pairs : joined; }

    bool onlyAdds() const { return removed.isEmpty(); }
    bool onlyRemoves() const { return added.isEmpty(); }
};

/// What one message is about: the files of one commit with their changed lines, each looked at once. Holds views into
/// the ChangeSet, which must outlive it. At most `mostLines` lines are read closely, so that a commit of a whole
/// vendor tree costs no more than a large ordinary one.
class ChangeView
{
public:
    static constexpr int mostLines = 8000;

    ChangeView(const ChangeSet &changes, const QList<qsizetype> &files);
    Q_DISABLE_COPY_MOVE(ChangeView)

    const QList<ChangedFile> &files() const { return m_files; }
    const QList<Block> &blocks() const { return m_blocks; }

    /// Added and removed lines of all files together, also of those not read.
    int changedLines() const { return m_changedLines; }
    bool wasCut() const { return m_cut; }

    /// The same of the files of that role alone.
    int changedLines(Role role) const;

    bool hasRole(Role role) const;
    bool onlyRoles(std::initializer_list<Role> roles) const;

    /// Do the changed lines on that side hold the word?
    bool addedWord(ByteView word) const;
    bool removedWord(ByteView word) const;

private:
    void readFile(const ChangedFile &file);
    void markMoved();

    QList<ChangedFile> m_files;
    QList<Block> m_blocks;
    int m_changedLines = 0;
    int m_linesRead = 0;
    bool m_cut = false;
};

/// Does the line only bring names in (import, include, use, require)?
bool isImport(Lang lang, ByteView text);

} // namespace AutoCommit::Wording
