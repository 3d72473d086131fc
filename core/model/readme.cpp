#include "core/model/readme.h"

#include <QRegularExpression>
#include <QStringList>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype readmeBytesRead = 16 << 10;
constexpr qsizetype excerptLimit = 240;
constexpr qsizetype fewestProse = 20; // less is a slogan, or a list of links

/// Headings, rules, badges, tables, lists, quotes and markup that stands alone say nothing about the project.
bool isNoProse(const QString &line)
{
    static const QRegularExpression decoration(
        uR"(^(#|=+$|-{3,}|\*{3,}|~{3,}|<|\||>|\.\. |:[a-z-]+:|[-*+] |\d+\. |!\[|\[!\[|\[[^\]]*\]:))"_s);
    return line.isEmpty() || decoration.match(line).hasMatch();
}

QString proseOf(QString text)
{
    static const QRegularExpression image(uR"(!\[[^\]]*\]\([^)]*\))"_s);
    static const QRegularExpression link(uR"(\[([^\]]*)\](\([^)]*\)|\[[^\]]*\]))"_s);
    static const QRegularExpression tag(uR"(</?[A-Za-z][^>]*>)"_s);
    static const QRegularExpression emphasis(uR"([*`]+|\b__|__\b)"_s);
    text.remove(image).replace(link, u"\\1"_s).remove(tag).remove(emphasis);
    return text.simplified();
}

QString cutAtSentence(const QString &text)
{
    if (text.size() <= excerptLimit)
        return text;
    const qsizetype end = text.lastIndexOf(u". "_s, excerptLimit);
    return end > excerptLimit / 3 ? text.left(end + 1) : text.left(excerptLimit);
}

} // namespace

QStringList readmeNames()
{
    return {u"README.md"_s, u"README"_s, u"README.rst"_s, u"README.txt"_s, u"README.adoc"_s, u"readme.md"_s};
}

QString readmeExcerpt(const QByteArray &content)
{
    const QStringList lines = QString::fromUtf8(content.left(readmeBytesRead)).split(u'\n');
    QString paragraph;
    bool fenced = false;
    for (qsizetype i = 0; i <= lines.size(); ++i) {
        const QString line = i < lines.size() ? lines[i].trimmed() : QString();
        if (line.startsWith(u"```"_s))
            fenced = !fenced;
        const bool underlined = i + 1 < lines.size() && lines[i + 1].startsWith(u"==="_s);
        if (!fenced && !line.startsWith(u"```"_s) && !underlined && !isNoProse(line)) {
            paragraph += line + u' ';
            continue;
        }
        const QString text = proseOf(paragraph);
        if (text.size() >= fewestProse && text.contains(u' '))
            return cutAtSentence(text);
        paragraph.clear();
    }
    return {};
}

} // namespace AutoCommit
