#include "daemon/http/requestreader.h"

#include "daemon/http/headcheck.h"

#include <llhttp.h>

#include <algorithm>

namespace AutoCommit {

struct RequestReader::Parser
{
    explicit Parser(const HttpLimits &given)
        : limits(given)
    {
        llhttp_settings_init(&settings);
        settings.on_url
            = [](llhttp_t *p, const char *at, size_t size) { return of(p).add(of(p).request.target, at, size); };
        settings.on_header_field = [](llhttp_t *p, const char *at, size_t size) { return of(p).fieldName(at, size); };
        settings.on_header_value = [](llhttp_t *p, const char *at, size_t size) { return of(p).fieldValue(at, size); };
        settings.on_headers_complete = [](llhttp_t *p) { return of(p).headersComplete(); };
        settings.on_body = [](llhttp_t *p, const char *at, size_t size) { return of(p).bodyPart(at, size); };
        settings.on_chunk_header = [](llhttp_t *p) { return of(p).chunk(); };
        settings.on_chunk_extension_name = [](llhttp_t *, const char *, size_t) { return static_cast<int>(HPE_USER); };
        settings.on_message_complete = [](llhttp_t *p) { return of(p).complete(); };
        begin();
    }

    static Parser &of(llhttp_t *p) { return *static_cast<Parser *>(p->data); }

    void begin()
    {
        llhttp_init(&parser, HTTP_REQUEST, &settings);
        parser.data = this;
        request = {};
        state = State::Head;
        scanned = 0;
        inValue = false;
    }

    int add(QByteArray &to, const char *at, size_t size) const
    {
        to.append(at, static_cast<qsizetype>(size));
        return 0;
    }
    int fieldName(const char *at, size_t size)
    {
        if (state != State::Head)
            return HPE_USER; // trailers
        if (inValue || request.fields.isEmpty())
            request.fields.emplace_back();
        inValue = false;
        return add(request.fields.back().first, at, size);
    }
    int fieldValue(const char *at, size_t size)
    {
        if (request.fields.isEmpty())
            return HPE_USER;
        inValue = true;
        return add(request.fields.back().second, at, size);
    }
    int headersComplete();
    int bodyPart(const char *at, size_t size)
    {
        if (request.body.size() + static_cast<qsizetype>(size) > limits.bodyBytes)
            return tooLarge();
        return add(request.body, at, size);
    }
    int chunk()
    {
        return request.body.size() + static_cast<qint64>(parser.content_length) > limits.bodyBytes ? tooLarge() : 0;
    }
    int tooLarge()
    {
        refusal = 413;
        return HPE_USER;
    }
    int complete()
    {
        state = State::Done;
        return HPE_PAUSED; // the bytes behind it belong to the next request
    }
    State fail(int status)
    {
        refusal = status;
        return state = State::Failed;
    }

    /// Hands bytes to llhttp; answers how many it took, or -1.
    qsizetype execute(const char *data, qsizetype size);

    const HttpLimits &limits;
    llhttp_settings_t settings = {};
    llhttp_t parser = {};
    IncomingRequest request;
    State state = State::Head;
    int refusal = 0;
    qsizetype scanned = 0; ///< of the input: no lone LF, no end of the head
    qint64 missing = 0; ///< bytes of a body whose length was told
    bool inValue = false;
};

int RequestReader::Parser::headersComplete()
{
    // "Upgrade" is not taken up: the request is answered as if it had not been asked for (RFC 9110 section 7.8).
    parser.upgrade = 0;
    request.method = llhttp_method_name(static_cast<llhttp_method_t>(parser.method));
    request.minorVersion = parser.http_minor;
    request.keepAlive = llhttp_should_keep_alive(&parser) != 0;
    request.chunked = request.count("transfer-encoding") > 0;
    if (request.count("content-length") > 0)
        request.contentLength = request.field("content-length").trimmed().toLongLong();
    for (HttpField &field : request.fields)
        field.second = field.second.trimmed();
    state = State::HeadDone;
    return 0;
}

qsizetype RequestReader::Parser::execute(const char *data, qsizetype size)
{
    const auto error = llhttp_execute(&parser, data, static_cast<size_t>(size));
    if (error == HPE_OK)
        return size;
    if (error == HPE_PAUSED) {
        const char *at = llhttp_get_error_pos(&parser);
        llhttp_resume(&parser);
        return at - data;
    }
    return -1;
}

RequestReader::RequestReader(const HttpLimits &limits)
    : m_parser(std::make_unique<Parser>(limits))
{ }

RequestReader::~RequestReader() = default;

RequestReader::State RequestReader::readHead(QByteArray &input)
{
    Parser &p = *m_parser;
    for (qsizetype at = input.indexOf('\n', p.scanned); at >= 0; at = input.indexOf('\n', at + 1)) {
        if (at == 0 || input[at - 1] != '\r')
            return p.fail(400);
        p.scanned = at + 1;
        if (at + 1 > p.limits.headBytes)
            return p.fail(431);
        if (at < 3 || input[at - 2] != '\n') {
            if (at == 1)
                return p.fail(400); // an empty line where a request line should be
            continue;
        }
        const qsizetype size = at + 1;
        if (const int refused = checkHead(QByteArrayView(input).first(size), p.limits); refused != 0)
            return p.fail(refused);
        if (p.execute(input.constData(), size) < 0 || (p.state != State::HeadDone && p.state != State::Done))
            return p.fail(p.parser.error == HPE_INVALID_METHOD ? 501 : 400);
        input.remove(0, size);
        p.state = State::HeadDone;
        p.missing = p.request.contentLength;
        return p.missing > p.limits.bodyBytes ? p.fail(413) : p.state;
    }
    if (input.size() > p.limits.headBytes)
        return p.fail(p.scanned == 0 ? 414 : 431);
    return p.state;
}

RequestReader::State RequestReader::readBody(QByteArray &input)
{
    Parser &p = *m_parser;
    if (!expectsBody())
        return p.state = State::Done;
    if (p.state == State::HeadDone)
        p.state = State::Body;
    if (input.isEmpty())
        return p.state;
    const qsizetype offered = p.request.chunked ? input.size() : std::min<qsizetype>(input.size(), p.missing);
    const qsizetype used = p.execute(input.constData(), offered);
    if (used < 0)
        return p.fail(p.refusal == 413 ? 413 : 400);
    p.missing -= offered;
    input.remove(0, p.request.chunked ? used : offered);
    return p.state;
}

void RequestReader::next()
{
    m_parser->begin();
}

RequestReader::State RequestReader::state() const
{
    return m_parser->state;
}

const IncomingRequest &RequestReader::request() const
{
    return m_parser->request;
}

int RequestReader::refusal() const
{
    return m_parser->refusal;
}

bool RequestReader::expectsBody() const
{
    return m_parser->request.chunked || m_parser->request.contentLength > 0;
}

} // namespace AutoCommit
