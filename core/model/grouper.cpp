#include "core/model/grouper.h"

#include "core/base/cleantext.h"
#include "core/model/answerschemas.h"
#include "core/model/prompts.h"
#include "core/model/questiontext.h"
#include "core/wording/diffbudget.h"
#include "core/wording/fileclass.h"
#include "core/wording/loosejson.h"
#include "core/wording/thinking.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostGroups = 12; ///< small models lose count beyond
constexpr int mostCalls = 3;
constexpr int tokensForAll = 4000; ///< what belongs together shows in less than the whole diff

QString numbers(const QList<qsizetype> &list)
{
    QStringList texts;
    for (const qsizetype number : list)
        texts.append(QString::number(number));
    return texts.join(", "_L1);
}

/// The first object of the answer that has commits in it.
QJsonArray commitsIn(const QString &answer)
{
    const QString text = withoutThinking(answer).text;
    for (qsizetype at = text.indexOf(u'{'); at >= 0; at = text.indexOf(u'{', at + 1)) {
        const auto parsed = parseLooseJson(text, at);
        if (!parsed)
            continue;
        const QJsonObject object = parsed->value.toObject();
        for (const auto name : {"commits"_L1, "groups"_L1})
            if (const QJsonArray list = object[name].toArray(); !list.isEmpty() && list.first().isObject())
                return list;
    }
    return {};
}

QList<qsizetype> numbersOf(const QJsonObject &commit)
{
    QList<qsizetype> found;
    for (const auto name : {"groups"_L1, "ids"_L1, "numbers"_L1})
        for (const QJsonValue &value : commit[name].toArray()) {
            const qsizetype number = value.isString() ? value.toString().toLongLong() : value.toInteger(-1);
            found.append(number);
        }
    return found;
}

void addMissing(qsizetype count, const QSet<qsizetype> &seen, GroupAnswer &answer)
{
    QList<qsizetype> missing;
    for (qsizetype number = 1; number <= count; ++number)
        if (!seen.contains(number))
            missing.append(number);
    if (!missing.isEmpty())
        answer.fault += u"these numbers are missing: %1. "_s.arg(numbers(missing));
}

/// One plain kind of file each, and all different: tests here, documentation there.
bool areAllPlainAndDifferent(const GroupQuestion &question)
{
    QSet<FileClass> kinds;
    for (const QList<qsizetype> &group : question.groups) {
        QSet<FileClass> own;
        for (const qsizetype index : group)
            own.insert(classOf(question.change.files[index]));
        if (own.size() != 1 || own.contains(FileClass::Source) || kinds.contains(*own.begin()))
            return false;
        kinds.unite(own);
    }
    return true;
}

RedactedText groupsText(const GroupQuestion &question, int tokens, const SecretScanner &scanner)
{
    const int each = std::max(60, tokens / static_cast<int>(question.groups.size()));
    RedactedText all;
    for (qsizetype i = 0; i < question.groups.size(); ++i) {
        const ChangeSet masked = maskedPart(question.change, question.groups[i], scanner);
        const QByteArray heading = "Group " + QByteArray::number(i + 1) + ":\n";
        all += RedactedText::ownWords(heading.constData())
            + dataBlock(budgetedDiffForTokens(masked, each, 1.0).text(), scanner);
    }
    return all;
}

ModelGroups groupsFrom(const GroupAnswer &answer, const GroupQuestion &question)
{
    ModelGroups result;
    for (const QList<qsizetype> &commit : answer.commits) {
        QList<qsizetype> files;
        for (const qsizetype group : commit)
            files += question.groups[group];
        std::ranges::sort(files);
        result.groups.append(files);
    }
    result.why = answer.why;
    return result;
}

} // namespace

GroupAnswer readGroupAnswer(const QString &raw, qsizetype count)
{
    GroupAnswer answer;
    QSet<qsizetype> seen;
    QList<qsizetype> twice;
    QList<qsizetype> unknown;
    for (const QJsonValue &commit : commitsIn(raw)) {
        QList<qsizetype> taken;
        for (const qsizetype number : numbersOf(commit.toObject())) {
            if (number < 1 || number > count)
                unknown.append(number);
            else if (seen.contains(number))
                twice.append(number);
            else
                taken.append(number - 1);
            seen.insert(number);
        }
        if (taken.isEmpty())
            continue;
        answer.commits.append(taken);
        answer.why.append(cleanLine(commit.toObject()["why"_L1].toString(), 100));
    }
    if (!twice.isEmpty())
        answer.fault += u"these numbers stand in more than one commit: %1. "_s.arg(numbers(twice));
    if (!unknown.isEmpty())
        answer.fault += u"there are no groups with these numbers: %1. "_s.arg(numbers(unknown.mid(0, 12)));
    addMissing(count, seen, answer);
    return answer;
}

bool isWorthAsking(const GroupQuestion &question)
{
    return question.groups.size() >= 2 && question.groups.size() <= mostGroups && !areAllPlainAndDifferent(question);
}

Result<ModelGroups> askForGroups(Asker &asker, const QString &model, const GroupQuestion &question,
                                 const ModelTerms &terms)
{
    const QuestionShape shape{.model = model, .schema = groupSchema(question.groups.size()), .maxTokens = 600};
    ModelCost cost;
    QList<ChatMessage> conversation; // behind the first two
    for (int call = 1; call <= mostCalls; ++call) {
        const auto build = [&](int tokens) -> QList<ChatMessage> {
            const int room = std::min(tokensForAll, tokens - 700);
            if (room < 60 * static_cast<int>(question.groups.size()))
                return {};
            return QList<ChatMessage>{{ChatMessage::Role::System, groupInstructions()},
                                      {ChatMessage::Role::User, groupsText(question, room, terms.scanner)}}
            + conversation;
        };
        AC_ASSIGN(const ChatReply reply, asker.ask(shape, build, terms, cost));
        const GroupAnswer answer = readGroupAnswer(reply.text, question.groups.size());
        if (answer.fault.isEmpty()) {
            ModelGroups groups = groupsFrom(answer, question);
            groups.cost = cost;
            return groups;
        }
        const QString said = withoutThinking(reply.text).text.trimmed().left(500);
        conversation = {{ChatMessage::Role::Assistant, safeText(said.isEmpty() ? u"{}"_s : said, terms.scanner)},
                        {ChatMessage::Role::User,
                         safeText(u"Rejected: "_s + answer.fault + u"Write all of it again. Only the JSON object."_s,
                                  terms.scanner)}};
    }
    return Error{ErrorKind::ModelRefused, u"the model did not divide the change into commits"_s};
}

} // namespace AutoCommit
