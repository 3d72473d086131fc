#include "core/git/addedblobs.h"

#include <QSet>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr std::chrono::milliseconds longest = std::chrono::minutes(10); ///< a first push brings a whole history

bool isNothing(const QByteArray &name)
{
    return name.count('0') == name.size();
}

/// ":100644 100644 old new M" of a commit, "::100644 100644 100644 old old new MM" of a merge.
std::optional<AddedBlob> parseRaw(const QByteArray &text)
{
    qsizetype parents = 0;
    while (parents < text.size() && text[parents] == ':')
        ++parents;
    const QList<QByteArray> parts = text.sliced(parents).split(' ');
    if (parts.size() < 2 * parents + 3)
        return std::nullopt;
    const QByteArray &mode = parts[parents];
    const QByteArray &name = parts[2 * parents + 1];
    if (mode == "160000" || isNothing(name))
        return std::nullopt;
    const QByteArray &before = parts[parents + 1];
    return AddedBlob{.commit = {}, .path = {}, .name = name, .before = isNothing(before) ? QByteArray() : before};
}

/// Takes the output of `cat-file --batch` apart: "<name> blob <size>\n", the bytes, "\n".
class BatchReader
{
public:
    explicit BatchReader(const std::function<void(qsizetype, QByteArrayView)> &onPiece)
        : m_onPiece(onPiece)
    { }

    void feed(QByteArrayView bytes)
    {
        while (!bytes.isEmpty() && m_missing.isEmpty()) {
            if (m_left > 0) {
                const qsizetype taken = std::min<qsizetype>(m_left, bytes.size());
                m_onPiece(m_index, bytes.first(taken));
                m_left -= taken;
                bytes = bytes.sliced(taken);
                if (m_left == 0)
                    finishBlob();
                continue;
            }
            const qsizetype lineEnd = bytes.indexOf('\n');
            m_line += bytes.first(lineEnd < 0 ? bytes.size() : lineEnd);
            bytes = lineEnd < 0 ? QByteArrayView() : bytes.sliced(lineEnd + 1);
            if (lineEnd >= 0)
                takeLine();
        }
    }

    qsizetype done() const { return m_index; }
    const QByteArray &missing() const { return m_missing; }

private:
    void takeLine()
    {
        const QByteArray line = std::exchange(m_line, {});
        if (std::exchange(m_behindBlob, false) && line.isEmpty())
            return;
        const QList<QByteArray> words = line.split(' ');
        bool isSize = false;
        m_left = words.value(2).toLongLong(&isSize);
        if (!isSize)
            m_missing = line;
        else if (m_left == 0)
            finishBlob();
    }

    void finishBlob()
    {
        m_onPiece(m_index, {});
        ++m_index;
        m_behindBlob = true;
    }

    const std::function<void(qsizetype, QByteArrayView)> &m_onPiece;
    QByteArray m_line;
    QByteArray m_missing; ///< what git said of a name it does not know
    qint64 m_left = 0; ///< bytes of the blob that are still to come
    qsizetype m_index = 0;
    bool m_behindBlob = false; ///< its line end is still to come
};

} // namespace

Result<AddedToHistory> addedToHistory(const Git &git, const QStringList &range)
{
    AC_ASSIGN(const QByteArray output,
              git.output(u"git log"_s,
                         {.arguments = QStringList{u"log"_s, u"--raw"_s, u"-r"_s, u"-z"_s, u"-c"_s, u"--no-abbrev"_s,
                                                   u"--no-renames"_s, u"--diff-filter=d"_s, u"--format=commit %H%n%B"_s}
                              + range + QStringList{u"--"_s},
                          .timeout = longest,
                          .outputLimit = 512 << 20}));
    AddedToHistory added;
    QSet<QByteArray> seen;
    std::optional<AddedBlob> next;
    for (const QByteArray &field : output.split('\0')) {
        const QByteArray text = field.startsWith('\n') ? field.sliced(1) : field;
        if (next) {
            next->commit = added.messages.last().commit;
            next->path = text;
            const QByteArray key = next->name + text;
            if (!seen.contains(key))
                added.blobs.append(*next);
            seen.insert(key);
            next.reset();
        } else if (text.startsWith("commit ")) {
            const qsizetype lineEnd = text.indexOf('\n');
            added.messages.append({text.mid(7, lineEnd - 7), text.sliced(lineEnd + 1)});
        } else if (text.startsWith(':')) {
            next = parseRaw(text);
        }
    }
    return added;
}

Status readBlobs(const Git &git, const QList<QByteArray> &names,
                 const std::function<void(qsizetype index, QByteArrayView piece)> &onPiece)
{
    if (names.isEmpty())
        return {};
    BatchReader reader(onPiece);
    AC_TRY(git.output(u"git cat-file"_s,
                      {.arguments = {u"cat-file"_s, u"--batch"_s, u"--buffer"_s},
                       .input = names.join('\n') + '\n',
                       .timeout = longest,
                       .onOutput = [&](const QByteArray &piece) { reader.feed(piece); },
                       .outputLimit = std::numeric_limits<qsizetype>::max()}));
    if (!reader.missing().isEmpty() || reader.done() != names.size())
        return Error{ErrorKind::ObjectMissing, u"an object of this repository cannot be read; git fsck says more"_s,
                     QString::fromLatin1(reader.missing())};
    return {};
}

} // namespace AutoCommit
