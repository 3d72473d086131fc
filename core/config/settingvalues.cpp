#include "core/config/quiethours.h"
#include "core/config/settingspecs.h"

#include "core/base/cleantext.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using enum SettingUnit;
using S = Settings;

Error refused(const SettingSpec &spec, const QString &given)
{
    const QString range = spec.rangeText();
    return {ErrorKind::Config,
            u"%1 must be a %2%3, not \"%4\""_s.arg(
                spec.name(), spec.typeName(), range.isEmpty() ? QString() : u" ("_s + range + u')', cleanLine(given))};
}

/// Texts end up in commit messages, headers and command lines, where another line would be somebody else's.
bool isOneLine(QStringView text)
{
    return std::ranges::none_of(text, [](QChar c) {
        const auto category = c.category();
        return category == QChar::Other_Control || category == QChar::Separator_Line
            || category == QChar::Separator_Paragraph;
    });
}

Error notOneLine(const SettingSpec &spec)
{
    return {ErrorKind::Config, u"%1 must be one line without control characters"_s.arg(spec.name())};
}

std::optional<qint64> parseNumber(const QString &text)
{
    bool ok = false;
    const qint64 value = text.trimmed().toLongLong(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

/// "512", "50M", "90s": a number and one letter out of `letters`, whose factors are in `factors`.
std::optional<qint64> parseScaled(QString text, QLatin1StringView letters, std::span<const qint64> factors)
{
    text = text.trimmed().toLower();
    qint64 factor = 1;
    if (!text.isEmpty()) {
        if (const qsizetype at = QString(letters).indexOf(text.back()); at >= 0) {
            factor = factors[static_cast<std::size_t>(at)];
            text.chop(1);
        }
    }
    const auto value = parseNumber(text);
    if (!value || *value < 0 || *value > std::numeric_limits<qint64>::max() / factor)
        return std::nullopt;
    return *value * factor;
}

std::optional<qint64> parseBytes(QString text)
{
    static constexpr std::array<qint64, 4> factors{1024, 1 << 20, 1 << 30, 1};
    if (text.endsWith("iB"_L1, Qt::CaseInsensitive))
        text.chop(2);
    return parseScaled(text, "kmgb"_L1, factors);
}

std::optional<qint64> parseSeconds(const QString &text)
{
    static constexpr std::array<qint64, 4> factors{1, 60, 3600, 86400};
    return parseScaled(text, "smhd"_L1, factors);
}

std::optional<bool> parseBool(const QString &text)
{
    const QString word = text.trimmed().toLower();
    if (QStringList{u"true"_s, u"yes"_s, u"on"_s, u"1"_s}.contains(word))
        return true;
    if (QStringList{u"false"_s, u"no"_s, u"off"_s, u"0"_s}.contains(word))
        return false;
    return std::nullopt;
}

bool inRange(const SettingSpec &spec, qint64 value)
{
    return value >= spec.min && value <= spec.max;
}

bool isChoice(const SettingSpec &spec, const QString &word)
{
    return !spec.choices || QString::fromLatin1(spec.choices).split(u'|').contains(word);
}

bool areItems(const SettingSpec &spec, const QStringList &items)
{
    return !spec.timesOfDay
        || std::ranges::all_of(items, [](const QString &item) { return parseDailyRange(item).has_value(); });
}

/// Sets the member by the text's meaning; false when it has none.
struct ApplyText
{
    const SettingSpec &spec;
    const QString &text;
    Settings &settings;

    bool operator()(bool S::*member) const
    {
        const auto value = parseBool(text);
        return value && (settings.*member = *value, true);
    }
    bool operator()(qint64 S::*member) const
    {
        const auto value = spec.unit == Bytes ? parseBytes(text) : parseNumber(text);
        return value && inRange(spec, *value) && (settings.*member = *value, true);
    }
    bool operator()(std::chrono::seconds S::*member) const
    {
        const auto value = parseSeconds(text);
        return value && inRange(spec, *value) && (settings.*member = std::chrono::seconds(*value), true);
    }
    bool operator()(QString S::*member) const { return isChoice(spec, text) && (settings.*member = text, true); }
    bool operator()(QStringList S::*member) const
    {
        QStringList items;
        for (const QString &item : text.split(u',', Qt::SkipEmptyParts))
            items += item.trimmed();
        return areItems(spec, items) && (settings.*member = items, true);
    }
};

QString bytesText(qint64 bytes)
{
    constexpr qint64 mega = 1LL << 20;
    if (bytes >= mega && bytes % mega == 0)
        return QString::number(bytes / mega) + u'M';
    return bytes >= 1024 && bytes % 1024 == 0 ? QString::number(bytes / 1024) + u'K' : QString::number(bytes);
}

QString unitText(SettingUnit unit, qint64 value)
{
    return unit == Bytes ? bytesText(value) : QString::number(value);
}

} // namespace

QString SettingSpec::typeName() const
{
    static constexpr std::array names{"yes or no"_L1, "number"_L1, "duration"_L1, "text"_L1, "list"_L1};
    return unit == Bytes ? u"size"_s : QString(names[member.index()]);
}

QString SettingSpec::rangeText() const
{
    if (choices)
        return QString::fromLatin1(choices).replace(u'|', u" | "_s);
    if (timesOfDay)
        return u"of HH:MM-HH:MM, such as 22:00-07:00"_s;
    if (max == 0)
        return {};
    const QString suffix = std::holds_alternative<std::chrono::seconds Settings::*>(member) ? u" seconds"_s
        : unit == Percent                                                                   ? u" %"_s
                                                                                            : QString();
    return u"%1 to %2%3"_s.arg(unitText(unit, min), unitText(unit, max), suffix);
}

Status applyText(const SettingSpec &spec, const QString &text, Settings &settings)
{
    if (!isOneLine(text))
        return notOneLine(spec);
    if (std::visit(ApplyText{spec, text, settings}, spec.member))
        return {};
    return refused(spec, text);
}

Status applyJson(const SettingSpec &spec, const QJsonValue &value, Settings &settings)
{
    const bool wantsBool = std::holds_alternative<bool S::*>(spec.member);
    const bool wantsList = std::holds_alternative<QStringList S::*>(spec.member);
    const bool wantsText = std::holds_alternative<QString S::*>(spec.member);
    if (value.isBool() && wantsBool)
        return applyText(spec, value.toBool() ? u"true"_s : u"false"_s, settings);
    if (value.isDouble() && !wantsBool && !wantsList && !wantsText) {
        const double number = value.toDouble();
        if (number != static_cast<double>(static_cast<qint64>(number)))
            return refused(spec, QString::number(number));
        return applyText(spec, QString::number(static_cast<qint64>(number)), settings);
    }
    if (value.isString() && !wantsBool && !wantsList)
        return applyText(spec, value.toString(), settings);
    if (value.isArray() && wantsList) {
        QStringList items;
        for (const QJsonValue &item : value.toArray()) {
            if (!item.isString())
                return refused(spec, u"a list with something that is not text"_s);
            if (!isOneLine(item.toString()))
                return notOneLine(spec);
            items += item.toString();
        }
        if (!areItems(spec, items))
            return refused(spec, items.join(u", "_s));
        settings.*std::get<QStringList S::*>(spec.member) = items;
        return {};
    }
    return refused(spec, value.toVariant().toString());
}

QString settingText(const SettingSpec &spec, const Settings &settings)
{
    return std::visit(
        [&]<typename T>(T S::*member) -> QString {
            const T &value = settings.*member;
            if constexpr (std::is_same_v<T, bool>)
                return value ? u"true"_s : u"false"_s;
            else if constexpr (std::is_same_v<T, qint64>)
                return unitText(spec.unit, value);
            else if constexpr (std::is_same_v<T, std::chrono::seconds>)
                return QString::number(value.count());
            else if constexpr (std::is_same_v<T, QStringList>)
                return value.join(u',');
            else
                return value;
        },
        spec.member);
}

QJsonValue settingJson(const SettingSpec &spec, const Settings &settings)
{
    return std::visit(
        [&]<typename T>(T S::*member) -> QJsonValue {
            const T &value = settings.*member;
            if constexpr (std::is_same_v<T, std::chrono::seconds>)
                return static_cast<qint64>(value.count());
            else if constexpr (std::is_same_v<T, QStringList>)
                return QJsonArray::fromStringList(value);
            else
                return value;
        },
        spec.member);
}

} // namespace AutoCommit
