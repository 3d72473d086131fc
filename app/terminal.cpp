#include "app/terminal.h"

#include <array>
#include <cerrno>
#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// False when nobody reads the stream any more.
bool write(std::FILE *stream, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    const auto size = static_cast<size_t>(bytes.size());
    errno = 0;
    const bool written = std::fwrite(bytes.constData(), 1, size, stream) == size && std::fflush(stream) == 0;
    return written || errno != EPIPE;
}

QString paint(Colour colour, const QString &text)
{
    static constexpr std::array codes{"0"_L1, "1"_L1, "2"_L1, "31"_L1, "32"_L1, "33"_L1, "34"_L1};
    return u"\x1b[%1m%2\x1b[0m"_s.arg(codes[static_cast<std::size_t>(colour)], text);
}

} // namespace

Terminal::Terminal()
    : m_outIsTerminal(::isatty(STDOUT_FILENO) != 0)
    , m_errIsTerminal(::isatty(STDERR_FILENO) != 0)
    , m_colour(qEnvironmentVariableIsEmpty("NO_COLOR") && qgetenv("TERM") != "dumb")
{ }

void Terminal::out(const QString &text) const
{
    m_outClosed = !write(stdout, text) || m_outClosed;
}

bool Terminal::outIsGood() const
{
    return std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

void Terminal::err(const QString &text) const
{
    write(stderr, text);
}

void Terminal::outLine(const QString &text) const
{
    out(text + u'\n');
}

void Terminal::errLine(const QString &text) const
{
    write(stderr, text + u'\n');
}

int Terminal::width() const
{
    winsize size{};
    const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20;
    return known ? size.ws_col : 80;
}

QString Terminal::styled(Colour colour, const QString &text) const
{
    return m_colour && m_outIsTerminal && colour != Colour::Plain ? paint(colour, text) : text;
}

QString Terminal::errStyled(Colour colour, const QString &text) const
{
    return m_colour && m_errIsTerminal && colour != Colour::Plain ? paint(colour, text) : text;
}

} // namespace AutoCommit
