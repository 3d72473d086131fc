#include "core/engine/lineshape.h"

#include <algorithm>
#include <string_view>

namespace AutoCommit {

namespace {

constexpr quint32 bit(LineTrait trait)
{
    return 1U << static_cast<int>(trait);
}

struct Keyword
{
    std::string_view text;
    LineTrait trait;
};

// Spelled as `readWords` levels them (no plural s). One keyword says one thing; the rest is left to the weights.
constexpr std::array<Keyword, 89> keywords{{
    {"def", LineTrait::Definition},
    {"class", LineTrait::Definition},
    {"function", LineTrait::Definition},
    {"func", LineTrait::Definition},
    {"fn", LineTrait::Definition},
    {"fun", LineTrait::Definition},
    {"struct", LineTrait::Definition},
    {"enum", LineTrait::Definition},
    {"interface", LineTrait::Definition},
    {"trait", LineTrait::Definition},
    {"type", LineTrait::Definition},
    {"module", LineTrait::Definition},
    {"namespace", LineTrait::Definition},
    {"record", LineTrait::Definition},
    {"mod", LineTrait::Definition},
    {"macro", LineTrait::Definition},
    {"define", LineTrait::Definition},
    {"const", LineTrait::Definition},
    {"let", LineTrait::Definition},
    {"var", LineTrait::Definition},
    {"static", LineTrait::Definition},
    {"export", LineTrait::Public},
    {"public", LineTrait::Public},
    {"pub", LineTrait::Public},
    {"if", LineTrait::Condition},
    {"else", LineTrait::Condition},
    {"elif", LineTrait::Condition},
    {"unless", LineTrait::Condition},
    {"switch", LineTrait::Condition},
    {"case", LineTrait::Condition},
    {"match", LineTrait::Condition},
    {"when", LineTrait::Condition},
    {"elseif", LineTrait::Condition},
    {"return", LineTrait::Return},
    {"yield", LineTrait::Return},
    {"throw", LineTrait::Failure},
    {"raise", LineTrait::Failure},
    {"panic", LineTrait::Failure},
    {"error", LineTrait::Failure},
    {"err", LineTrait::Failure},
    {"exception", LineTrait::Failure},
    {"catch", LineTrait::Failure},
    {"except", LineTrait::Failure},
    {"try", LineTrait::Failure},
    {"rescue", LineTrait::Failure},
    {"unwrap", LineTrait::Failure},
    {"fail", LineTrait::Failure},
    {"invalid", LineTrait::Failure},
    {"for", LineTrait::Loop},
    {"while", LineTrait::Loop},
    {"loop", LineTrait::Loop},
    {"foreach", LineTrait::Loop},
    {"assert", LineTrait::Assertion},
    {"expect", LineTrait::Assertion},
    {"describe", LineTrait::Assertion},
    {"it", LineTrait::Assertion},
    {"test", LineTrait::Assertion},
    {"should", LineTrait::Assertion},
    {"require", LineTrait::Import},
    {"import", LineTrait::Import},
    {"include", LineTrait::Import},
    {"use", LineTrait::Import},
    {"using", LineTrait::Import},
    {"from", LineTrait::Import},
    {"log", LineTrait::Log},
    {"logger", LineTrait::Log},
    {"print", LineTrait::Log},
    {"println", LineTrait::Log},
    {"printf", LineTrait::Log},
    {"console", LineTrait::Log},
    {"debug", LineTrait::Log},
    {"warn", LineTrait::Log},
    {"null", LineTrait::Emptiness},
    {"nil", LineTrait::Emptiness},
    {"none", LineTrait::Emptiness},
    {"undefined", LineTrait::Emptiness},
    {"nullptr", LineTrait::Emptiness},
    {"empty", LineTrait::Emptiness},
    {"cache", LineTrait::Speed},
    {"cached", LineTrait::Speed},
    {"lazy", LineTrait::Speed},
    {"buffer", LineTrait::Speed},
    {"memo", LineTrait::Speed},
    {"batch", LineTrait::Speed},
    {"parallel", LineTrait::Speed},
    {"capacity", LineTrait::Speed},
    {"inline", LineTrait::Speed},
    {"async", LineTrait::Async},
    {"await", LineTrait::Async},
}};

constexpr quint32 fnvMixed(std::string_view text)
{
    quint32 hash = 2166136261U;
    for (const char c : text)
        hash = (hash ^ static_cast<quint8>(c)) * 16777619U;
    hash ^= hash >> 15;
    hash *= 2246822519U;
    hash ^= hash >> 13;
    return hash == 0 ? 1 : hash;
}

struct KeywordHash
{
    quint32 hash = 0;
    LineTrait trait = LineTrait::Line;
};

/// Sorted at compile time, so that nothing runs at start-up.
constexpr auto makeTable()
{
    std::array<KeywordHash, keywords.size()> table{};
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = {fnvMixed(keywords[i].text), keywords[i].trait};
    std::sort(table.begin(), table.end(), [](auto a, auto b) { return a.hash < b.hash; });
    return table;
}
constexpr auto table = makeTable();

LineTrait traitOf(quint32 hash)
{
    const auto it = std::lower_bound(table.begin(), table.end(), hash,
                                     [](const KeywordHash &entry, quint32 h) { return entry.hash < h; });
    return it != table.end() && it->hash == hash ? it->trait : LineTrait::Line;
}

bool isComment(QByteArrayView line)
{
    for (const char *start : {"//", "/*", "*/", "* ", "*", "<!--", "--", "\"\"\"", ";;", "# ", "#!"})
        if (line.startsWith(start))
            return true;
    return line.size() == 1 && line[0] == '#';
}

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || static_cast<unsigned char>(c) >= 0x80;
}

/// `name:`, `"name":`, `name =`: the first word of the line, when one of those follows it.
quint32 keyOf(QByteArrayView line, const std::vector<WordHit> &hits)
{
    for (const WordHit &hit : hits) {
        if (hit.form != WordForm::Name && hit.form != WordForm::Single)
            continue;
        qsizetype i = static_cast<qsizetype>(hit.at) + hit.length;
        if (hit.at > 3)
            return 0;
        while (i < line.size() && (line[i] == '"' || line[i] == '\'' || line[i] == ' '))
            ++i;
        const bool key
            = i < line.size() && (line[i] == ':' || (line[i] == '=' && (i + 1 == line.size() || line[i + 1] != '=')));
        return key ? hit.hash : 0;
    }
    return 0;
}

} // namespace

