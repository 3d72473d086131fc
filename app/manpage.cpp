#include "app/manpage.h"

#include <QStringList>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString escaped(QString text)
{
    return text.replace(u'\\', u"\\e"_s)
        .replace(u'-', u"\\-"_s)
        .replace(u'~', u"\\(ti"_s)
        .replace(u'^', u"\\(ha"_s)
        .replace(u'\'', u"\\(aq"_s)
        .replace(u'"', u"\\(dq"_s)
        .replace(u'\n', u' ');
}

} // namespace

ManPage::ManPage(const QString &name, const QString &summary)
{
    line(u".TH %1 1 \"\" \"auto\\-commit %2\" \"User Commands\""_s.arg(plain(name.toUpper()),
                                                                       QStringLiteral(AC_VERSION)));
    section(u"NAME"_s);
    line(plain(name) + u" \\- "_s + plain(summary));
}

void ManPage::section(const QString &title)
{
    line(u".SH "_s + escaped(title));
}

void ManPage::subsection(const QString &title)
{
    line(u".SS "_s + escaped(title));
}

void ManPage::paragraph(const QString &text)
{
    line(u".PP"_s);
    line(plain(text));
}

void ManPage::entry(const QString &term, const QString &text, bool deeper)
{
    if (deeper)
        line(u".RS"_s);
    line(u".TP"_s);
    line(term);
    line(plain(text));
    if (deeper)
        line(u".RE"_s);
}

void ManPage::line(const QString &roff)
{
    m_text += roff + u'\n';
}

QString ManPage::bold(const QString &text)
{
    return u"\\fB"_s + escaped(text) + u"\\fR"_s;
}

QString ManPage::italic(const QString &text)
{
    return u"\\fI"_s + escaped(text) + u"\\fR"_s;
}

QString ManPage::plain(const QString &text)
{
    QString result;
    const QStringList parts = text.split(u'`');
    for (qsizetype at = 0; at < parts.size(); ++at)
        result += at % 2 == 1 ? bold(parts[at]) : escaped(parts[at]);
    return result.startsWith(u'.') ? u"\\&"_s + result : result; // or it would be a request
}

} // namespace AutoCommit
