#pragma once

#include "core/api/apihistory.h"

#include <QHash>

#include <array>
#include <vector>

namespace AutoCommit {

/// What a list shows of many commits, in about 160 bytes each: 100 000 of them are 16 MB and not 80. Texts lie in large
/// blocks, what many rows share is kept once. Body, paths, parent, origin and address are left out.
class CommitRows
{
public:
    qsizetype size() const { return static_cast<qsizetype>(m_rows.size()); }
    bool isEmpty() const { return m_rows.isEmpty(); }
    void clear();
    void append(const ApiCommit &commit) { m_rows.append(packed(commit)); }
    void prepend(const ApiCommit &commit) { m_rows.prepend(packed(commit)); }
    void replace(qsizetype row, const ApiCommit &commit);

    ApiCommit at(qsizetype row) const;
    QString repo(qsizetype row) const { return m_words.at(m_rows.at(row).words[Repo]); }
    bool isVerified(qsizetype row) const { return m_rows.at(row).verifiedAt != 0; }
    /// The row of this commit among the first `limit`; -1: not there.
    qsizetype find(const ApiCommit &commit, qsizetype limit) const;

private:
    enum Word { Host, Repo, Name, Branch, Source, Model, WordCount };
    struct Row
    {
        quint32 block = 0; ///< where sha and subject are, one behind the other
        quint32 offset = 0;
        quint16 shaSize = 0; ///< bytes of UTF-8
        quint16 subjectSize = 0;
        quint32 pathCount = 0;
        std::array<quint32, WordCount> words{};
        qint64 committedAt = 0; ///< milliseconds since 1970; 0: not known
        qint64 pushedAt = 0;
        qint64 verifiedAt = 0;
    };

    Row packed(const ApiCommit &commit);
    void store(Row &row, const QByteArray &sha, const QByteArray &subject);
    quint32 wordIndex(const QString &word);
    QByteArrayView text(const Row &row) const;

    QList<Row> m_rows;
    std::vector<QByteArray> m_blocks;
    QStringList m_words;
    QHash<QString, quint32> m_wordIndex;
};

} // namespace AutoCommit
