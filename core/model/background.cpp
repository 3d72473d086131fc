#include "core/model/background.h"

#include "core/base/cleantext.h"
#include "core/model/questiontext.h"
#include "core/wording/diffbudget.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

constexpr int queryTokens = 400; // embedding models read 512
constexpr qsizetype longestRead = 4000; ///< characters of a passage that are looked at
constexpr qsizetype longestPassage = 260;

} // namespace

QString backgroundFrom(const QStringList &passages, const SecretScanner &scanner)
{
    QStringList lines;
    qsizetype size = 0;
    for (const QString &passage : passages) {
        // Masked before anything is cut: of a secret cut in two neither half is known.
        const QString masked = scanner.redact(cleanText(passage.left(longestRead)).toUtf8()).text();
        const QString line = cleanLine(masked.simplified(), longestPassage);
        if (line.isEmpty() || lines.contains(line))
            continue;
        if (size + line.size() + 1 > MessageQuestion::backgroundLimit)
            break;
        size += line.size() + 1;
        lines.append(line);
    }
    return lines.join(u'\n');
}

Result<QString> askForBackground(RetrievalClient &client, const BackgroundQuestion &question,
                                 std::chrono::milliseconds within, const CancelToken &cancel)
{
    const ChangeSet masked = maskedPart(question.change, question.files, question.scanner);
    const QString text = budgetedDiffForTokens(masked, queryTokens, 1.0).text();
    AC_ASSIGN(const QStringList passages,
              client.passages({.text = safeText(text, question.scanner),
                               .repository = safeText(question.repository, question.scanner)},
                              within, cancel));
    return backgroundFrom(passages, question.scanner);
}

} // namespace AutoCommit
