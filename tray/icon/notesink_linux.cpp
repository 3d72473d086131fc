#include "tray/icon/desktopnotes.h"
#include "tray/icon/iconnotes.h"

namespace AutoCommit {

std::unique_ptr<NoteSink> makeNoteSink(QSystemTrayIcon &icon)
{
    return std::make_unique<DesktopNotes>(QDBusConnection::sessionBus(), std::make_unique<IconNotes>(icon));
}

} // namespace AutoCommit
