#include "tray/icon/iconnotes.h"

namespace AutoCommit {

IconNotes::IconNotes(QSystemTrayIcon &icon, QObject *parent)
    : NoteSink(parent)
    , m_icon(icon)
{
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, [this] { Q_EMIT acted(NoteAction::open(), m_cause); });
}

void IconNotes::show(const TrayNote &note)
{
    m_cause = note.cause;
    m_icon.showMessage(note.title, note.text,
                       note.level == NoteLevel::Warning ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information);
}

} // namespace AutoCommit
