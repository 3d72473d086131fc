#include "core/wording/changewords.h"

#include "core/base/cleantext.h"
#include "core/wording/controltokens.h"
#include "core/wording/fileclass.h"

#include <QHash>

#include <algorithm>
#include <cctype>

namespace AutoCommit {

namespace {

bool isWordByte(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return std::isalnum(byte) != 0 || c == '_' || byte >= 0x80;
}

/// Words of the languages themselves.
bool isKeyword(const QByteArray &word)
{
    static const QSet<QByteArray> words{
        "abstract",  "and",       "as",       "async",     "auto",       "await",     "bool",     "boolean", "break",
        "case",      "catch",     "char",     "class",     "const",      "constexpr", "continue", "def",     "default",
        "del",       "delete",    "do",       "double",    "elif",       "else",      "end",      "enum",    "except",
        "export",    "extends",   "false",    "final",     "finally",    "float",     "fn",       "for",     "from",
        "func",      "function",  "if",       "impl",      "implements", "import",    "in",       "include", "inline",
        "int",       "interface", "is",       "lambda",    "let",        "long",      "match",    "mod",     "mut",
        "namespace", "new",       "nil",      "none",      "not",        "null",      "nullptr",  "or",      "override",
        "package",   "pass",      "private",  "protected", "pub",        "public",    "raise",    "return",  "self",
        "short",     "signed",    "sizeof",   "static",    "std",        "str",       "string",   "struct",  "super",
        "switch",    "template",  "the",      "this",      "throw",      "throws",    "trait",    "true",    "try",
        "type",      "typedef",   "typename", "undefined", "unsigned",   "use",       "using",    "var",     "virtual",
        "void",      "where",     "while",    "with",      "yield"};
    return words.contains(word);
}

struct Candidate
{
    QByteArray word;
    double weight = 0;
    qsizetype order = 0;
};

void collect(const FileChange &file, double weight, QHash<QByteArray, Candidate> &candidates)
{
    const auto count = [&](const QByteArray &line) {
        for (const QByteArray &word : identifiersIn(line)) {
            if (word.size() < 3 || word.size() > 60 || isKeyword(word.toLower()))
                continue;
            Candidate &candidate = candidates[word];
            if (candidate.word.isEmpty())
                candidate = {word, 0, candidates.size()};
            candidate.weight += weight;
        }
    };
    for (const Hunk &hunk : file.hunks) {
        for (const QByteArray &line : hunk.removed)
            count(line);
        for (const QByteArray &line : hunk.added)
            count(line);
    }
}

} // namespace

QList<QByteArray> identifiersIn(const QByteArray &text)
{
    QList<QByteArray> words;
    for (qsizetype i = 0; i < text.size();) {
        if (!isWordByte(text[i])) {
            ++i;
            continue;
        }
        const qsizetype start = i;
        while (i < text.size() && isWordByte(text[i]))
            ++i;
        if (std::isdigit(static_cast<unsigned char>(text[start])) == 0)
            words.append(text.mid(start, i - start));
    }
    return words;
}

QList<QByteArray> subWords(const QByteArray &identifier)
{
    const auto upper = [&](qsizetype i) { return std::isupper(static_cast<unsigned char>(identifier[i])) != 0; };
    const auto lower = [&](qsizetype i) { return std::islower(static_cast<unsigned char>(identifier[i])) != 0; };
    QList<QByteArray> parts;
    qsizetype start = 0;
    const auto flush = [&](qsizetype end) {
        if (end > start)
            parts.append(identifier.mid(start, end - start).toLower());
        start = end;
    };
    for (qsizetype i = 0; i < identifier.size(); ++i) {
        if (identifier[i] == '_') {
            flush(i);
            start = i + 1;
        } else if (i > start && upper(i) && (!upper(i - 1) || (i + 1 < identifier.size() && lower(i + 1)))) {
            flush(i);
        }
    }
    flush(identifier.size());
    return parts;
}

QString unshownIdentifiers(const QList<const FileChange *> &files, const QString &shown, qsizetype characters)
{
    QSet<QByteArray> known;
    for (const QByteArray &word : identifiersIn(shown.toUtf8()))
        for (const QByteArray &part : subWords(word))
            known.insert(part);
    QHash<QByteArray, Candidate> candidates;
    for (const FileChange *file : files) {
        const FileClass fileClass = classOf(*file);
        const bool aside = fileClass == FileClass::Test || fileClass == FileClass::Docs;
        collect(*file, aside ? 0.5 : 1.0, candidates);
    }
    QList<Candidate> order = candidates.values();
    std::ranges::sort(order, [](const Candidate &a, const Candidate &b) {
        return a.weight != b.weight ? a.weight > b.weight : a.order < b.order;
    });
    QString text;
    for (const Candidate &candidate : order) {
        if (text.size() + candidate.word.size() + 1 > characters)
            continue;
        const QList<QByteArray> parts = subWords(candidate.word);
        const bool isNew = std::ranges::any_of(
            parts, [&](const QByteArray &part) { return part.size() > 2 && !known.contains(part); });
        if (!isNew)
            continue;
        text += (text.isEmpty() ? QString() : QStringLiteral(" ")) + cleanText(candidate.word);
        known += QSet<QByteArray>(parts.begin(), parts.end());
    }
    return neutralized(text);
}

} // namespace AutoCommit
