#pragma once

#include "tray/model/picture.h"

#include "core/base/result.h"

#include <QObject>

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
    virtual LocalPicture picture() const = 0;
    virtual void syncNow() = 0;
    /// Nothing is committed until then, also after a restart; invalid: until resume(). What is being committed at this
    /// moment is finished, the rest of the sweep is not.
    virtual Status pause(const QDateTime &until) = 0;
    virtual Status resume() = 0; ///< and looks at everything

Q_SIGNALS:
    void changed();
};

} // namespace AutoCommit
