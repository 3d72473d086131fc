#include "tray/model/settingsform.h"

#include <QJsonArray>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

} // namespace

SettingsForm::SettingsForm(DaemonModel &daemon, QObject *parent)
    : QObject(parent)
    , m_daemon(daemon)
{
    connect(&daemon.api(), &ApiClient::endpointChanged, this, [this] {
        m_loaded = false;
        m_edits.clear();
        m_settings = {};
        Q_EMIT loaded();
        if (m_active)
            load();
    });
}

void SettingsForm::activate()
{
    m_active = true;
    if (!m_loaded && !m_busy)
        load();
}

void SettingsForm::load()
{
    m_busy = true;
    m_daemon.api().get(u"/config"_s, {}, this, [this](const Result<QJsonObject> &answer) {
        m_busy = false;
        if (!answer) {
            Q_EMIT failed(answer.error().message);
            return;
        }
        m_settings = parseSettings(*answer);
        m_loaded = true;
        Q_EMIT loaded();
    });
}

QString SettingsForm::label(const ApiSetting &setting)
{
    QString words = setting.key;
    words.replace(u'_', u' ');
    for (const auto &[plain, proper] : {std::pair{u" id"_s, u" ID"_s}, {u" url"_s, u" URL"_s}})
        if (words.endsWith(plain))
            words.replace(words.size() - plain.size(), plain.size(), proper);
    return words.left(1).toUpper() + words.mid(1);
}

QStringList SettingsForm::choices(const ApiSetting &setting)
{
    const QString &from = setting.range.contains(u'|') ? setting.range : setting.type;
    return from.contains(u'|') ? from.split(u'|') : QStringList();
}

SettingEditor SettingsForm::editor(const ApiSetting &setting)
{
    if (setting.value.isBool() || setting.standard.isBool())
        return SettingEditor::Switch;
    if (!choices(setting).isEmpty())
        return SettingEditor::Choice;
    if (setting.value.isArray() || setting.standard.isArray())
        return SettingEditor::Lines;
    return setting.value.isDouble() ? SettingEditor::Number : SettingEditor::Text;
}

QString SettingsForm::hint(const ApiSetting &setting)
{
    QStringList parts;
    if (!setting.range.isEmpty() && !setting.range.contains(u'|'))
        parts += setting.range;
    const QString standard = toText(setting.standard);
    if (!setting.standard.isBool())
        parts += standard.isEmpty() ? tr("default: empty") : tr("default: %1").arg(standard);
    return parts.join(u"; "_s);
}

QString SettingsForm::toText(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isDouble())
        return QString::number(value.toInteger());
    if (!value.isArray())
        return value.toString();
    QStringList texts;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array)
        texts += item.toString();
    return texts.join(u", "_s);
}

QJsonValue SettingsForm::fromText(const ApiSetting &setting, const QString &text)
{
    switch (editor(setting)) {
    case SettingEditor::Switch:
        return text == u"true"_s;
    case SettingEditor::Lines: {
        QJsonArray array;
        const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
        for (const QString &part : parts)
            if (!part.trimmed().isEmpty())
                array.append(part.trimmed());
        return array;
    }
    case SettingEditor::Number: {
        bool isNumber = false;
        const qint64 number = text.trimmed().toLongLong(&isNumber);
        return isNumber ? QJsonValue(number) : QJsonValue(text);
    }
    default:
        return text;
    }
}

const ApiSetting *SettingsForm::find(const QString &key) const
{
    const auto at = std::ranges::find(m_settings.settings, key, &ApiSetting::key);
    return at == m_settings.settings.end() ? nullptr : &*at;
}

QString SettingsForm::text(const QString &key) const
{
    const ApiSetting *setting = find(key);
    return m_edits.value(key, setting ? toText(setting->value) : QString());
}

void SettingsForm::setText(const QString &key, const QString &text)
{
    const ApiSetting *setting = find(key);
    if (!setting)
        return;
    if (text == toText(setting->value))
        m_edits.remove(key);
    else
        m_edits.insert(key, text);
    Q_EMIT edited();
}

void SettingsForm::apply()
{
    QJsonObject changes;
    for (auto edit = m_edits.cbegin(); edit != m_edits.cend(); ++edit)
        changes.insert(edit.key(), fromText(*find(edit.key()), edit.value()));
    m_busy = true;
    m_daemon.api().patch(u"/config"_s, changes, this, [this](const Result<QJsonObject> &answer) {
        m_busy = false;
        if (!answer) {
            Q_EMIT failed(answer.error().message);
            return;
        }
        m_settings = parseSettings(*answer);
        m_edits.clear();
        Q_EMIT loaded();
        Q_EMIT saved();
    });
}

void SettingsForm::revert()
{
    m_edits.clear();
    Q_EMIT loaded();
}

} // namespace AutoCommit
