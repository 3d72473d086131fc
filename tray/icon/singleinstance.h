#pragma once

#include "core/base/result.h"

#include <QLocalServer>
#include <QLocalSocket>

namespace AutoCommit {

/// At most one tray of a name for each user and runtime directory. The first one listens; a later one knocks and
/// leaves.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    enum class Place { First, Another };

    SingleInstance(QString runtimeDir, const QString &name, QObject *parent = nullptr);

    /// Another: it has been told to come forward.
    Result<Place> claim();

Q_SIGNALS:
    void knocked(); ///< another start asks for the window

private:
    bool knock() const;

    QString m_dir;
    QString m_socket;
    QLocalServer m_server;
};

} // namespace AutoCommit
