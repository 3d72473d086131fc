#pragma once

#include "tray/model/notifier.h"

#include <QSystemTrayIcon>
#include <memory>

namespace AutoCommit {

/// Shows what the Notifier says to the person in front of the screen. Main thread.
class NoteSink : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void show(const TrayNote &note) = 0;
    /// The person presents, or wants no disturbance, as far as the desktop tells.
    virtual bool isInhibited() const { return false; }

Q_SIGNALS:
    void inhibitedChanged();
    void acted(const QString &action, const QString &cause); ///< of a note: NoteAction names
};

/// By the desktop's notification service, which has buttons; by the tray icon where there is none.
std::unique_ptr<NoteSink> makeNoteSink(QSystemTrayIcon &icon);

} // namespace AutoCommit
