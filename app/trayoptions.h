#pragma once

#include "tray/model/endpoint.h"
#include "tray/window/theme.h"

#include <QStringList>

class QCoreApplication;

namespace AutoCommit {

/// What the command line of commits-tray says.
struct TrayOptions
{
    EndpointWish endpoint;
    ThemeChoice theme = ThemeChoice::System;
    bool plainHttp = false;
    bool openWindow = false;
    bool commitLocal = false;
    QStringList roots; ///< of --commit-local
    QString startAtLogin; ///< on, off or show; empty: run

    /// What a later start needs to find the same daemon and look the same.
    QStringList viewArguments() const;
};

/// Prints help or what is wrong, and ends the process then.
TrayOptions parseTrayOptions(const QCoreApplication &app);

/// commits-tray(1) in roff, from the same declarations. Needs no QApplication.
QString trayManualPage();

} // namespace AutoCommit
