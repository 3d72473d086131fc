#pragma once

#include "core/api/apisettings.h"
#include "tray/model/daemonmodel.h"

#include <QMap>

namespace AutoCommit {

/// How a value is best entered.
enum class SettingEditor { Switch, Number, Choice, Text, Lines };

/// The settings of the daemon as a form: what is declared there decides what is shown here, and the daemon alone
/// judges a value. Nothing is written before apply().
class SettingsForm : public QObject
{
    Q_OBJECT

public:
    explicit SettingsForm(DaemonModel &daemon, QObject *parent = nullptr);

    void activate(); ///< loads once

    bool isLoaded() const { return m_loaded; }
    bool isBusy() const { return m_busy; }
    QString file() const { return m_settings.file; }
    const QList<ApiSetting> &settings() const { return m_settings.settings; }

    static QString label(const ApiSetting &setting); ///< "max_file_bytes" -> "Max file bytes"
    static SettingEditor editor(const ApiSetting &setting);
    static QStringList choices(const ApiSetting &setting);
    static QString hint(const ApiSetting &setting); ///< "1 to 64; default: 8", the default where it is not in force
    static QString toText(const ApiSetting &setting, const QJsonValue &value); ///< "50M", "30m", "a, b"
    /// The reverse, as the setting's type wants it. A text that is no number stays text: the daemon says what is wrong.
    static QJsonValue fromText(const ApiSetting &setting, const QString &text);

    QString whyFixed(const ApiSetting &setting) const; ///< why it cannot be changed from here; empty: it can
    QString text(const QString &key) const; ///< as edited, else the value in force
    void setText(const QString &key, const QString &text);
    bool isChanged() const { return !m_edits.isEmpty(); }
    bool isChanged(const QString &key) const { return m_edits.contains(key); }
    void apply();
    void revert();

Q_SIGNALS:
    void loaded(); ///< another set of values: build the form anew
    void edited();
    void saved();
    void failed(const QString &sentence);

private:
    void load();
    const ApiSetting *find(const QString &key) const;

    DaemonModel &m_daemon;
    ApiSettings m_settings;
    QMap<QString, QString> m_edits;
    bool m_active = false;
    bool m_loaded = false;
    bool m_busy = false;
};

} // namespace AutoCommit
