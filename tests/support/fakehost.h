#pragma once

#include "core/agent/hostdoor.h"

#include <QMutex>
#include <QStringList>

#include <functional>
#include <optional>

namespace AutoCommit::Testing {

/// The daemon of another machine, without HTTP: describes changes with the real service, keeps what it is told.
class FakeHost final : public HostDoor
{
public:
    Result<QJsonObject> send(HostCall call, const OutgoingJson &body, std::chrono::milliseconds within,
                             const CancelToken &cancel) override;
    QString name() const override { return QStringLiteral("apricot"); }

    std::optional<Error> trouble; ///< every call ends like this
    std::function<void(QJsonObject &answer)> twist; ///< changes an answer to /generate-message
    std::function<void()> meanwhile; ///< runs before it answers a /generate-message
    QString subject; ///< not empty: the words of a model, for every commit
    std::chrono::milliseconds longest{0}; ///< that anybody was ready to wait
    int calls = 0;
    bool loseAnswers = false; ///< does what it is asked, but the answer is lost

    QList<QJsonObject> questions; ///< /generate-message
    QList<QByteArray> sent; ///< every body, as it would cross the network
    QStringList recorded; ///< shas in the order they came, each once
    QList<QJsonObject> records;
    QJsonObject lastHeartbeat;
    int heartbeats = 0;

private:
    Result<QJsonObject> describe(const QJsonObject &question) const;
    QJsonObject take(const QJsonObject &body);

    QMutex m_mutex;
};

} // namespace AutoCommit::Testing
