#include "core/engine/renamed.h"

#include "core/engine/lineshape.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

namespace AutoCommit {

namespace {

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
        || static_cast<unsigned char>(c) >= 0x80;
}

/// Names and numbers whole, everything else byte by byte, without blanks.
std::vector<QByteArrayView> tokensOf(QByteArrayView line)
{
    std::vector<QByteArrayView> tokens;
    for (qsizetype i = 0; i < line.size();) {
        qsizetype end = i + 1;
        while (isNameByte(line[i]) && end < line.size() && isNameByte(line[end]))
            ++end;
        if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
            tokens.push_back(line.sliced(i, end - i));
        i = end;
    }
    return tokens;
}

bool isName(QByteArrayView token)
{
    return !token.isEmpty() && isNameByte(token[0]) && !(token[0] >= '0' && token[0] <= '9');
}

/// What a line defines by a keyword ("def f", "class C") or, in C and its kin, by a type in front of "name(".
QByteArrayView definedBy(QByteArrayView line)
{
    constexpr std::array<std::string_view, 10> keywords{"def",    "fn",        "func",  "function", "class",
                                                        "struct", "interface", "trait", "enum",     "sub"};
    constexpr std::array<std::string_view, 12> statements{"return", "else", "new",   "case",   "throw", "await",
                                                          "yield",  "if",   "while", "delete", "not",   "import"};
    const auto isOneOf = [](QByteArrayView word, const auto &list) {
        return std::find(list.begin(), list.end(), std::string_view(word.data(), static_cast<std::size_t>(word.size())))
            != list.end();
    };
    const auto tokens = tokensOf(line);
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
        if (isOneOf(tokens[i], keywords) && isName(tokens[i + 1]))
            return tokens[i + 1];
    const bool indented = line.startsWith(' ') || line.startsWith('\t');
    if (indented || tokens.size() < 4 || !isName(tokens[0]) || isOneOf(tokens[0], statements))
        return {};
    for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
        if (tokens[i + 1] == "(" && isName(tokens[i]))
            return tokens[i];
        if (!isName(tokens[i]) && tokens[i] != "*" && tokens[i] != "&" && tokens[i] != ":")
            break;
    }
    return {};
}

/// One new name for each old one.
class Renaming
{
public:
    bool read(const QList<QByteArray> &removed, const QList<QByteArray> &added)
    {
        if (removed.size() != added.size())
            return false;
        for (qsizetype i = 0; i < removed.size(); ++i) {
            if (!readLine(removed[i], added[i]))
                return false;
            if (const QByteArrayView name = definedBy(removed[i]); !name.isEmpty())
                m_defined.insert(name.toByteArray());
        }
        return true;
    }

    /// Some new name, and all of them of what these lines define.
    bool holds() const
    {
        constexpr std::size_t most = 2;
        return !m_names.empty() && m_names.size() <= most
            && std::any_of(m_names.begin(), m_names.end(),
                           [&](const auto &pair) { return m_defined.count(pair.first) > 0; });
    }

private:
    bool readLine(const QByteArray &before, const QByteArray &after)
    {
        const auto left = tokensOf(before);
        const auto right = tokensOf(after);
        if (left.size() != right.size())
            return false;
        for (std::size_t t = 0; t < left.size(); ++t) {
            if (left[t] == right[t])
                continue;
            if (!isName(left[t]) || !isName(right[t]))
                return false;
            const auto [known, isNew] = m_names.emplace(left[t].toByteArray(), right[t].toByteArray());
            if (!isNew && known->second != right[t])
                return false;
        }
        return true;
    }

    std::map<QByteArray, QByteArray> m_names;
    std::set<QByteArray> m_defined;
};

std::set<QByteArray> definitionsOf(const QList<QByteArray> &lines)
{
    std::set<QByteArray> names;
    for (const QByteArray &line : lines)
        if (const QByteArrayView name = definedBy(line); !name.isEmpty())
            names.insert(name.toByteArray());
    return names;
}

quint32 lineTraitsOf(const QByteArray &line)
{
    quint32 defined = 0;
    return lineTraits(line, {}, defined);
}

} // namespace

bool onlyRenames(const ChangeSet &change, const QList<qsizetype> &files)
{
    Renaming renaming;
    for (const qsizetype i : files) {
        const FileChange &file = change.files[i];
        if (file.kind != ChangeKind::Modified || file.binary || file.hunksCut)
            return false;
        for (const Hunk &hunk : file.hunks)
            if (!renaming.read(hunk.removed, hunk.added))
                return false;
    }
    return renaming.holds();
}

