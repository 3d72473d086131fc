#pragma once

#include "core/change/changeset.h"
#include "core/engine/pathfacts.h"
#include "core/engine/words.h"

#include <QHash>

#include <array>
#include <vector>

namespace AutoCommit {

/// How often one word stands in a file's changed lines; counts stop at 255.
struct WordCount
{
    quint32 hash = 0;
    quint8 added = 0;
    quint8 removed = 0;
    quint8 context = 0; ///< in the headings behind @@
    WordForm form = WordForm::Part;
};

/// What a changed line can be, told by its keywords and first bytes in any of the usual languages.
enum class LineTrait : quint8 {
    Line,
    Blank,
    Comment,
    Import,
    Definition,
    Public,
    Condition,
    Return,
    Failure, ///< throw, raise, catch, error
    Loop,
    Assertion,
    Log,
    Emptiness, ///< null, nil, None, undefined
    Speed, ///< cache, lazy, buffer and the like
    Key, ///< `name:` or `name =` at the start
    Heading, ///< a line that begins with '#'
    Link, ///< holds a URL
    Number, ///< holds a version-like number
    Bracket, ///< nothing but punctuation
    Async,
};
constexpr int lineTraitCount = 20;

/// The diff of one file in numbers.
struct DiffShape
{
    std::array<quint16, lineTraitCount> added{};
    std::array<quint16, lineTraitCount> removed{};
    quint16 hunksAdding = 0; ///< hunks that only add
    quint16 hunksRemoving = 0;
    quint16 hunksChanging = 0;
    quint16 blankHunks = 0; ///< of the changing ones: alike but for white space
    quint16 digitHunks = 0; ///< alike but for digits (a version, a year)
    quint16 wordHunks = 0; ///< alike but for at most two words (a rename, a constant)
};

/// One file's diff, reduced to what grouping and typing compare.
struct FileFacts
{
    PathFacts path;
    ChangeKind kind = ChangeKind::Modified;
    int addedLines = 0;
    int removedLines = 0;
    bool binary = false;
    std::vector<WordCount> words; ///< sorted by hash
    std::vector<quint32> defined; ///< names that added lines define and removed ones do not; sorted
    std::vector<quint32> addedLineHashes; ///< of the lines that say something; sorted
    std::vector<quint32> removedLineHashes;
    DiffShape shape;
};

struct FactLimits
{
    qsizetype lines = 1500; ///< changed lines looked at; the beginning of the diff stands for the rest
    std::size_t words = 600; ///< different words kept: the most frequent ones
};

/// The spelling of words, for telling people; only words of changes that are asked about are remembered.
using WordNames = QHash<quint32, QByteArray>;

FileFacts fileFacts(const FileChange &file, FactLimits limits = {}, WordNames *names = nullptr);

} // namespace AutoCommit
