#include "core/engine/typetraits.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace AutoCommit {

namespace {

constexpr std::array<const char *, pathClassCount> classNames{"Source",      "Test",  "Snapshot", "Docs", "Changelog",
                                                              "Ci",          "Build", "Manifest", "Lock", "Config",
                                                              "Translation", "Sheet", "Asset",    "Data"};
constexpr std::array<const char *, lineTraitCount> lineNames{
    "Line",      "Blank", "Comment",   "Import", "Definition", "Public",  "Condition", "Return", "Failure", "Loop",
    "Assertion", "Log",   "Emptiness", "Speed",  "Key",        "Heading", "Link",      "Number", "Bracket", "Async"};

double logged(double n)
{
    return std::log2(1 + n);
}

double share(double part, double whole)
{
    return part / std::max(1.0, whole);
}

/// Sums over the files of one commit.
class Sums
{
public:
    explicit Sums(const History &history)
        : m_history(history)
    { }

    void add(const FileFacts &file)
    {
        const double size = std::max(1, file.addedLines + file.removedLines);
        const auto cls = static_cast<std::size_t>(file.path.pathClass);
        m_files += 1;
        m_lines += size;
        m_added += file.addedLines;
        m_removed += file.removedLines;
        m_classLines[cls] += size;
        m_classFiles[cls] += 1;
        for (std::size_t t = 0; t < lineTraitCount; ++t) {
            m_traitsAdded[t] += file.shape.added[t];
            m_traitsRemoved[t] += file.shape.removed[t];
        }
        addHunks(file.shape);
        addKind(file);
        addCode(file, size);
        addWords(file);
        m_known += m_history.find(file.path.path) ? 1 : 0;
        m_binary += file.binary ? 1 : 0;
        m_addedHashes.insert(m_addedHashes.end(), file.addedLineHashes.begin(), file.addedLineHashes.end());
        m_removedHashes.insert(m_removedHashes.end(), file.removedLineHashes.begin(), file.removedLineHashes.end());
        m_folders.insert(file.path.folders.empty() ? 1 : file.path.folders.back());
        m_tops.insert(file.path.folders.empty() ? 1 : file.path.folders.front());
    }

    std::vector<float> values()
    {
        putClasses();
        putLines();
        putSizes();
        putHunks();
        putCode();
        putWords();
        return std::move(m_out);
    }

private:
    void addHunks(const DiffShape &shape)
    {
        m_adding += shape.hunksAdding;
        m_removing += shape.hunksRemoving;
        m_changing += shape.hunksChanging;
        m_blank += shape.blankHunks;
        m_digit += shape.digitHunks;
        m_word += shape.wordHunks;
    }

    void addKind(const FileFacts &file)
    {
        const bool isNew = file.kind == ChangeKind::Added;
        m_new += isNew;
        m_deleted += file.kind == ChangeKind::Deleted;
        m_other += !isNew && file.kind != ChangeKind::Deleted && file.kind != ChangeKind::Modified;
        m_newSource += isNew && file.path.pathClass == PathClass::Source;
        m_newTest += isNew && file.path.pathClass == PathClass::Test;
        m_newDocs += isNew && file.path.pathClass == PathClass::Docs;
    }

    void addCode(const FileFacts &file, double size)
    {
        if (file.path.pathClass == PathClass::Source || file.path.pathClass == PathClass::Sheet) {
            m_codeAdded += file.addedLines;
            m_codeRemoved += file.removedLines;
            m_defined += static_cast<double>(file.defined.size());
        }
        if (file.path.pathClass == PathClass::Test)
            m_testLines += size;
    }

    void addWords(const FileFacts &file)
    {
        for (const WordCount &w : file.words) {
            m_words += 1;
            m_removedNames += w.form == WordForm::Name && w.removed > w.added;
            m_wordsKept += std::min(w.added, w.removed);
            m_wordsMost += std::max(w.added, w.removed);
        }
    }

    void put(double value) { m_out.push_back(static_cast<float>(value)); }

    void putClasses()
    {
        for (std::size_t c = 0; c < pathClassCount; ++c) {
            put(m_classLines[c] / std::max(1.0, m_lines));
            put(m_classFiles[c] / std::max(1.0, m_files));
        }
    }

    void putLines()
    {
        for (std::size_t t = 0; t < lineTraitCount; ++t) {
            put(t == 0 ? logged(m_traitsAdded[0]) : share(m_traitsAdded[t], m_traitsAdded[0]));
            put(t == 0 ? logged(m_traitsRemoved[0]) : share(m_traitsRemoved[t], m_traitsRemoved[0]));
            const double net = m_traitsAdded[t] - m_traitsRemoved[t];
            put((net < 0 ? -1 : 1) * logged(std::abs(net)));
        }
    }

    void putSizes()
    {
        put(std::log2(std::max(1.0, m_files)));
        put(logged(m_added));
        put(logged(m_removed));
        put(share(m_added, m_added + m_removed));
        put(logged(m_new));
        put(m_new / std::max(1.0, m_files));
        put(logged(m_deleted));
        put(m_other);
        put(m_newSource);
        put(m_newTest);
        put(m_newDocs);
    }

