#include "core/model/messagecheck.h"

#include "core/base/cleantext.h"
#include "core/model/prompts.h"
#include "core/model/questiontext.h"
#include "core/wording/fileclass.h"

#include <QSet>

#include <algorithm>
#include <array>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype evidenceLimit = 8 << 20;

QByteArray evidenceOf(const ChangeSet &change, const QList<qsizetype> &files)
{
    QByteArray text;
    for (const qsizetype index : files) {
        const FileChange &file = change.files[index];
        text += file.path + '\n' + file.oldPath + '\n';
        for (const Hunk &hunk : file.hunks)
            for (const QList<QByteArray> &lines :
                 {QList{hunk.context}, hunk.before, hunk.removed, hunk.added, hunk.after})
                if (text.size() < evidenceLimit)
                    text += lines.join('\n') + '\n';
    }
    return QString::fromUtf8(text).toLower().toUtf8();
}

QStringList wordsOfPaths(const ChangeSet &change, const QList<qsizetype> &files)
{
    QSet<QString> words;
    for (const qsizetype index : files) {
        const QStringList parts = displayPath(change.files[index].path).split(u'/');
        for (const QString &part : parts)
            words.insert(part);
        words.insert(parts.last().section(u'.', 0, 0));
    }
    words.remove(QString());
    QStringList sorted = words.values();
    sorted.sort();
    return sorted;
}

/// A line that others could have relied on.
bool declares(const QByteArray &line)
{
    static constexpr std::array words{"public ", "export ",    "pub ",       "def ",     "func ",    "fn ",
                                      "class ",  "interface ", "protected ", "virtual ", "#define ", "module.exports"};
    const QByteArray text = line.trimmed();
    return std::ranges::any_of(words, [&](const char *word) { return text.startsWith(word); });
}

bool mayBreakUsers(const FileChange &file)
{
    const FileClass fileClass = classOf(file);
    if (fileClass != FileClass::Source && fileClass != FileClass::Manifest)
        return false;
    if (file.kind == ChangeKind::Deleted || file.kind == ChangeKind::Renamed)
        return true;
    return std::ranges::any_of(file.hunks,
                               [](const Hunk &hunk) { return std::ranges::any_of(hunk.removed, declares); });
}

bool saysItBreaks(const FileChange &file)
{
    return std::ranges::any_of(file.hunks, [](const Hunk &hunk) {
        return std::ranges::any_of(hunk.added, [](const QByteArray &line) {
            return line.contains("BREAKING") || line.contains("reaking change");
        });
    });
}

bool touchesComments(const FileChange &file)
{
    static constexpr std::array marks{"//", "/*", "*", "#", "\"\"\"", "'''", "--", "<!--", ";", "%", "=begin"};
    const auto isComment = [](const QByteArray &line) {
        return std::ranges::any_of(marks, [&](const char *mark) { return line.contains(mark); });
    };
    return file.hunks.isEmpty() || file.hunksCut || std::ranges::any_of(file.hunks, [&](const Hunk &hunk) {
               return std::ranges::any_of(hunk.added, isComment) || std::ranges::any_of(hunk.removed, isComment);
           });
}

/// "docs" needs documents, or comments, that changed.
bool mayDocument(const ChangeSet &change, const QList<qsizetype> &files)
{
    return std::ranges::any_of(files, [&](qsizetype index) {
        return classOf(change.files[index]) != FileClass::Source || touchesComments(change.files[index]);
    });
}

} // namespace

bool mayBreakUsers(const ChangeSet &change, const QList<qsizetype> &files)
{
    return std::ranges::any_of(files, [&](qsizetype index) {
        return mayBreakUsers(change.files[index]) || saysItBreaks(change.files[index]);
    });
}

MessageRules rulesForAnswers(const MessageQuestion &question, const SecretScanner &scanner)
{
    MessageRules rules = question.rules;
    rules.pathWords = wordsOfPaths(question.change, question.files);
    rules.evidence = evidenceOf(question.change, question.files);
    rules.breakingAllowed = rules.breakingAllowed && mayBreakUsers(question.change, question.files);
    if (!mayDocument(question.change, question.files))
        rules.types.removeAll(u"docs"_s);
    rules.promptWords = formatInstructions(rules.style).text() + u'\n' + frameWords();
    rules.containsSecret = [scanner](const QString &text) {
        const QByteArray bytes = text.toUtf8();
        return scanner.redact(bytes).bytes() != bytes;
    };
    return rules;
}

} // namespace AutoCommit
