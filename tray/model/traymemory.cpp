#include "tray/model/traymemory.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

} // namespace

TrayMemory::TrayMemory(const QString &file, QObject *parent)
    : QObject(parent)
    , m_settings(file, QSettings::IniFormat)
    , m_muted(m_settings.value(u"muted"_s).toStringList())
{ }

QByteArray TrayMemory::state(const QString &name) const
{
    return m_settings.value(u"window/"_s + name).toByteArray();
}

void TrayMemory::setState(const QString &name, const QByteArray &state)
{
    m_settings.setValue(u"window/"_s + name, state);
}

bool TrayMemory::isMuted(const QString &cause) const
{
    return m_muted.contains(cause);
}

void TrayMemory::setMuted(const QString &cause, bool muted)
{
    if (isMuted(cause) == muted)
        return;
    m_muted.removeAll(cause);
    if (muted)
        m_muted.append(cause);
    m_settings.setValue(u"muted"_s, m_muted);
    Q_EMIT mutedChanged(cause);
}

bool TrayMemory::isQuiet() const
{
    return m_settings.value(u"quiet"_s).toBool();
}

void TrayMemory::setQuiet(bool quiet)
{
    m_settings.setValue(u"quiet"_s, quiet);
}

QString TrayMemory::text(const QString &name) const
{
    return m_settings.value(u"text/"_s + name).toString();
}

void TrayMemory::setText(const QString &name, const QString &text)
{
    m_settings.setValue(u"text/"_s + name, text);
}

} // namespace AutoCommit