bool replacesDefinition(const ChangeSet &change, const QList<qsizetype> &files)
{
    std::set<QByteArray> gone;
    std::set<QByteArray> come;
    int added = 0;
    int removed = 0;
    for (const qsizetype i : files) {
        const FileChange &file = change.files[i];
        if (file.kind != ChangeKind::Modified || file.binary || file.hunksCut)
            return false;
        added += file.addedLines;
        removed += file.removedLines;
        for (const Hunk &hunk : file.hunks) {
            gone.merge(definitionsOf(hunk.removed));
            come.merge(definitionsOf(hunk.added));
        }
    }
    constexpr int slack = 3; // lines
    const bool other = std::none_of(come.begin(), come.end(), [&](const QByteArray &n) { return gone.count(n) > 0; });
    return !gone.empty() && gone.size() == come.size() && other && added <= removed * 3 / 2 + slack;
}

namespace {

/// "--n;", "*p = 1;" and "#!/bin/sh" begin like comments.
bool maybeCode(const QByteArray &text)
{
    return text.startsWith("#!") || (text.startsWith("--") && !text.startsWith("-- "))
        || (text.startsWith('*') && text != "*" && !text.startsWith("* ") && !text.startsWith("*/"));
}

/// What begins a remark behind code; nothing where that is no comment for certain (a // b divides in Python and Lua).
const char *remarkMark(const QByteArray &path)
{
    static const std::set<QByteArray> slashes{"c",   "cc", "cpp", "cxx",  "h",  "hpp", "js", "jsx",   "mjs",   "ts",
                                              "tsx", "cs", "go",  "java", "kt", "m",   "mm", "swift", "scala", "rs"};
    static const std::set<QByteArray> hashes{"py", "rb", "sh", "bash", "yml", "yaml", "toml", "cmake"};
    const QByteArray ending = path.mid(path.lastIndexOf('.') + 1).toLower();
    return slashes.count(ending) > 0 ? " // " : hashes.count(ending) > 0 ? " # " : nullptr;
}

/// "f(); // why" -> "f();"; the whole line where the mark may stand in a text.
QByteArray beforeRemark(const QByteArray &line, const char *mark)
{
    const qsizetype at = line.indexOf(mark);
    const bool certain = at > 0 && line.first(at).count('"') % 2 == 0 && line.first(at).count('\'') % 2 == 0;
    return (certain ? line.first(at) : line).trimmed();
}

QByteArray trimmedLine(const QByteArray &line)
{
    return line.trimmed();
}

/// The same code line by line, with other remarks behind it.
bool onlyRemarks(const Hunk &hunk, const char *mark)
{
    return mark != nullptr && !hunk.removed.isEmpty()
        && !std::ranges::equal(hunk.removed, hunk.added, {}, trimmedLine, trimmedLine)
        && std::ranges::equal(hunk.removed, hunk.added, [mark](const QByteArray &before, const QByteArray &after) {
               const QByteArray code = beforeRemark(before, mark);
               return !code.isEmpty() && code == beforeRemark(after, mark);
           });
}

} // namespace

bool onlyComments(const FileChange &file)
{
    if (file.kind != ChangeKind::Modified || file.binary || file.hunksCut || file.hunks.isEmpty())
        return false;
    const char *mark = remarkMark(file.path);
    bool any = false;
    for (const Hunk &hunk : file.hunks) {
        if (onlyRemarks(hunk, mark)) {
            any = true;
            continue;
        }
        for (const QList<QByteArray> *side : {&hunk.removed, &hunk.added})
            for (const QByteArray &line : *side) {
                const quint32 traits = lineTraitsOf(line);
                const bool comment
                    = (traits & (1U << static_cast<int>(LineTrait::Comment))) != 0 && !maybeCode(line.trimmed());
                if (!comment && (traits & (1U << static_cast<int>(LineTrait::Blank))) == 0)
                    return false;
                any = any || comment;
            }
    }
    return any;
}

bool onlyBlanks(const FileChange &file)
{
    if (file.kind != ChangeKind::Modified || file.binary || file.hunksCut || file.hunks.isEmpty())
        return false;
    return std::all_of(file.hunks.begin(), file.hunks.end(), [](const Hunk &hunk) {
        quint32 removed = 0;
        quint32 added = 0;
        for (const QByteArray &line : hunk.removed)
            removed = hashWithoutBlanks(line, removed);
        for (const QByteArray &line : hunk.added)
            added = hashWithoutBlanks(line, added);
        return removed == added;
    });
}

} // namespace AutoCommit
