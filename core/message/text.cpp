#include "core/message/text.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace AutoCommit::Wording {

int indentOf(ByteView line)
{
    int width = 0;
    for (const char c : line) {
        if (c == ' ')
            ++width;
        else if (c == '\t')
            width += 4;
        else
            break;
    }
    return width;
}

ByteView identifierAt(ByteView text, qsizetype at)
{
    if (at < 0 || at >= text.size() || !isWordStart(text[at]))
        return {};
    qsizetype end = at + 1;
    while (end < text.size() && isWordChar(text[end]))
        ++end;
    return text.sliced(at, end - at);
}

bool isIdentifier(ByteView text)
{
    return !text.isEmpty() && identifierAt(text, 0).size() == text.size();
}

bool isNumber(ByteView text)
{
    if (text.size() > 1 && (text[0] == '-' || text[0] == '+'))
        text = text.sliced(1);
    if (text.isEmpty() || !isDigit(text[0]))
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return isWordChar(c) || c == '.' || c == '%'; });
}

bool isVersion(ByteView text)
{
    const bool marked = text.size() > 1 && (text[0] == 'v' || text[0] == 'V');
    if (marked)
        text = text.sliced(1);
    if (text.isEmpty() || text.size() > 40 || !isDigit(text[0]))
        return false;
    qsizetype i = 0;
    int dots = 0;
    while (i < text.size() && (isDigit(text[i]) || (text[i] == '.' && i + 1 < text.size() && isDigit(text[i + 1])))) {
        dots += text[i] == '.' ? 1 : 0;
        ++i;
    }
    if (dots == 0 && !marked)
        return false;
    if (i == text.size())
        return true;
    if (text[i] != '-' && text[i] != '+' && text[i] != '.' && !isLetter(text[i]))
        return false;
    return std::all_of(text.begin() + i, text.end(),
                       [](char c) { return isWordChar(c) || c == '.' || c == '-' || c == '+'; });
}

ByteView unquoted(ByteView text)
{
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'' || text.front() == '`')
        && text.back() == text.front())
        return text.sliced(1, text.size() - 2);
    return text;
}

bool hasWord(ByteView text, ByteView word)
{
    if (word.isEmpty())
        return false;
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const qsizetype end = at + word.size();
        const bool openLeft = at == 0 || !isWordChar(text[at - 1]) || !isWordChar(word.front());
        const bool openRight = end == text.size() || !isWordChar(text[end]) || !isWordChar(word.back());
        if (openLeft && openRight)
            return true;
    }
    return false;
}

QByteArrayList splitIdentifier(ByteView name)
{
    QByteArrayList words;
    QByteArray word;
    for (qsizetype i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (!isLetter(c) && !isDigit(c)) {
            if (!word.isEmpty())
                words.append(std::exchange(word, {}));
            continue;
        }
        const bool afterLower = i > 0 && (isLower(name[i - 1]) || isDigit(name[i - 1]));
        const bool beforeLower = i > 0 && isUpper(name[i - 1]) && i + 1 < name.size() && isLower(name[i + 1]);
        if (isUpper(c) && (afterLower || beforeLower) && !word.isEmpty())
            words.append(std::exchange(word, {}));
        word += isUpper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    if (!word.isEmpty())
        words.append(word);
    return words;
}

QByteArray foldedName(ByteView name)
{
    QByteArray out;
    for (const char c : name) {
        if (c != '_' && c != '-' && c != '.')
            out += isUpper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return out;
}

int editDistance(ByteView a, ByteView b, int limit)
{
    constexpr qsizetype longest = 64;
    if (a.size() > longest || b.size() > longest || std::abs(a.size() - b.size()) > limit)
        return limit + 1;
    std::array<int, longest + 1> row{};
    for (qsizetype j = 0; j <= b.size(); ++j)
        row[static_cast<size_t>(j)] = static_cast<int>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        int diagonal = row[0];
        row[0] = static_cast<int>(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            int &cell = row[static_cast<size_t>(j)];
            const int above = cell;
            const int swap = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            cell = std::min({above + 1, row[static_cast<size_t>(j - 1)] + 1, swap});
            diagonal = above;
        }
    }
    return std::min(row[static_cast<size_t>(b.size())], limit + 1);
}

bool isOneOf(ByteView word, const char *list)
{
    if (word.isEmpty())
        return false;
    for (const char *at = list; *at != '\0';) {
        const char *const end = std::strchr(at, ' ');
        const qsizetype size = end ? end - at : static_cast<qsizetype>(std::strlen(at));
        if (size == word.size() && std::memcmp(at, word.data(), static_cast<size_t>(size)) == 0)
            return true;
        if (!end)
            return false;
        at = end + 1;
    }
    return false;
}

WordSet::WordSet(const char *list)
{
    while (*list != '\0') {
        const char *const end = std::strchr(list, ' ');
        const qsizetype size = end ? end - list : static_cast<qsizetype>(std::strlen(list));
        if (size > 0)
            m_words.insert(ByteView(list, size));
        list += end ? size + 1 : size;
    }
}

} // namespace AutoCommit::Wording
