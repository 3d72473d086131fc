#include "core/wording/generic.h"

#include <QRegularExpression>
#include <QSet>

namespace AutoCommit {

using namespace Qt::StringLiterals;

bool isWeak(const CommitText &message)
{
    static const QSet<QString> telling{u"docs"_s, u"ci"_s, u"test"_s, u"build"_s, u"style"_s};
    static const QSet<QString> words{u"update"_s,       u"updates"_s, u"updated"_s, u"fix"_s,   u"fixes"_s,
                                     u"improvements"_s, u"cleanup"_s, u"changes"_s, u"tweaks"_s};
    const bool saysWhere = telling.contains(message.type) || (message.type == "chore"_L1 && !message.scope.isEmpty());
    return saysWhere && words.contains(message.subject.toLower());
}

namespace {

/// Which file, and no word about it. "v1.2.3" and "s/this/that/" say something.
bool isOnlyPath(const QString &text, const MessageRules &rules)
{
    static const QRegularExpression path(uR"(^(?!v?\d|s/)[\w-]+(?:[./][\w-]+)*\.[a-z][a-z0-9]{0,4}$)"_s);
    return text.contains(path) && (text.contains(u'/') || rules.pathWords.contains(text, Qt::CaseInsensitive));
}

} // namespace

bool saysNothing(const CommitText &message, const MessageRules &rules)
{
    static const QSet<QString> empty{u"update"_s,
                                     u"updates"_s,
                                     u"update file"_s,
                                     u"update files"_s,
                                     u"updated files"_s,
                                     u"file updates"_s,
                                     u"update code"_s,
                                     u"updated code"_s,
                                     u"code update"_s,
                                     u"code updates"_s,
                                     u"code changes"_s,
                                     u"change"_s,
                                     u"changes"_s,
                                     u"make changes"_s,
                                     u"made changes"_s,
                                     u"some changes"_s,
                                     u"various changes"_s,
                                     u"various updates"_s,
                                     u"minor changes"_s,
                                     u"minor updates"_s,
                                     u"small changes"_s,
                                     u"misc"_s,
                                     u"misc changes"_s,
                                     u"miscellaneous changes"_s,
                                     u"miscellaneous updates"_s,
                                     u"general updates"_s,
                                     u"several changes"_s,
                                     u"multiple changes"_s,
                                     u"update several files"_s,
                                     u"update multiple files"_s,
                                     u"change files"_s,
                                     u"modify files"_s,
                                     u"modified files"_s,
                                     u"file changes"_s,
                                     u"fix"_s,
                                     u"fix bug"_s,
                                     u"fix bugs"_s,
                                     u"bug fix"_s,
                                     u"bug fixes"_s,
                                     u"fix issue"_s,
                                     u"fix issues"_s,
                                     u"fix the bug"_s,
                                     u"fix stuff"_s,
                                     u"stuff"_s,
                                     u"improve code"_s,
                                     u"improvements"_s,
                                     u"code improvements"_s,
                                     u"various improvements"_s,
                                     u"minor improvements"_s,
                                     u"general improvements"_s,
                                     u"refactor code"_s,
                                     u"code refactoring"_s,
                                     u"wip"_s,
                                     u"work in progress"_s,
                                     u"commit"_s,
                                     u"new commit"_s,
                                     u"commit changes"_s,
                                     u"save changes"_s,
                                     u"apply changes"_s,
                                     u"add files"_s,
                                     u"add file"_s,
                                     u"add changes"_s,
                                     u"add code"_s,
                                     u"update project"_s,
                                     u"update repository"_s,
                                     u"update codebase"_s,
                                     u"no changes"_s,
                                     u"asdf"_s,
                                     u"test"_s,
                                     u"todo"_s,
                                     u"tbd"_s,
                                     u"n/a"_s,
                                     u"none"_s,
                                     u"null"_s,
                                     u"true"_s,
                                     u"false"_s,
                                     u"ok"_s,
                                     u"undefined"_s,
                                     u"nan"_s,
                                     u"nil"_s,
                                     u"done"_s};
    static const QRegularExpression sign(uR"(^(?:.|\d{1,4}|\p{L}+\?)$)"_s);
    static const QRegularExpression praise(
        uR"(^(?:(?:(?:misc(?:ellaneous)?|various|several|minor|small|general|some|other|more|bug)\s+)*(?:fixes|bugfixes|improvements|enhancements|updates|changes|cleanups?|tweaks)(?:\s*(?:and|&|,|\/)\s*(?:(?:minor|small|general|other|bug)\s+)?(?:fixes|bugfixes|improvements|enhancements|updates|changes|cleanups?|tweaks))+|(?:improve|enhance|increase)\s+(?:the\s+)?(?:overall\s+)?(?:code|codebase)\s+(?:quality|readability|structure|organi[sz]ation|maintainability|clarity)(?:\s+and\s+(?:quality|readability|structure|maintainability|clarity))?|refactor\s+(?:the\s+)?code(?:base)?\s+(?:for|to)\s+(?:better|improved?|enhanced?|increase)\s+\w+(?:\s+and\s+\w+)?|(?:update|change|modify|improve)\s+\S+\s+(?:to|for)\s+(?:improve|improved|better|enhanced?)\s+(?:functionality|quality|readability|performance and readability))$)"_s);
    static const QRegularExpression anyChanges(
        uR"(^(?:(?:make|made|apply|applied|implement|commit|add|introduce|perform|include|push|save)\s+)?(?:(?:the|some|various|several|minor|small|multiple|general|misc(?:ellaneous)?|unknown|necessary|required|requested|needed|latest|recent|other|code|file)\s+)*(?:changes?|updates?|modifications?|adjustments?|tweaks?|stuff|things|edits)(?:\s+(?:to|in|of|for|across|on)\s+(?:the\s+)?(?:(?:several|multiple|some|various)\s+)?(?:files?|code|codebase|repo(?:sitory)?|project|source(?: code)?|system))?$)"_s);
    static const QRegularExpression anything(
        uR"(^(?:update|change|modify|improve|edit|refactor|enhance|fix)\s+(?:(?:the|some|various|several|multiple)\s+)*(?:files?|code|codebase|repo(?:sitory)?|project|source(?: code)?|things?|stuff|issues?|bugs?|problems?)$)"_s);
    static const QRegularExpression elsewhere(
        uR"(^(?:see (?:the )?(?:diff|above|below|changes)|as (?:requested|discussed|described|suggested|above)|self[- ]explanatory|new features?|add (?:new )?(?:features?|functionality))$)"_s);
    QString text = message.subject.toLower().trimmed();
    if (text.contains(sign))
        return true;
    while (!text.isEmpty() && !text.back().isLetterOrNumber())
        text.chop(1);
    if (isOnlyPath(text, rules) || (!message.scope.isEmpty() && text == message.scope.toLower()))
        return true;
    if (text == "initial commit"_L1 || text == "first commit"_L1)
        return !rules.firstCommit && !rules.recentSubjects.isEmpty();
    const bool isEmpty = empty.contains(text) || text.contains(praise) || text.contains(anyChanges)
        || text.contains(anything) || text.contains(elsewhere);
    return isEmpty && !isWeak(message);
}

} // namespace AutoCommit
