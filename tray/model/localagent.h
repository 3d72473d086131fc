#pragma once

#include "tray/model/picture.h"

#include "core/base/result.h"

#include <QObject>

#include <functional>

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
    using Done = std::function<void(const Status &)>; ///< called later: the history may be on a machine that is silent
    /// Nothing is committed until then, also after a restart; invalid: until resume(). What is being committed at this
    /// moment is finished, the rest of the sweep is not.
    virtual void pause(const QDateTime &until, Done done) = 0;
    virtual void resume(Done done) = 0; ///< and looks at everything

Q_SIGNALS:
    void changed();
};

} // namespace AutoCommit
