#pragma once

#include "core/base/protocol.h"
#include "core/service/recordshapes.h"
#include "core/store/historyfilter.h"
#include "core/store/statistics.h"
#include "daemon/steering.h"

#include <QJsonArray>
#include <QJsonObject>

namespace AutoCommit {

/// What leaves the process: rows of the history, with what the running daemon adds; no detail of errors, no user
/// information in URLs. What each has is listed in resources/api/schemas.json.
class Shapes : public RecordShapes
{
public:
    Shapes(const Steering &steering, Paths paths)
        : RecordShapes(std::move(paths))
        , m_steering(steering)
    { }

    QJsonObject commit(const CommitRecord &record) const;
    QJsonObject error(const ErrorRecord &record) const;
    QJsonObject release(const ReleaseRecord &record) const;
    QJsonObject repo(const RepoSnapshot &snapshot) const;
    QJsonObject host(const HostRecord &record) const;
    QJsonObject progress(const CycleProgress &cycle) const;
    QJsonObject statistics(const Statistics &numbers) const;

    QString repoName(const QString &id) const; ///< empty when it is not here

private:
    const Steering &m_steering;
};

/// {"items":[…],"next":""} of a page.
template <typename T, typename Shape> QJsonObject pageOf(const Page<T> &page, const Shape &shape)
{
    QJsonArray items;
    for (const T &item : page.items)
        items.append(shape(item));
    return {{QStringLiteral("items"), items}, {QStringLiteral("next"), page.next}};
}

/// What differs between this program and another host's; empty when nothing does.
QString driftText(const QString &version, qint64 protocol);

} // namespace AutoCommit