quint32 lineTraits(QByteArrayView line, const std::vector<WordHit> &hits, quint32 &defined)
{
    defined = 0;
    quint32 traits = bit(LineTrait::Line);
    const QByteArrayView text = line.trimmed();
    if (text.isEmpty())
        return traits | bit(LineTrait::Blank);
    if (isComment(text))
        traits |= bit(LineTrait::Comment);
    if (text[0] == '#')
        traits |= bit(LineTrait::Heading);
    if (text.contains("://"))
        traits |= bit(LineTrait::Link);
    if (std::none_of(text.begin(), text.end(), isWordByte))
        return traits | bit(LineTrait::Bracket);
    bool defining = false;
    bool first = true;
    for (const WordHit &hit : hits) {
        if (hit.form == WordForm::Number)
            traits |= bit(LineTrait::Number);
        if (hit.form == WordForm::Part || hit.form == WordForm::Number)
            continue;
        const LineTrait trait = hit.form == WordForm::Single ? traitOf(hit.hash) : LineTrait::Line;
        if (trait == LineTrait::Import && !first)
            continue;
        first = false;
        traits |= bit(trait);
        if (trait == LineTrait::Definition)
            defining = true;
        else if (defining && defined == 0)
            defined = hit.hash;
    }
    if (defined == 0) {
        defined = keyOf(text, hits);
        if (defined != 0)
            traits |= bit(LineTrait::Key);
    }
    return traits;
}

quint32 hashWithoutBlanks(QByteArrayView line, quint32 seed)
{
    for (const char c : line)
        if (c != ' ' && c != '\t' && c != '\r')
            seed = (seed ^ static_cast<quint8>(c)) * 16777619U;
    return seed;
}

quint32 hashWithoutDigits(QByteArrayView line, quint32 seed)
{
    for (const char c : line)
        if (c < '0' || c > '9')
            seed = (seed ^ static_cast<quint8>(c)) * 16777619U;
    return seed;
}

} // namespace AutoCommit
