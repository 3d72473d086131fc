#pragma once

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QStringList>

namespace AutoCommit {

/// What the window remembers between starts, in a file of its own that belongs to this machine's user. Not for
/// settings of the daemon: those are the daemon's.
class TrayMemory : public QObject
{
    Q_OBJECT

public:
    explicit TrayMemory(const QString &file, QObject *parent = nullptr);

    QByteArray state(const QString &name) const; ///< geometry, column widths, splitters
    void setState(const QString &name, const QByteArray &state);

    bool isMuted(const QString &cause) const;
    void setMuted(const QString &cause, bool muted);

    bool isQuiet() const; ///< no notifications
    void setQuiet(bool quiet);

    QString text(const QString &name) const;
    void setText(const QString &name, const QString &text);

Q_SIGNALS:
    void mutedChanged(const QString &cause); ///< by whichever surface

private:
    QSettings m_settings;
    QStringList m_muted;
};

} // namespace AutoCommit
