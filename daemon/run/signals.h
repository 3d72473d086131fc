#pragma once

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace AutoCommit {

/// SIGTERM, SIGINT and SIGHUP (which asks for a reload, except in a terminal) as Qt signals on the main thread. One at
/// a time in a program.
class ProcessSignals : public QObject
{
    Q_OBJECT

public:
    ProcessSignals();
    ~ProcessSignals() override;

Q_SIGNALS:
    void stopAsked();
    void reloadAsked();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace AutoCommit
