#include "tray/model/commitrows.h"

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr qsizetype blockSize = 1 << 16;
constexpr qsizetype longestSubject = 2000; // bytes; nobody reads more of it in a list

qint64 stamp(const QDateTime &time)
{
    return time.isValid() ? time.toMSecsSinceEpoch() : 0;
}

QDateTime timeOf(qint64 stamp)
{
    return stamp == 0 ? QDateTime() : QDateTime::fromMSecsSinceEpoch(stamp, Qt::UTC);
}

/// Not more than `size` bytes, and no half character at the end.
QByteArray shortened(QByteArray text, qsizetype size)
{
    if (text.size() <= size)
        return text;
    while (size > 0 && (static_cast<uchar>(text[size]) & 0xC0) == 0x80)
        --size;
    return text.left(size);
}

} // namespace

void CommitRows::clear()
{
    *this = {};
}

quint32 CommitRows::wordIndex(const QString &word)
{
    const auto known = m_wordIndex.constFind(word);
    if (known != m_wordIndex.cend())
        return *known;
    const auto index = static_cast<quint32>(m_words.size());
    m_words.append(word);
    m_wordIndex.insert(word, index);
    return index;
}

void CommitRows::store(Row &row, const QByteArray &sha, const QByteArray &subject)
{
    const qsizetype size = sha.size() + subject.size();
    if (m_blocks.empty() || m_blocks.back().size() + size > blockSize) {
        m_blocks.emplace_back();
        m_blocks.back().reserve(blockSize);
    }
    QByteArray &block = m_blocks.back();
    row.block = static_cast<quint32>(m_blocks.size() - 1);
    row.offset = static_cast<quint32>(block.size());
    row.shaSize = static_cast<quint16>(sha.size());
    row.subjectSize = static_cast<quint16>(subject.size());
    block += sha;
    block += subject;
}

CommitRows::Row CommitRows::packed(const ApiCommit &commit)
{
    Row row{.pathCount = static_cast<quint32>(commit.pathCount),
            .committedAt = stamp(commit.committedAt),
            .pushedAt = stamp(commit.pushedAt),
            .verifiedAt = stamp(commit.verifiedAt)};
    const std::array<const QString *, WordCount> words{&commit.host,   &commit.repo,   &commit.name,
                                                       &commit.branch, &commit.source, &commit.model};
    std::ranges::transform(words, row.words.begin(), [this](const QString *word) { return wordIndex(*word); });
    store(row, shortened(commit.sha.toUtf8(), longestSubject), shortened(commit.subject.toUtf8(), longestSubject));
    return row;
}

QByteArrayView CommitRows::text(const Row &row) const
{
    return QByteArrayView(m_blocks[row.block]).sliced(row.offset, row.shaSize + row.subjectSize);
}

/// A commit whose words are the same, which is what a push leaves, takes no new room.
void CommitRows::replace(qsizetype row, const ApiCommit &commit)
{
    Row &old = m_rows[row];
    const bool same = text(old)
        == QByteArrayView(shortened(commit.sha.toUtf8(), longestSubject)
                          + shortened(commit.subject.toUtf8(), longestSubject));
    if (!same) {
        old = packed(commit);
        return;
    }
    old.pushedAt = stamp(commit.pushedAt);
    old.verifiedAt = stamp(commit.verifiedAt);
}

ApiCommit CommitRows::at(qsizetype index) const
{
    const Row &row = m_rows.at(index);
    const QByteArrayView bytes = text(row);
    ApiCommit commit;
    commit.sha = QString::fromUtf8(bytes.first(row.shaSize));
    commit.subject = QString::fromUtf8(bytes.sliced(row.shaSize));
    commit.pathCount = row.pathCount;
    const std::array<QString *, WordCount> words{&commit.host,   &commit.repo,   &commit.name,
                                                 &commit.branch, &commit.source, &commit.model};
    for (std::size_t i = 0; i < words.size(); ++i)
        *words[i] = m_words.at(row.words[i]);
    commit.committedAt = timeOf(row.committedAt);
    commit.pushedAt = timeOf(row.pushedAt);
    commit.verifiedAt = timeOf(row.verifiedAt);
    return commit;
}

qsizetype CommitRows::find(const ApiCommit &commit, qsizetype limit) const
{
    const QByteArray sha = commit.sha.toUtf8();
    for (qsizetype row = 0; row < std::min(limit, size()); ++row) {
        const Row &known = m_rows.at(row);
        if (text(known).first(known.shaSize) == QByteArrayView(sha) && m_words.at(known.words[Repo]) == commit.repo
            && m_words.at(known.words[Host]) == commit.host)
            return row;
    }
    return -1;
}

} // namespace AutoCommit
