#include "core/recovery/stallfile.h"

#include "core/base/result.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 hour = 3600LL * 1'000'000'000;
constexpr qint64 longest = 25 * hour; // what is put off for longer was written by a clock that was wrong

qint64 longNumber(const QJsonValue &value)
{
    return value.toString().toLongLong();
}

} // namespace

StallFile::StallFile(const RepoLocation &location)
    : m_path(location.stateDir() + u"/stall"_s)
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QJsonObject object = QJsonDocument::fromJson(file.read(1 << 20)).object();
    if (const QJsonObject stall = object.value("stall"_L1).toObject(); !stall.isEmpty())
        m_stall = Stall{.signature = stall.value("signature"_L1).toString().toLatin1(),
                        .error
                        = {errorKindFromName(stall.value("kind"_L1).toString()), stall.value("message"_L1).toString()},
                        .times = stall.value("times"_L1).toInt(),
                        .until = longNumber(stall.value("until"_L1))};
    const QJsonArray holds = object.value("holds"_L1).toArray();
    for (const QJsonValue &hold : holds)
        m_holds += {.path = QByteArray::fromBase64(hold["path"_L1].toString().toLatin1()),
                    .until = longNumber(hold["until"_L1])};
}

qint64 StallFile::heldUntil(qint64 now) const
{
    qint64 until = 0;
    for (const Hold &hold : m_holds)
        if (hold.path.isEmpty() && hold.until > now && hold.until <= now + longest)
            until = std::max(until, hold.until);
    return until;
}

QList<QByteArray> StallFile::deferredPaths(qint64 now) const
{
    QList<QByteArray> paths;
    for (const Hold &hold : m_holds)
        if (!hold.path.isEmpty() && hold.until > now && hold.until <= now + longest)
            paths += hold.path;
    return paths;
}

Status StallFile::stalled(const QByteArray &signature, const Error &error, qint64 now)
{
    const int times = m_stall && m_stall->signature == signature ? m_stall->times + 1 : 1;
    // What only the hub knows (a rule, an allowance) may change without a commit on either side.
    const qint64 most = error.kind == ErrorKind::Conflict ? 24 : 1;
    const qint64 wait = std::min<qint64>(most, 1LL << std::min(times - 1, 5)) * hour;
    m_stall = Stall{.signature = signature, .error = error, .times = times, .until = now + wait};
    return save();
}

Status StallFile::hold(const QList<Hold> &holds, qint64 now)
{
    m_holds.removeIf([&](const Hold &hold) { return hold.until <= now; });
    m_holds += holds;
    return save();
}

void StallFile::clear()
{
    m_stall.reset();
    m_holds.clear();
    QFile::remove(m_path);
}

void StallFile::clearStall()
{
    if (!m_stall)
        return;
    m_stall.reset();
    if (m_holds.isEmpty())
        QFile::remove(m_path);
    else
        (void)save().ok();
}

Status StallFile::save() const
{
    QJsonObject object;
    if (m_stall)
        object[u"stall"_s] = QJsonObject{{u"signature"_s, QString::fromLatin1(m_stall->signature)},
                                         {u"kind"_s, errorKindName(m_stall->error.kind)},
                                         {u"message"_s, m_stall->error.message},
                                         {u"times"_s, m_stall->times},
                                         {u"until"_s, QString::number(m_stall->until)}};
    QJsonArray holds;
    for (const Hold &hold : m_holds)
        holds += QJsonObject{{u"path"_s, QString::fromLatin1(hold.path.toBase64())},
                             {u"until"_s, QString::number(hold.until)}};
    if (!holds.isEmpty())
        object[u"holds"_s] = holds;
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(object).toJson(QJsonDocument::Compact)) < 0
        || !file.commit())
        return Error{ErrorKind::IoError, u"%1: %2"_s.arg(m_path, file.errorString())};
    return {};
}

} // namespace AutoCommit
