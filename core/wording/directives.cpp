#include "core/wording/directives.h"

#include <QRegularExpression>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

constexpr auto anyCase = QRegularExpression::CaseInsensitiveOption;

} // namespace

QString withoutOrders(QString text)
{
    // GitHub, GitLab, Bitbucket, Forgejo: skip ci, ci skip, no ci, skip actions; others put their own name into it.
    static const QRegularExpression skip(
        uR"(\s*(?:\[(?:(?:[a-z][\w-]{1,15}[ -]){1,2}skip|skip(?:[ -][a-z][\w-]{1,15}){1,2}|no[ -]ci)\]|\*{3}NO_CI\*{3}|^skip-checks:\s*true[ \t]*$))"_s,
        anyCase | QRegularExpression::MultilineOption);
    static const QRegularExpression autosquash(uR"(^(?:(?:fixup|squash|amend)!\s+)+)"_s);
    text.remove(autosquash);
    if (text.contains(u"skip"_s, Qt::CaseInsensitive) || text.contains(u"ci"_s, Qt::CaseInsensitive))
        text.remove(skip);
    return text;
}

bool closesForeignIssue(const QString &text, const MessageRules &rules)
{
    static const QRegularExpression closing(
        uR"(\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|implement(?:s|ed)?)\b:?\s+(?:[\w.-]+/[\w.-]+)?(?:#|GH-|!|https?://\S+/(?:issues|pull|merge_requests)/)(?<number>\d+))"_s,
        anyCase);
    if (rules.evidence.isEmpty())
        return false;
    for (auto found = closing.globalMatch(text); found.hasNext();) {
        const QByteArray number = found.next().captured(u"number"_s).toUtf8();
        if (!rules.evidence.contains('#' + number) && !rules.evidence.contains('/' + number))
            return true;
    }
    return false;
}

QString withoutForeignMentions(QString text, const MessageRules &rules)
{
    static const QRegularExpression bracketed(uR"(\s*\((?:(?:see|refs?|issue|pr)\s+)?(?<mark>#\d+)\))"_s, anyCase);
    static const QRegularExpression mention(uR"((?<![\w/.&#@-])(?<mark>#\d+|@[a-z][\w-]{1,38})(?![\w/]|\.\w))"_s,
                                            anyCase);
    if (rules.evidence.isEmpty() || !(text.contains(u'#') || text.contains(u'@')))
        return text;
    for (const QRegularExpression &form : {bracketed, mention}) {
        QString out;
        qsizetype from = 0;
        for (auto found = form.globalMatch(text); found.hasNext();) {
            const QRegularExpressionMatch match = found.next();
            const QString mark = match.captured(u"mark"_s);
            if (rules.evidence.contains(mark.toLower().toUtf8()))
                continue;
            out += QStringView(text).sliced(from, match.capturedStart() - from);
            if (form.pattern() == mention.pattern())
                out += mark.sliced(1);
            from = match.capturedEnd();
        }
        text = out + text.sliced(from);
    }
    return text;
}

bool revertsUnseen(const QString &line, const MessageRules &rules)
{
    static const QRegularExpression reverts(uR"(^this reverts commits? (?<name>[0-9a-f]{7,64})\b)"_s, anyCase);
    const QRegularExpressionMatch match = reverts.match(line.trimmed());
    return match.hasMatch() && !rules.evidence.contains(match.captured(u"name"_s).toUtf8());
}

} // namespace AutoCommit
