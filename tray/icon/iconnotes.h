#pragma once

#include "tray/icon/notesink.h"

namespace AutoCommit {

/// Balloons of the tray icon: a click opens, and there are no other actions.
class IconNotes final : public NoteSink
{
    Q_OBJECT

public:
    explicit IconNotes(QSystemTrayIcon &icon, QObject *parent = nullptr);

    void show(const TrayNote &note) override;

private:
    QSystemTrayIcon &m_icon;
    QString m_cause; ///< of the last one
};

} // namespace AutoCommit
