#include "core/model/answerkey.h"

#include "core/model/prompts.h"

#include <QCryptographicHash>

namespace AutoCommit {

namespace {

class Digest
{
public:
    /// With its length in front: "ab","c" is not "a","bc".
    void add(const QByteArray &field)
    {
        const QByteArray framed = QByteArray::number(field.size()) + ':' + field;
        m_hash.addData(framed);
    }
    void add(const QString &field) { add(field.toUtf8()); }
    void add(qint64 number) { add(QByteArray::number(number)); }
    QByteArray hex() const { return m_hash.result().toHex(); }

private:
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

bool namesItsContent(const FileChange &file)
{
    return (file.oldMode == 0 || !file.oldBlob.isEmpty()) && (file.newMode == 0 || !file.newBlob.isEmpty())
        && (file.oldMode != 0 || file.newMode != 0);
}

void addFile(const FileChange &file, Digest &digest)
{
    digest.add(file.path);
    digest.add(file.oldPath);
    digest.add(static_cast<qint64>(file.kind));
    digest.add(file.oldMode);
    digest.add(file.newMode);
    digest.add(file.oldBlob);
    digest.add(file.newBlob);
    if (namesItsContent(file))
        return;
    for (const Hunk &hunk : file.hunks) {
        digest.add(hunk.oldStart);
        digest.add(hunk.newStart);
        digest.add(hunk.removed.join('\n'));
        digest.add(hunk.added.join('\n'));
    }
}

void addRules(const MessageRules &rules, Digest &digest)
{
    digest.add(static_cast<qint64>(rules.style));
    digest.add(static_cast<qint64>(rules.firstLetter));
    digest.add(rules.types.join(u' '));
    digest.add(rules.headerLimit);
    digest.add(rules.bodyAllowed);
    digest.add(rules.emojiAllowed);
    digest.add(rules.englishOnly);
}

} // namespace

QByteArray answerKey(const MessageQuestion &question, const ModelNames &names)
{
    Digest digest;
    digest.add(promptVersion);
    digest.add(names.reasoning);
    digest.add(names.instruct);
    addRules(question.rules, digest);
    digest.add(question.files.size());
    for (const qsizetype index : question.files)
        addFile(question.change.files[index], digest);
    return digest.hex();
}

} // namespace AutoCommit
