#include "core/message/stylesubject.h"

#include <QStringList>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

bool isConventionalType(const QString &word)
{
    static const QStringList types{
        u"feat"_s,    u"fix"_s,    u"docs"_s,  u"doc"_s,     u"style"_s, u"refactor"_s,    u"perf"_s,
        u"test"_s,    u"tests"_s,  u"build"_s, u"ci"_s,      u"chore"_s, u"revert"_s,      u"deps"_s,
        u"feature"_s, u"types"_s,  u"wip"_s,   u"release"_s, u"misc"_s,  u"improvement"_s, u"security"_s,
        u"cleanup"_s, u"bugfix"_s, u"dx"_s,    u"i18n"_s,    u"ux"_s};
    return types.contains(word, Qt::CaseInsensitive);
}

bool isSymbol(QChar c)
{
    return c.isSurrogate() || c.category() == QChar::Symbol_Other || c.unicode() == 0xFE0F || c.unicode() == 0x200D;
}

void takeEmoji(QString &rest, SubjectParts &parts)
{
    qsizetype end = 0;
    if (rest.startsWith(u':')) {
        end = rest.indexOf(u':', 1) + 1;
        const bool code = end > 2 && std::all_of(rest.begin() + 1, rest.begin() + end - 1, [](QChar c) {
                              return c.isLetterOrNumber() || c == u'_' || c == u'+' || c == u'-';
                          });
        if (!code)
            return;
        parts.emojiIsCode = true;
    } else {
        while (end < rest.size() && isSymbol(rest[end]))
            ++end;
    }
    if (end == 0)
        return;
    parts.emoji = rest.left(end);
    rest = rest.mid(end).trimmed();
}

/// Where a ticket at the front ends: "ABC-12", "#12", "ISSUE #12", "GH-12"; 0 if there is none.
qsizetype endOfTicket(const QString &text)
{
    qsizetype end = 0;
    while (end < text.size() && (text[end].isUpper() || (end > 0 && text[end].isDigit())))
        ++end;
    const bool project = end >= 2;
    if (project && end < text.size() && (text[end] == u'-' || text[end] == u' '))
        ++end;
    const bool dashed = project && end > 0 && text[end - 1] == u'-';
    const bool hash = end < text.size() && text[end] == u'#' && (end == 0 || project);
    if (!dashed && !hash)
        return 0;
    end += hash ? 1 : 0;
    const qsizetype digits = end;
    while (end < text.size() && text[end].isDigit())
        ++end;
    return end > digits ? end : 0;
}

/// "ABC-12: text", "#12 text": the number is one commit's own, no habit.
void dropTicket(QString &rest)
{
    const qsizetype end = endOfTicket(rest);
    if (end == 0 || end + 1 >= rest.size() || !u" :,-"_s.contains(rest[end]))
        return;
    qsizetype start = end;
    while (start < rest.size() && u" :,-"_s.contains(rest[start]))
        ++start;
    rest = rest.mid(start);
}

QString withoutReference(QString text)
{
    const qsizetype open = text.lastIndexOf(" (#"_L1);
    if (open > 0 && text.endsWith(u')'))
        text = text.left(open);
    return text.trimmed();
}

bool isAreaText(const QString &area)
{
    constexpr qsizetype longest = 40;
    if (area.isEmpty() || area.size() > longest || area.count(u' ') > 2)
        return false;
    return std::all_of(area.begin(), area.end(),
                       [](QChar c) { return c.isLetterOrNumber() || u"_./*{},+@ -&()"_s.contains(c); });
}

/// The first version number of the text, empty if there is none.
QString versionIn(const QString &text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text[i].isDigit() || (i > 0 && (text[i - 1].isLetterOrNumber() && text[i - 1] != u'v')))
            continue;
        qsizetype end = i;
        while (end < text.size()
               && (text[end].isLetterOrNumber() || text[end] == u'.' || text[end] == u'-' || text[end] == u'+'))
            ++end;
        const QString found = text.mid(i, end - i);
        if (found.count(u'.') >= 1 && !found.endsWith(u'.'))
            return found;
        i = end;
    }
    return {};
}

} // namespace

