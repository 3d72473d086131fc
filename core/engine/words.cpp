#include "core/engine/words.h"

#include "core/engine/pathfacts.h"

#include <array>

namespace AutoCommit {

namespace {

constexpr qsizetype longestWord = 60;

enum class Kind : quint8 { Other, Lower, Upper, Digit, Joint };

constexpr Kind kindOf(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || byte >= 0x80)
        return Kind::Lower;
    if (c >= 'A' && c <= 'Z')
        return Kind::Upper;
    if (c >= '0' && c <= '9')
        return Kind::Digit;
    return c == '_' || c == '-' ? Kind::Joint : Kind::Other;
}

constexpr std::array<Kind, 256> makeKinds()
{
    std::array<Kind, 256> kinds{};
    for (std::size_t i = 0; i < 256; ++i)
        kinds[i] = kindOf(static_cast<char>(i));
    return kinds;
}
constexpr std::array<Kind, 256> kinds = makeKinds();

Kind kindAt(QByteArrayView text, qsizetype i)
{
    return i < text.size() ? kinds[static_cast<unsigned char>(text[i])] : Kind::Other;
}

constexpr char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// Lower-case letters of one word, joints left out.
struct Levelled
{
    std::array<char, longestWord> text{};
    qsizetype size = 0;

    void add(char c)
    {
        if (size < longestWord)
            text[static_cast<std::size_t>(size++)] = lowered(c);
    }
    quint32 hash() const
    {
        qsizetype n = size;
        if (n > 3 && at(n - 1) == 's' && at(n - 2) != 's' && at(n - 2) != 'u' && at(n - 2) != 'i')
            --n;
        return stableHash(QByteArrayView(text.data(), n));
    }
    char at(qsizetype i) const { return text[static_cast<std::size_t>(i)]; }
};

/// A '-' joins only letters ("dry-run", not "a - b" and not "x-1"); '_' always does.
bool joins(QByteArrayView line, qsizetype i)
{
    if (line[i] == '_')
        return true;
    const Kind before = i > 0 ? kindAt(line, i - 1) : Kind::Other;
    const Kind after = kindAt(line, i + 1);
    return (before == Kind::Lower || before == Kind::Upper) && (after == Kind::Lower || after == Kind::Upper);
}

qsizetype endOfNumber(QByteArrayView line, qsizetype i)
{
    while (kindAt(line, i) == Kind::Digit || (i < line.size() && line[i] == '.' && kindAt(line, i + 1) == Kind::Digit))
        ++i;
    return i;
}

qsizetype endOfName(QByteArrayView line, qsizetype i)
{
    for (; i < line.size(); ++i) {
        const Kind kind = kindAt(line, i);
        if (kind == Kind::Other || (kind == Kind::Joint && !joins(line, i)))
            break;
    }
    return i;
}

/// Where the part that begins at `i` ends: at a joint, before an upper-case letter after a lower-case one, and before
/// the last capital of a run of capitals that goes on in lower case (HTTPServer).
qsizetype endOfPart(QByteArrayView line, qsizetype i, qsizetype end)
{
    for (qsizetype k = i + 1; k < end; ++k) {
        const Kind kind = kindAt(line, k);
        if (kind == Kind::Joint)
            return k;
        const Kind before = kindAt(line, k - 1);
        if (kind == Kind::Upper && (before != Kind::Upper || (k + 1 < end && kindAt(line, k + 1) == Kind::Lower)))
            return k;
    }
    return end;
}

void addHit(std::vector<WordHit> &out, quint32 hash, qsizetype at, qsizetype length, WordForm form)
{
    out.push_back({hash, static_cast<quint32>(at), static_cast<quint16>(std::min<qsizetype>(length, 0xffff)), form});
}

void readName(QByteArrayView line, qsizetype begin, qsizetype end, std::vector<WordHit> &out)
{
    Levelled whole;
    int parts = 0;
    const std::size_t first = out.size();
    for (qsizetype i = begin; i < end;) {
        if (kindAt(line, i) == Kind::Joint) {
            ++i;
            continue;
        }
        const qsizetype stop = endOfPart(line, i, end);
        Levelled part;
        for (qsizetype k = i; k < stop; ++k) {
            part.add(line[k]);
            whole.add(line[k]);
        }
        ++parts;
        if (part.size >= 2)
            addHit(out, part.hash(), i, stop - i, WordForm::Part);
        i = stop;
    }
    if (parts >= 2 && whole.size >= 3)
        addHit(out, whole.hash(), begin, end - begin, WordForm::Name);
    else if (out.size() > first)
        out[first].form = WordForm::Single;
}

} // namespace

void readWords(QByteArrayView line, std::vector<WordHit> &out)
{
    for (qsizetype i = 0; i < line.size();) {
        const Kind kind = kindAt(line, i);
        if (kind == Kind::Digit) {
            const qsizetype end = endOfNumber(line, i);
            if (end - i >= 3)
                addHit(out, stableHash(line.sliced(i, end - i)), i, end - i, WordForm::Number);
            i = end;
        } else if (kind == Kind::Lower || kind == Kind::Upper || (kind == Kind::Joint && line[i] == '_')) {
            const qsizetype end = endOfName(line, i);
            readName(line, i, end, out);
            i = end;
        } else {
            ++i;
        }
    }
}

} // namespace AutoCommit
