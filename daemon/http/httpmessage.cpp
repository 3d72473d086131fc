#include "daemon/http/httpmessage.h"

#include <QDateTime>
#include <QLocale>
#include <QStringDecoder>

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr std::array reasons{
    std::pair{100, "Continue"},
    std::pair{200, "OK"},
    std::pair{202, "Accepted"},
    std::pair{204, "No Content"},
    std::pair{400, "Bad Request"},
    std::pair{401, "Unauthorized"},
    std::pair{403, "Forbidden"},
    std::pair{404, "Not Found"},
    std::pair{405, "Method Not Allowed"},
    std::pair{408, "Request Timeout"},
    std::pair{409, "Conflict"},
    std::pair{413, "Content Too Large"},
    std::pair{414, "URI Too Long"},
    std::pair{415, "Unsupported Media Type"},
    std::pair{417, "Expectation Failed"},
    std::pair{421, "Misdirected Request"},
    std::pair{422, "Unprocessable Content"},
    std::pair{429, "Too Many Requests"},
    std::pair{431, "Request Header Fields Too Large"},
    std::pair{500, "Internal Server Error"},
    std::pair{501, "Not Implemented"},
    std::pair{503, "Service Unavailable"},
    std::pair{505, "HTTP Version Not Supported"},
};

bool sameName(QByteArrayView one, QByteArrayView other)
{
    return one.size() == other.size() && qstrnicmp(one.data(), one.size(), other.data(), other.size()) == 0;
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<QString> decoded(QByteArrayView text, bool plusIsSpace)
{
    QByteArray bytes;
    bytes.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size() || hexDigit(text[i + 1]) < 0 || hexDigit(text[i + 2]) < 0)
                return std::nullopt;
            c = static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else if (c == '+' && plusIsSpace) {
            c = ' ';
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            return std::nullopt;
        bytes += c;
    }
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString result = utf8(bytes);
    return utf8.hasError() ? std::nullopt : std::optional(result);
}

bool addSegments(QByteArrayView path, QStringList &segments)
{
    if (path.isEmpty() || path.front() != '/')
        return false;
    path = path.sliced(1);
    while (!path.isEmpty()) {
        const qsizetype end = path.indexOf('/');
        const auto segment = decoded(end < 0 ? path : path.first(end), false);
        if (!segment || segment->isEmpty() || segment->contains(u'/') || *segment == u"."_s || *segment == u".."_s)
            return false;
        segments += *segment;
        path = end < 0 ? QByteArrayView() : path.sliced(end + 1);
        if (end >= 0 && path.isEmpty())
            return false;
    }
    return true;
}

} // namespace

QByteArray IncomingRequest::field(QByteArrayView name) const
{
    const auto found
        = std::ranges::find_if(fields, [&](const HttpField &field) { return sameName(field.first, name); });
    return found == fields.end() ? QByteArray() : found->second;
}

qsizetype IncomingRequest::count(QByteArrayView name) const
{
    return std::ranges::count_if(fields, [&](const HttpField &field) { return sameName(field.first, name); });
}

QByteArray httpReason(int status)
{
    const auto *row = std::ranges::find(reasons, status, [](const auto &pair) { return pair.first; });
    return row == reasons.end() ? QByteArray("Unknown") : QByteArray(row->second);
}

QByteArray httpHead(const HttpResponse &response, qint64 length, bool close, int minorVersion)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + httpReason(response.status) + "\r\n";
    const QDateTime now = QDateTime::currentDateTimeUtc();
    head += "Date: " + QLocale::c().toString(now, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1() + "\r\n";
    head += "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n";
    if (!response.contentType.isEmpty())
        head += "Content-Type: " + response.contentType + "\r\n";
    if (length >= 0 && response.status != 204)
        head += "Content-Length: " + QByteArray::number(length) + "\r\n";
    for (const auto &[name, value] : response.fields)
        head += name + ": " + value + "\r\n";
    if (close)
        head += "Connection: close\r\n";
    else if (minorVersion == 0)
        head += "Connection: keep-alive\r\n";
    return head + "\r\n";
}

QString HttpTarget::value(QStringView name) const
{
    const auto found = std::ranges::find_if(query, [&](const auto &pair) { return pair.first == name; });
    return found == query.end() ? QString() : found->second;
}

std::optional<HttpTarget> parseTarget(QByteArrayView target)
{
    HttpTarget result;
    const qsizetype mark = target.indexOf('?');
    if (!addSegments(mark < 0 ? target : target.first(mark), result.path))
        return std::nullopt;
    QByteArrayView rest = mark < 0 ? QByteArrayView() : target.sliced(mark + 1);
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf('&');
        const QByteArrayView pair = end < 0 ? rest : rest.first(end);
        rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
        const qsizetype equals = pair.indexOf('=');
        const auto name = decoded(equals < 0 ? pair : pair.first(equals), true);
        const auto value = equals < 0 ? std::optional(QString()) : decoded(pair.sliced(equals + 1), true);
        if (!name || !value)
            return std::nullopt;
        if (!name->isEmpty())
            result.query.emplace_back(*name, *value);
    }
    return result;
}

} // namespace AutoCommit
