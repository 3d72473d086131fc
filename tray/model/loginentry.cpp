#include "tray/model/loginentry.h"

#include <QFile>
#include <QHash>
#include <QXmlStreamReader>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString loginTemplate(const QString &name)
{
    QFile file(u":/packaging/"_s + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// A string of a desktop entry: the backslash starts an escape there.
QString entryString(QString text)
{
    return text.replace(u'\\', u"\\\\"_s).replace(u'\n', u"\\n"_s).replace(u'\t', u"\\t"_s).replace(u'\r', u"\\r"_s);
}

QString fromEntryString(const QString &text)
{
    static const QHash<QChar, QChar> letters{{u's', u' '}, {u'n', u'\n'}, {u't', u'\t'}, {u'r', u'\r'}};
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool escaped = text[i] == u'\\' && i + 1 < text.size();
        plain += escaped ? letters.value(text[i + 1], text[i + 1]) : text[i];
        i += escaped ? 1 : 0;
    }
    return plain;
}

/// One argument of Exec=, in quotes whatever is in it ("The Exec key" of the Desktop Entry Specification).
QString quotedArgument(const QString &word)
{
    QString quoted;
    for (const QChar c : word) {
        if (QStringView(u"\"`$\\").contains(c))
            quoted += u'\\';
        quoted += c == u'%' ? u"%%"_s : QString(c);
    }
    return u'"' + quoted + u'"';
}

class ExecReader
{
public:
    QStringList read(const QString &text)
    {
        for (qsizetype i = 0; i < text.size(); ++i)
            i += take(text[i], i + 1 < text.size() ? text[i + 1] : QChar());
        endWord();
        return m_words;
    }

private:
    /// How many characters after this one are taken with it.
    qsizetype take(QChar c, QChar next)
    {
        if (c == u'%') { // a field code stands for files, and there are none
            if (next == u'%')
                add(c);
            return 1;
        }
        if (m_quoted && c == u'\\' && !next.isNull()) {
            add(next);
            return 1;
        }
        if (c == u'"') {
            m_quoted = !m_quoted;
            m_open = true;
        } else if (c.isSpace() && !m_quoted) {
            endWord();
        } else {
            add(c);
        }
        return 0;
    }

    void add(QChar c)
    {
        m_word += c;
        m_open = true;
    }

    void endWord()
    {
        if (std::exchange(m_open, false))
            m_words += std::exchange(m_word, {});
    }

    QStringList m_words;
    QString m_word;
    bool m_open = false;
    bool m_quoted = false;
};

std::optional<QStringList> commandOfEntry(const QString &text)
{
    QHash<QString, QString> keys;
    bool inGroup = false;
    for (const QString &line : text.split(u'\n')) {
        if (line.startsWith(u'['))
            inGroup = line.trimmed() == u"[Desktop Entry]"_s;
        else if (const qsizetype equals = line.indexOf(u'='); inGroup && equals > 0 && !line.startsWith(u'#'))
            keys.insert(line.left(equals).trimmed(), fromEntryString(line.mid(equals + 1).trimmed()));
    }
    const bool isOff = keys.value(u"Hidden"_s) == u"true"_s || keys.value(u"X-GNOME-Autostart-enabled"_s) == u"false"_s;
    const QStringList words = ExecReader().read(keys.value(u"Exec"_s));
    return isOff || words.isEmpty() ? std::nullopt : std::optional(words);
}

/// The strings of the array that the reader stands on.
QStringList arrayAt(QXmlStreamReader &xml)
{
    QStringList words;
    while (xml.readNextStartElement())
        words += xml.readElementText();
    return words;
}

std::optional<QStringList> commandOfAgent(const QString &text)
{
    QXmlStreamReader xml(text);
    if (!xml.readNextStartElement() || !xml.readNextStartElement()) // plist, dict
        return std::nullopt;
    QStringList words;
    QString key;
    bool atLoad = false;
    bool disabled = false;
    while (xml.readNextStartElement()) {
        if (xml.name() == u"key"_s) {
            key = xml.readElementText();
            continue;
        }
        if (key == u"ProgramArguments"_s) {
            words = arrayAt(xml);
            continue;
        }
        if (key == u"RunAtLoad"_s)
            atLoad = xml.name() == u"true"_s;
        else if (key == u"Disabled"_s)
            disabled = xml.name() == u"true"_s;
        xml.skipCurrentElement();
    }
    return xml.hasError() || !atLoad || disabled || words.isEmpty() ? std::nullopt : std::optional(words);
}

} // namespace

QString loginEntryText(LoginForm form, const QStringList &command)
{
    QStringList words;
    if (form == LoginForm::DesktopEntry) {
        for (const QString &word : command)
            words += quotedArgument(word);
        return loginTemplate(u"commits-tray-login.desktop.in"_s)
            .replace(u"@PROGRAM@"_s, entryString(command.value(0)))
            .replace(u"@COMMAND@"_s, entryString(words.join(u' ')));
    }
    for (const QString &word : command)
        words += u"        <string>"_s + word.toHtmlEscaped() + u"</string>"_s;
    return loginTemplate(u"auto-commit-tray.plist.in"_s)
        .replace(u"@LABEL@"_s, loginLabel.toString())
        .replace(u"@COMMAND@"_s, words.join(u'\n'));
}

std::optional<QStringList> loginEntryCommand(LoginForm form, const QString &text)
{
    return form == LoginForm::DesktopEntry ? commandOfEntry(text) : commandOfAgent(text);
}

} // namespace AutoCommit
