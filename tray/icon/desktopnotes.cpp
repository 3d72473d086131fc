#include "tray/icon/desktopnotes.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

const QString notesService = u"org.freedesktop.Notifications"_s; // of the interface as well
const QString notesPath = u"/org/freedesktop/Notifications"_s;
const QString propertiesInterface = u"org.freedesktop.DBus.Properties"_s;

enum Urgency : uchar { Low, Normal };

QDBusMessage notesCall(const QString &interface, const QString &method, const QVariantList &arguments = {})
{
    QDBusMessage call = QDBusMessage::createMethodCall(notesService, notesPath, interface, method);
    call.setArguments(arguments);
    return call;
}

} // namespace

DesktopNotes::DesktopNotes(const QDBusConnection &bus, std::unique_ptr<NoteSink> fallback, QObject *parent)
    : NoteSink(parent)
    , m_bus(bus)
    , m_fallback(std::move(fallback))
{
    if (m_fallback)
        connect(m_fallback.get(), &NoteSink::acted, this, &NoteSink::acted);
    auto *watcher = new QDBusServiceWatcher(notesService, m_bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceRegistered, this, &DesktopNotes::meet);
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this, &DesktopNotes::leave);
    m_bus.connect(notesService, notesPath, notesService, u"ActionInvoked"_s, this, SLOT(actionInvoked(uint, QString)));
    m_bus.connect(notesService, notesPath, notesService, u"NotificationClosed"_s, this, SLOT(noteClosed(uint, uint)));
    m_bus.connect(notesService, notesPath, propertiesInterface, u"PropertiesChanged"_s, this,
                  SLOT(propertiesChanged(QString, QVariantMap, QStringList)));
    meet();
}

/// What it can do. A service that is started when it is first asked is started by this.
void DesktopNotes::meet()
{
    auto *asked = new QDBusPendingCallWatcher(m_bus.asyncCall(notesCall(notesService, u"GetCapabilities"_s)), this);
    connect(asked, &QDBusPendingCallWatcher::finished, this, [this, asked] {
        asked->deleteLater();
        const QDBusPendingReply<QStringList> reply = *asked;
        if (reply.isError())
            return;
        m_capabilities = reply.value();
        m_there = true;
        askInhibited();
        Q_EMIT thereChanged();
    });
}

void DesktopNotes::leave()
{
    m_there = false;
    m_inhibited = false;
    m_causes.clear();
    Q_EMIT thereChanged();
}

/// Desktops that know the property tell of changes; the others answer with an error, and nobody is inhibited there.
void DesktopNotes::askInhibited()
{
    auto *asked = new QDBusPendingCallWatcher(
        m_bus.asyncCall(notesCall(propertiesInterface, u"Get"_s, {notesService, u"Inhibited"_s})), this);
    connect(asked, &QDBusPendingCallWatcher::finished, this, [this, asked] {
        asked->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *asked;
        m_inhibited = !reply.isError() && reply.value().variant().toBool();
        Q_EMIT inhibitedChanged();
    });
}

void DesktopNotes::propertiesChanged(const QString &interface, const QVariantMap &changed, const QStringList &gone)
{
    if (interface != notesService)
        return;
    if (gone.contains(u"Inhibited"_s))
        askInhibited();
    else if (changed.contains(u"Inhibited"_s))
        m_inhibited = changed.value(u"Inhibited"_s).toBool();
    Q_EMIT inhibitedChanged();
}

QStringList DesktopNotes::actionsOf(const TrayNote &note) const
{
    QStringList actions{u"default"_s, tr("Show")}; // a click on the note itself
    if (!m_capabilities.contains(u"actions"_s))
        return {};
    for (const NoteAction &action : note.actions)
        actions += {action.name, action.text};
    return actions;
}

void DesktopNotes::show(const TrayNote &note)
{
    if (!m_there) {
        if (m_fallback)
            m_fallback->show(note);
        return;
    }
    const auto older = std::ranges::find(m_causes, note.cause);
    const uint replaces = older == m_causes.end() ? 0 : m_causes.key(note.cause);
    const bool markup = m_capabilities.contains(u"body-markup"_s); // what a daemon sends is never markup
    const Urgency urgency = note.level == NoteLevel::Warning ? Normal : Low;
    const QVariantMap hints{{u"urgency"_s, QVariant::fromValue<uchar>(urgency)},
                            {u"desktop-entry"_s, u"commits-tray"_s},
                            {u"category"_s, u"transfer"_s}};
    auto *sent = new QDBusPendingCallWatcher(
        m_bus.asyncCall(notesCall(notesService, u"Notify"_s,
                                  {u"auto-commit"_s, replaces, u"auto-commit"_s, note.title,
                                   markup ? note.text.toHtmlEscaped() : note.text, actionsOf(note), hints, -1})),
        this);
    connect(sent, &QDBusPendingCallWatcher::finished, this, [this, sent, note] {
        sent->deleteLater();
        const QDBusPendingReply<uint> reply = *sent;
        if (!reply.isError())
            m_causes.insert(reply.value(), note.cause);
        else if (m_fallback) // it went away in this moment
            m_fallback->show(note);
    });
}

void DesktopNotes::actionInvoked(uint id, const QString &action)
{
    if (m_causes.contains(id)) // everybody's notes are told to everybody
        Q_EMIT acted(action == u"default"_s ? NoteAction::open() : action, m_causes.value(id));
}

void DesktopNotes::noteClosed(uint id, uint reason)
{
    Q_UNUSED(reason)
    m_causes.remove(id);
}

} // namespace AutoCommit
