#pragma once

#include "core/api/eventstream.h"
#include "tray/model/picture.h"

#include <QHash>

namespace AutoCommit {

/// The one live picture of a daemon: fetched once, then kept up to date by its event stream. Nothing polls; a break of
/// the stream longer than one try makes it Offline, a fresh stream makes it fetch again.
class DaemonModel : public QObject
{
    Q_OBJECT

public:
    DaemonModel(ApiClient &api, EventStream &events, QObject *parent = nullptr);

    void start();
    void connectTo(const ApiEndpoint &endpoint); ///< another daemon; what was known is forgotten
    void setLocal(const LocalPicture &local); ///< what this machine's agent knows by now
    void noteNoControl(); ///< the daemon refused an order: the token has not that scope
    void retryNow(); ///< does not wait for the next try of a lost connection
    void refreshHosts(); ///< hosts and parity come with no event of their own

    const DaemonPicture &picture() const { return m_picture; }
    ApiClient &api() const { return m_api; }
    int indexOfRepo(const QString &id) const { return m_index.value(id, -1); }
    QString whyNoControl() const; ///< why the daemon takes no order from here; empty: it does
    const ApiRepo *repo(const QString &id) const; ///< also of this machine's agent

Q_SIGNALS:
    void changed(); ///< status or link
    void retried(); ///< somebody wants it to be tried again, by retryNow()
    void reposAboutToReset();
    void reposReset();
    void repoChanged(int index); ///< in DaemonPicture::repoAt()
    void problemsChanged();
    void commitArrived(const AutoCommit::ApiCommit &commit);
    void recentChanged();
    void hostsChanged();

private:
    void fetchAll();
    void fetchPart(const QString &path, const QUrlQuery &query, std::function<void(const QJsonObject &)> take);
    void partDone();
    void apply(const QString &name, const QJsonObject &data);
    void takeStatus(const QJsonObject &object);
    void takeRepos(const QJsonObject &object);
    void takeEvent(const QString &name, const QJsonObject &data);
    void takeRepo(const QJsonObject &object);
    void takeProblem(const QJsonObject &object);
    void mergeProblem(const ApiProblem &problem);
    void takeCommit(const QJsonObject &object);
    void takeCycle(const QJsonObject &object);
    void lost(const Error &error);

    ApiClient &m_api;
    EventStream &m_events;
    DaemonPicture m_picture;
    QHash<QString, int> m_index;
    int m_pending = 0; ///< requests of the fetch that goes on
    QList<std::pair<QString, QJsonObject>> m_meanwhile; ///< events since it began: its answers may be older than they
    bool m_again = false; ///< another fetch was asked for meanwhile
    int m_epoch = 0; ///< answers of an earlier endpoint are dropped
    int m_losses = 0;
};

} // namespace AutoCommit
