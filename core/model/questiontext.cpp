#include "core/model/questiontext.h"

#include "core/base/cleantext.h"
#include "core/wording/controltokens.h"
#include "core/wording/diffbudget.h"
#include "core/wording/tokenestimate.h"

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

constexpr char foundAbout[] = "Found about the repository; this change may have nothing to do with it:\n";
constexpr char earlierLines[] = "Earlier first lines, for their style only; never repeat one:\n";
constexpr char typeMayBe[] = "Judging by the files the type may be: ";
constexpr char scopeMayBe[] = "Judging by the files the scope may be: ";

constexpr int leastForDiff = 120; ///< tokens: a few files' names

QString listed(const QStringList &items, qsizetype most)
{
    return items.mid(0, most).join(", "_L1);
}

QString styleWords(const MessageRules &rules)
{
    QString words = u"The first line has at most %1 characters"_s.arg(rules.headerLimit);
    if (rules.firstLetter == FirstLetter::Lower)
        words += u", its text begins with a small letter"_s;
    else if (rules.firstLetter == FirstLetter::Upper)
        words += u", its text begins with a capital letter"_s;
    words += rules.bodyAllowed ? u".\n"_s : u". There is never a body.\n"_s;
    if (rules.englishOnly)
        words += u"Language: English.\n"_s;
    if (rules.style == SubjectStyle::Conventional)
        words += u"Types: "_s + rules.types.join(", "_L1) + u".\n"_s;
    if (!rules.scopes.isEmpty() && rules.style != SubjectStyle::Plain)
        words += (rules.style == SubjectStyle::Area ? u"Areas in use: "_s : u"Scopes in use: "_s)
            + listed(rules.scopes, 20) + u".\n"_s;
    return words;
}

} // namespace

ChangeSet maskedPart(const ChangeSet &change, const QList<qsizetype> &files, const SecretScanner &scanner)
{
    ChangeSet part;
    for (const qsizetype index : files)
        part.files.append(change.files[index]);
    return maskedChange(part, [&](const QByteArray &path, const QByteArray &text) {
        return text.isEmpty() ? text : scanner.redact(text, {.path = path}).bytes();
    });
}

RedactedText safeText(const QString &text, const SecretScanner &scanner)
{
    return scanner.redact(neutralized(cleanText(text)).toUtf8());
}

RedactedText dataBlock(const QString &text, const SecretScanner &scanner)
{
    return RedactedText("<<<DATA\n") + safeText(text.trimmed(), scanner) + RedactedText("\nDATA>>>\n");
}

QString frameWords()
{
    QString words;
    for (const char *part : {foundAbout, earlierLines, typeMayBe, scopeMayBe, messageReminder})
        words += QLatin1StringView(part) + u'\n';
    return words;
}

RedactedText repositoryBlock(const MessageQuestion &question, const SecretScanner &scanner)
{
    const MessageRules &rules = question.rules;
    RedactedText block = safeText(styleWords(rules), scanner);
    if (!question.background.isEmpty())
        block += RedactedText(foundAbout)
            + dataBlock(question.background.left(MessageQuestion::backgroundLimit), scanner);
    if (!rules.examples.isEmpty())
        block += RedactedText(earlierLines) + dataBlock(rules.examples.mid(0, 8).join(u'\n'), scanner);
    return block;
}

RedactedText hintBlock(const MessageQuestion &question, const SecretScanner &scanner)
{
    QString hints;
    if (!question.branch.isEmpty())
        hints += u"Branch: "_s + question.branch.left(100) + u'\n';
    if (!question.likelyType.isEmpty())
        hints += QLatin1StringView(typeMayBe) + question.likelyType + u'\n';
    if (!question.likelyScope.isEmpty())
        hints += QLatin1StringView(scopeMayBe) + question.likelyScope + u'\n';
    return hints.isEmpty() ? RedactedText() : safeText(hints, scanner);
}

QList<ChatMessage> fittedMessages(const PromptParts &parts, const ChangeSet &masked, int tokens,
                                  const SecretScanner &scanner)
{
    const auto sizeOf = [](const RedactedText &text) { return estimateTokens(QByteArrayView(text.bytes())); };
    const double fixed = sizeOf(parts.instructions) + sizeOf(parts.before) + sizeOf(parts.reminder) + 40;
    const int room = std::min(parts.diffTokens, tokens - static_cast<int>(fixed));
    if (room < leastForDiff)
        return {};
    const DiffText diff = budgetedDiffForTokens(masked, room, 1.0);
    return {{ChatMessage::Role::System, parts.instructions},
            {ChatMessage::Role::User,
             parts.before + RedactedText("The change:\n") + dataBlock(diff.text(), scanner) + parts.reminder}};
}

} // namespace AutoCommit
