#pragma once

#include "tray/model/daemonmodel.h"

#include <array>

namespace AutoCommit {

struct HeatCell
{
    QDate day{};
    qint64 commits = 0;
    int level = 0; ///< 0 nothing, 1 to 4 by quarter of the busiest days
};

struct SourceShare
{
    QString name{}; ///< for people
    qint64 commits = 0;
    double share = 0; ///< of all, 0 to 1
};

/// The year as a calendar, and what stands beside it. Loaded when it is first looked at, and again after commits.
class Activity : public QObject
{
    Q_OBJECT

public:
    explicit Activity(DaemonModel &daemon, QObject *parent = nullptr);

    void activate();

    static constexpr int weeks = 53;
    /// Whole weeks from Monday to Sunday, oldest first, up to the week of `today`; later days have no date.
    static QList<std::array<HeatCell, 7>> calendar(const QList<ApiDayCount> &days, const QDate &today);
    static int streak(const QList<ApiDayCount> &days, const QDate &today); ///< days in a row up to today or yesterday

    bool isLoaded() const { return m_loaded; }
    QString error() const { return m_error; }
    const ApiStats &stats() const { return m_stats; }
    QList<SourceShare> sources() const;
    qint64 today() const;
    ApiDayCount busiest() const;

Q_SIGNALS:
    void changed();

private:
    void load();

    DaemonModel &m_daemon;
    ApiStats m_stats;
    QString m_error;
    bool m_active = false;
    bool m_loaded = false;
    QTimer m_later; ///< many commits in a row make one request
};

} // namespace AutoCommit