SubjectParts splitSubject(const QString &subject)
{
    SubjectParts parts;
    QString rest = subject.trimmed();
    takeEmoji(rest, parts);
    dropTicket(rest);
    if (rest.startsWith(u'[')) {
        const qsizetype end = rest.indexOf(u']');
        constexpr qsizetype longest = 30;
        const bool ticket = endOfTicket(rest.mid(1)) + 1 == end;
        if (ticket && end + 1 < rest.size()) {
            rest = rest.mid(end + 1).trimmed();
            rest = rest.startsWith(u':') ? rest.mid(1).trimmed() : rest;
        } else if (end > 1 && end <= longest && end + 1 < rest.size()) {
            parts.bracket = rest.mid(1, end - 1);
            parts.text = withoutReference(rest.mid(end + 1));
            return parts;
        }
    }
    const qsizetype colon = rest.indexOf(": "_L1);
    QString head = colon > 0 ? rest.left(colon) : QString();
    if (head.endsWith(u'!'))
        head.chop(1);
    const qsizetype open = head.indexOf(u'(');
    const QString word = open > 0 ? head.left(open) : head;
    if (isConventionalType(word) && (open < 0 || head.endsWith(u')'))) {
        parts.type = word;
        parts.scope = open > 0 ? head.mid(open + 1, head.size() - open - 2) : QString();
        rest = rest.mid(colon + 2);
    } else if (isAreaText(head)) {
        parts.area = head;
        rest = rest.mid(colon + 2);
    }
    if (parts.emoji.isEmpty())
        takeEmoji(rest, parts);
    parts.text = withoutReference(rest);
    return parts;
}

QString withoutLeadingEmoji(const QString &text)
{
    SubjectParts parts;
    QString rest = text.trimmed();
    takeEmoji(rest, parts);
    return rest;
}

bool isReleaseSubject(const QString &subject)
{
    const QString version = versionIn(subject);
    if (version.isEmpty() || version.count(u'.') < 1)
        return false;
    constexpr qsizetype fewWords = 4;
    QString rest = withoutReference(withoutLeadingEmoji(subject));
    rest.remove(version);
    rest.remove(versionIn(rest));
    rest.remove(u'→');
    rest.remove("->"_L1);
    const bool says = rest.contains("release"_L1, Qt::CaseInsensitive)
        || rest.contains("version"_L1, Qt::CaseInsensitive) || rest.contains("publish"_L1, Qt::CaseInsensitive)
        || (u' ' + rest).contains(" tag"_L1, Qt::CaseInsensitive); // lint-staged is none
    const bool bare = rest.trimmed().isEmpty() || rest.trimmed() == "v"_L1;
    return bare || (says && rest.split(u' ', Qt::SkipEmptyParts).size() <= fewWords + 1);
}

bool isRoutineSubject(const QString &subject)
{
    static const QStringList openings{u"Merge "_s,
                                      u"Revert "_s,
                                      u"revert: "_s,
                                      u"Bump "_s,
                                      u"chore(deps"_s,
                                      u"build(deps"_s,
                                      u"fix(deps"_s,
                                      u"ci(deps"_s,
                                      u"feat(deps"_s,
                                      u"Update dependency "_s,
                                      u"[pre-commit.ci]"_s,
                                      u"Update Rust crate"_s,
                                      u"fixup! "_s,
                                      u"squash! "_s,
                                      u"Translated using Weblate"_s,
                                      u"chore: bump "_s,
                                      u"build: bump "_s,
                                      u"chore(release)"_s,
                                      u"docs: update contributors"_s,
                                      u"deps: bump "_s,
                                      u"chore: update dependency"_s,
                                      u"chore(main): release"_s,
                                      u"chore: auto-update"_s};
    return std::any_of(openings.begin(), openings.end(),
                       [&](const QString &opening) { return subject.startsWith(opening); })
        || isReleaseSubject(subject);
}

} // namespace AutoCommit
