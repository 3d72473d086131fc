#pragma once

#include <QObject>
#include <QStringList>

namespace AutoCommit {

/// The remote agent of this machine (`commits-tray --commit-local`), as the tray sees it. Lives on the main thread; the
/// work goes on elsewhere.
class LocalAgent : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void start() = 0;
    virtual void stop() = 0; ///< lets a commit that is being made finish
    virtual bool isRunning() const = 0;
    virtual QStringList statusLines() const = 0; ///< for people: what it does, what waits, since when

Q_SIGNALS:
    void changed();
};

} // namespace AutoCommit