    void putHunks()
    {
        const double all = std::max(1.0, m_adding + m_removing + m_changing);
        put(m_adding / all);
        put(m_removing / all);
        put(m_changing / all);
        put(std::log2(all));
        put(m_blank / all);
        put(m_digit / all);
        put(m_word / all);
    }

    void putCode()
    {
        constexpr auto publicTrait = static_cast<std::size_t>(LineTrait::Public);
        put(logged(m_defined));
        put(logged(std::max(0.0, m_traitsAdded[publicTrait] - m_traitsRemoved[publicTrait])));
        std::sort(m_addedHashes.begin(), m_addedHashes.end());
        std::sort(m_removedHashes.begin(), m_removedHashes.end());
        std::vector<quint32> moved;
        std::set_intersection(m_addedHashes.begin(), m_addedHashes.end(), m_removedHashes.begin(),
                              m_removedHashes.end(), std::back_inserter(moved));
        put(share(static_cast<double>(moved.size()),
                  static_cast<double>(std::max(m_addedHashes.size(), m_removedHashes.size()))));
        const double code = m_codeAdded + m_codeRemoved;
        put(logged(code));
        put(share(m_codeAdded, code));
        put(share(m_testLines, m_testLines + code));
        put(share(m_traitsAdded[2] + m_traitsRemoved[2] + m_traitsAdded[1] + m_traitsRemoved[1],
                  m_traitsAdded[0] + m_traitsRemoved[0]));
    }

    void putWords()
    {
        put(share(m_wordsKept, m_wordsMost));
        put(std::log2(static_cast<double>(std::max<std::size_t>(1, m_folders.size()))));
        put(std::log2(static_cast<double>(std::max<std::size_t>(1, m_tops.size()))));
        put(m_binary);
        put(typedShare());
        put(m_files <= 1 && m_classFiles[static_cast<std::size_t>(PathClass::Docs)] > 0 ? 1 : 0);
        put(m_known / std::max(1.0, m_files));
        put(logged(m_words));
        put(logged(m_removedNames));
    }

    /// How much of the recent past follows the convention at all.
    double typedShare() const
    {
        const std::size_t seen = std::min<std::size_t>(200, m_history.heads.size());
        const auto end = m_history.heads.begin() + static_cast<std::ptrdiff_t>(seen);
        const auto typed
            = std::count_if(m_history.heads.begin(), end, [](const auto &head) { return head.has_value(); });
        constexpr double usual = 0.9; // of the histories that the table was learned from
        const double told = m_history.typedMaturity();
        return usual + told * (share(static_cast<double>(typed), static_cast<double>(seen)) - usual);
    }

    const History &m_history;
    std::vector<float> m_out;
    double m_files = 0, m_lines = 0, m_added = 0, m_removed = 0;
    std::array<double, pathClassCount> m_classLines{}, m_classFiles{};
    std::array<double, lineTraitCount> m_traitsAdded{}, m_traitsRemoved{};
    double m_adding = 0, m_removing = 0, m_changing = 0, m_blank = 0, m_digit = 0, m_word = 0; // hunks
    double m_new = 0, m_deleted = 0, m_other = 0, m_newSource = 0, m_newTest = 0, m_newDocs = 0; // files
    double m_codeAdded = 0, m_codeRemoved = 0, m_testLines = 0, m_defined = 0;
    double m_known = 0, m_binary = 0;
    double m_words = 0, m_removedNames = 0;
    double m_wordsKept = 0, m_wordsMost = 0;
    std::vector<quint32> m_addedHashes, m_removedHashes;
    std::set<quint32> m_folders, m_tops;
};

} // namespace

std::vector<QByteArray> typeTraitNames()
{
    std::vector<QByteArray> names;
    for (const char *c : classNames) {
        names.push_back(QByteArray("lines") + c);
        names.push_back(QByteArray("files") + c);
    }
    for (const char *c : lineNames) {
        names.push_back(QByteArray("added") + c);
        names.push_back(QByteArray("removed") + c);
        names.push_back(QByteArray("net") + c);
    }
    for (const char *c :
         {"files",         "linesAdded",    "linesRemoved", "addedShare",  "newFiles",       "newShare",
          "deletedFiles",  "otherKinds",    "newSource",    "newTest",     "newDocs",        "hunksAdding",
          "hunksRemoving", "hunksChanging", "hunks",        "blankHunks",  "digitHunks",     "wordHunks",
          "defined",       "definedPublic", "movedShare",   "codeLines",   "codeAddedShare", "testToCode",
          "commentShare",  "wordOverlap",   "folders",      "tops",        "binary",         "typedShare",
          "soleDocsFile",  "knownFiles",    "words",        "removedNames"})
        names.push_back(c);
    return names;
}

std::vector<float> typeTraits(const std::vector<const FileFacts *> &files, const History &history)
{
    Sums sums(history);
    for (const FileFacts *file : files)
        sums.add(*file);
    return sums.values();
}

} // namespace AutoCommit
