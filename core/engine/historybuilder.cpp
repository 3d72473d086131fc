#include "core/engine/historybuilder.h"

#include <algorithm>
#include <utility>

namespace AutoCommit {

namespace {

constexpr char commitMark = '\x01';

} // namespace

HistoryBuilder::HistoryBuilder(HistoryLimits limits)
    : m_limits(limits)
    , m_parser(
          [this](FileChange &&file) {
              if (static_cast<qsizetype>(m_patchFiles.size()) <= m_limits.filesPerCommit)
                  m_patchFiles.push_back(fileFacts(file, m_limits.facts));
          },
          {.linesPerFile = limits.facts.lines, .bytesPerLine = 400})
{ }

void HistoryBuilder::addLog(const QByteArray &piece)
{
    const QByteArray data = m_rest + piece;
    qsizetype start = 0;
    for (qsizetype end = data.indexOf('\0'); end >= 0; end = data.indexOf('\0', start)) {
        readLogField(data.mid(start, end - start));
        start = end + 1;
    }
    m_rest = data.mid(start);
}

void HistoryBuilder::readLogField(const QByteArray &written)
{
    // git puts a line end between the format's text and the first path
    QByteArray field = written;
    while (field.startsWith('\n'))
        field.remove(0, 1);
    if (field.startsWith(commitMark) && m_expect != Expect::Path) {
        startCommit(field.mid(1));
        return;
    }
    if (m_history.commits.isEmpty())
        return;
    PastCommit &commit = m_history.commits.last();
    switch (m_expect) {
    case Expect::Time:
        commit.time = field.split(' ').value(0).toLongLong();
        if (m_history.commits.size() == 1) {
            m_history.newestCommitted = field.split(' ').value(1).toLongLong();
            m_history.newestTree = field.split(' ').value(2);
        }
        m_expect = Expect::Subject;
        break;
    case Expect::Subject:
        commit.subject = field;
        m_expect = Expect::State;
        break;
    case Expect::State:
        if (!field.isEmpty()) { // ":100644 100644 1a2b 3c4d M", or the letter alone with --name-status
            m_history.statusesOf.back() += field.at(std::max<qsizetype>(0, field.lastIndexOf(' ') + 1));
            m_expect = Expect::Path;
        }
        break;
    case Expect::Path:
        addPath(written);
        m_expect = Expect::State;
        break;
    case Expect::Id:
        break;
    }
}

void HistoryBuilder::startCommit(const QByteArray &id)
{
    if (m_history.commits.size() >= m_limits.commits) {
        m_expect = Expect::Id;
        return;
    }
    m_history.commits.append({.id = id, .time = 0, .subject = {}, .paths = {}});
    m_history.pathsOf.emplace_back();
    m_history.statusesOf.emplace_back();
    m_expect = Expect::Time;
}

void HistoryBuilder::addPath(const QByteArray &path)
{
    const quint32 hash = stableHash(path);
    auto it = m_history.pathIndex.constFind(hash);
    if (it == m_history.pathIndex.constEnd()) {
        m_history.paths.push_back({.facts = pathFacts(path), .commits = {}});
        it = m_history.pathIndex.insert(hash, static_cast<quint32>(m_history.paths.size() - 1));
    }
    m_history.pathsOf.back().push_back(*it);
    m_history.commits.last().paths.append(path);
}

void HistoryBuilder::endLog()
{
    if (std::exchange(m_logEnded, true))
        return;
    for (qsizetype i = 0; i < m_history.commits.size(); ++i) {
        const auto index = static_cast<quint32>(i);
        m_commitIndex.insert(m_history.commits[i].id, index);
        m_history.heads.push_back(readConventional(m_history.commits[i].subject));
        for (const quint32 path : m_history.pathsOf[index]) {
            m_history.paths[path].commits.push_back(index);
            for (const quint32 folder : m_history.paths[path].facts.folders) {
                auto &commits = m_history.folderCommits[folder];
                if (commits.empty() || commits.back() != index)
                    commits.push_back(index);
            }
        }
    }
}

void HistoryBuilder::addPatch(const QByteArray &piece)
{
    const QByteArray data = m_patchRest.isEmpty() ? piece : m_patchRest + piece;
    // Whole commits' worth of lines go to the parser at once; only the lines that start a commit are ours.
    qsizetype start = 0;
    for (qsizetype at = data.indexOf(commitMark); at >= 0; at = data.indexOf(commitMark, at + 1)) {
        if (at > 0 && data[at - 1] != '\n')
            continue;
        const qsizetype end = data.indexOf('\n', at);
        if (end < 0) {
            m_parser.feed(data.mid(start, at - start));
            m_patchRest = data.mid(at);
            return;
        }
        m_parser.feed(data.mid(start, at - start));
        endPatchCommit();
        m_patchCommit = data.mid(at + 1, end - at - 1);
        start = end + 1;
    }
    const qsizetype last = data.lastIndexOf('\n') + 1;
    m_parser.feed(data.mid(start, std::max(start, last) - start));
    m_patchRest = data.mid(std::max(start, last));
}

void HistoryBuilder::endPatchCommit()
{
    m_parser.finish();
    if (!m_patchCommit.isEmpty())
        addDiffs(m_patchCommit, std::exchange(m_patchFiles, {}));
    m_patchFiles.clear();
    m_patchCommit.clear();
}

bool HistoryBuilder::wantsPatch() const
{
    return m_patchCommits < m_limits.diffCommits;
}

void HistoryBuilder::addDiffs(const QByteArray &commitId, std::vector<FileFacts> diffs)
{
    endLog();
    if (!wantsPatch())
        return;
    ++m_patchCommits;
    const auto commit = m_commitIndex.constFind(commitId);
    if (commit == m_commitIndex.constEnd() || static_cast<qsizetype>(diffs.size()) > m_limits.filesPerCommit)
        return;
    for (FileFacts &facts : diffs) {
        const auto path = m_history.pathIndex.constFind(facts.path.path);
        if (path == m_history.pathIndex.constEnd())
            continue;
        ++m_history.diffCount;
        for (const WordCount &word : facts.words)
            ++m_history.diffsWithWord[word.hash];
        m_kept += facts.words.size();
        if (m_kept > m_limits.keptWords)
            continue;
        facts.addedLineHashes = {};
        facts.removedLineHashes = {};
        m_history.diffs.push_back({.commit = *commit, .path = *path, .facts = std::move(facts)});
    }
}

History HistoryBuilder::finish()
{
    if (!m_rest.isEmpty() && m_expect == Expect::Path)
        addPath(m_rest);
    m_rest.clear();
    endLog();
    if (!m_patchRest.isEmpty())
        m_parser.feed(std::exchange(m_patchRest, {}));
    endPatchCommit();
    return std::move(m_history);
}

} // namespace AutoCommit
