#include "core/stages/hookecho.h"

#include "core/base/cleantext.h"

#include <QFile>
#include <QSaveFile>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 tick = 20'000'000; // ns; the kernel stamps files by a clock that may be a timer interrupt behind

qint64 wallNow(const RepoContext &repo)
{
    return repo.clock.wall().time_since_epoch().count();
}

} // namespace

HookEcho::HookEcho(const RepoContext &repo)
    : m_repo(repo)
    , m_path(repo.git.location().stateDir() + u"/hooks-ran"_s)
    , m_now(wallNow(repo))
{
    QFile file(m_path);
    if (file.open(QIODevice::ReadOnly)) {
        const QList<QByteArray> fields = file.readLine(100).simplified().split(' ');
        m_begin = fields.value(0).toLongLong();
        m_end = fields.value(1).toLongLong();
        m_times = fields.value(2).toInt();
    }
    m_echo = isEcho();
}

bool HookEcho::isEcho() const
{
    return m_end > 0 && !m_repo.snapshot.isEmpty()
        && std::ranges::all_of(m_repo.snapshot, [this](const IndexEntry &entry) {
               const FileStamp stamp = FileStamp::of(m_repo.absolute(entry.path));
               return stamp.exists && stamp.mtime >= m_begin - tick && stamp.mtime <= m_end;
           });
}

Status HookEcho::check() const
{
    if (!m_echo || m_times == 0)
        return {};
    return Error{
        ErrorKind::HookChangedCommit,
        u"a hook writes %1 with every commit, and nothing else has changed since the last; let the hook stage it "
        "(git add), or leave it out (exclude)"_s.arg(displayPath(m_repo.snapshot.first().path))};
}

void HookEcho::ended()
{
    QSaveFile file(m_path);
    const QByteArray text = QByteArray::number(m_now) + ' ' + QByteArray::number(wallNow(m_repo)) + ' '
        + QByteArray::number(m_echo ? m_times + 1 : 0) + '\n';
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size())
        file.commit();
}

} // namespace AutoCommit
