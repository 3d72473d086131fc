#include "daemon/http/headcheck.h"

#include <algorithm>
#include <string_view>

namespace AutoCommit {

namespace {

constexpr int badRequest = 400;
constexpr int tooManyFields = 431;
constexpr int notImplemented = 501;
constexpr int otherVersion = 505;

bool isTokenCharacter(char c)
{
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    const char lower = static_cast<char>(c | 0x20);
    return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z') || marks.find(c) != std::string_view::npos;
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, isTokenCharacter);
}

bool isDigits(QByteArrayView text)
{
    return !text.isEmpty() && text.size() <= 18
        && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool hasControls(QByteArrayView text)
{
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7f;
    });
}

bool is(QByteArrayView text, QByteArrayView lower)
{
    return text.size() == lower.size() && qstrnicmp(text.data(), text.size(), lower.data(), lower.size()) == 0;
}

int checkRequestLine(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first <= 0 || last == first || hasControls(line) || line.contains('\t'))
        return badRequest;
    const QByteArrayView method = line.first(first);
    const QByteArrayView target = line.sliced(first + 1, last - first - 1);
    const QByteArrayView version = line.sliced(last + 1);
    if (!isToken(method) || target.isEmpty() || target.contains(' ') || target.contains('#'))
        return badRequest;
    if (std::ranges::any_of(target, [](char c) { return static_cast<unsigned char>(c) > 0x7e; }))
        return badRequest;
    if (!version.startsWith("HTTP/") || version.size() != 8 || version[6] != '.' || !isDigits(version.sliced(5, 1))
        || !isDigits(version.sliced(7, 1)))
        return badRequest;
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return otherVersion;
    // Origin form, or the whole server. With an absolute target the Host field would not say what is asked for.
    return target.front() == '/' || (target == "*" && method == "OPTIONS") ? 0 : badRequest;
}

/// What is counted over all fields.
struct Framing
{
    bool oldVersion = false;
    int fields = 0;
    int hosts = 0;
    int lengths = 0;
    int codings = 0;

    int take(QByteArrayView line);
    int verdict() const;
};

int Framing::take(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || !isToken(line.first(colon)) || hasControls(line)) // a folded line begins with a blank: no token
        return badRequest;
    const QByteArrayView name = line.first(colon);
    const QByteArrayView value = line.sliced(colon + 1).trimmed();
    ++fields;
    if (is(name, "host")) {
        ++hosts;
    } else if (is(name, "content-length")) {
        ++lengths;
        if (!isDigits(value))
            return badRequest;
    } else if (is(name, "transfer-encoding")) {
        ++codings;
        if (oldVersion)
            return badRequest;
        if (!is(value, "chunked"))
            return notImplemented;
    }
    return 0;
}

int Framing::verdict() const
{
    return hosts == 1 && lengths + codings <= 1 ? 0 : badRequest;
}

} // namespace

int checkHead(QByteArrayView head, const HttpLimits &limits)
{
    Framing framing;
    bool first = true;
    while (!head.isEmpty()) {
        const qsizetype end = head.indexOf('\n');
        if (end < 1 || head[end - 1] != '\r')
            return badRequest;
        const QByteArrayView line = head.first(end - 1);
        head = head.sliced(end + 1);
        if (line.isEmpty())
            return first || !head.isEmpty() ? badRequest : framing.verdict();
        if (const int refused = first ? checkRequestLine(line) : framing.take(line); refused != 0)
            return refused;
        if (first)
            framing.oldVersion = line.endsWith("1.0");
        if (framing.fields > limits.fields)
            return tooManyFields;
        first = false;
    }
    return badRequest;
}

} // namespace AutoCommit
