#pragma once

#include "tray/icon/notesink.h"

#include <QDBusConnection>
#include <QHash>
#include <QStringList>

namespace AutoCommit {

/// The notification service of a freedesktop.org desktop. One note for each cause: a newer one takes the place of the
/// older. Falls back to another sink as long as nobody offers the service. Never blocks.
class DesktopNotes final : public NoteSink
{
    Q_OBJECT

public:
    DesktopNotes(const QDBusConnection &bus, std::unique_ptr<NoteSink> fallback, QObject *parent = nullptr);

    void show(const TrayNote &note) override;
    bool isInhibited() const override { return m_inhibited; }
    bool isThere() const { return m_there; }

Q_SIGNALS:
    void thereChanged();

private Q_SLOTS:
    void propertiesChanged(const QString &interface, const QVariantMap &changed, const QStringList &gone);
    void actionInvoked(uint id, const QString &action);
    void noteClosed(uint id, uint reason);

private:
    void meet();
    void leave();
    void askInhibited();
    QStringList actionsOf(const TrayNote &note) const;

    QDBusConnection m_bus;
    std::unique_ptr<NoteSink> m_fallback;
    bool m_there = false;
    bool m_inhibited = false;
    QStringList m_capabilities;
    QHash<uint, QString> m_causes; ///< of the notes that are shown
};

} // namespace AutoCommit
