#include "tray/model/settingsform.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <span>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct Unit
{
    char16_t letter;
    qint64 size;
};

/// The letters the configuration file takes, largest first.
std::span<const Unit> unitsOf(const ApiSetting &setting)
{
    static constexpr std::array sizes{Unit{u'G', 1 << 30}, Unit{u'M', 1 << 20}, Unit{u'K', 1 << 10}};
    static constexpr std::array times{Unit{u'd', 86400}, Unit{u'h', 3600}, Unit{u'm', 60}, Unit{u's', 1}};
    if (setting.type == u"size"_s)
        return sizes;
    return setting.type == u"duration"_s ? std::span<const Unit>(times) : std::span<const Unit>();
}

QString numberText(const ApiSetting &setting, qint64 number)
{
    for (const Unit &unit : unitsOf(setting))
        if (number != 0 && number % unit.size == 0)
            return QString::number(number / unit.size) + QChar(unit.letter);
    return QString::number(number);
}

QJsonValue numberFrom(const ApiSetting &setting, const QString &text)
{
    QString digits = text.trimmed();
    qint64 factor = 1;
    for (const Unit &unit : unitsOf(setting)) {
        if (!digits.endsWith(QChar(unit.letter), Qt::CaseInsensitive))
            continue;
        digits.chop(1);
        factor = unit.size;
        break;
    }
    bool isNumber = false;
    const qint64 number = digits.toLongLong(&isNumber);
    return isNumber ? QJsonValue(number * factor) : QJsonValue(text);
}

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
    QStringList words = from.contains(u'|') ? from.split(u'|') : QStringList();
    for (QString &word : words)
        word = word.trimmed();
    return words;
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
    const QString standard = toText(setting, setting.standard);
    if (!setting.standard.isBool() && setting.value != setting.standard)
        parts += standard.isEmpty() ? tr("default: empty") : tr("default: %1").arg(standard);
    return parts.join(u"; "_s);
}

QString SettingsForm::toText(const ApiSetting &setting, const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isDouble())
        return numberText(setting, value.toInteger());
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
    case SettingEditor::Number:
        return numberFrom(setting, text);
    default:
        return text;
    }
}

const ApiSetting *SettingsForm::find(const QString &key) const
{
    const auto at = std::ranges::find(m_settings.settings, key, &ApiSetting::key);
    return at == m_settings.settings.end() ? nullptr : &*at;
}

QString SettingsForm::whyFixed(const ApiSetting &setting) const
{
    if (const QString why = m_daemon.whyNoControl(); !why.isEmpty())
        return why;
    return setting.writable ? QString() : tr("Only the owner of the daemon can change it, on the daemon's own machine");
}

QString SettingsForm::text(const QString &key) const
{
    const ApiSetting *setting = find(key);
    return m_edits.value(key, setting ? toText(*setting, setting->value) : QString());
}

void SettingsForm::setText(const QString &key, const QString &text)
{
    const ApiSetting *setting = find(key);
    if (!setting)
        return;
    if (text == toText(*setting, setting->value))
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
