#include "core/message/subject.h"

#include "core/base/cleantext.h"

#include <QMap>

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestSubject = 72;

struct Gitmoji
{
    const char *type;
    const char *code;
    const char *emoji;
};

constexpr Gitmoji gitmojis[] = {
    {"feat", ":sparkles:", "✨"},
    {"fix", ":bug:", "🐛"},
    {"docs", ":memo:", "📝"},
    {"style", ":art:", "🎨"},
    {"refactor", ":recycle:", "♻️"},
    {"perf", ":zap:", "⚡️"},
    {"test", ":white_check_mark:", "✅"},
    {"build", ":construction_worker:", "👷"},
    {"ci", ":green_heart:", "💚"},
    {"chore", ":wrench:", "🔧"},
};

QString emojiFor(const QString &type, EmojiHabit habit)
{
    for (const Gitmoji &row : gitmojis) {
        if (type == QLatin1String(row.type))
            return QString::fromUtf8(habit == EmojiHabit::Shortcode ? row.code : row.emoji) + u' ';
    }
    return {};
}

/// What the history called this place, else the name of the file or its folder.
QString areaOf(const ChangeView &view, const StyleProfile &style)
{
    QMap<QString, int> votes;
    for (const ChangedFile &file : view.files()) {
        QByteArray key = file.change->path;
        while (!key.isEmpty()) {
            const auto known = style.labelOfPath.constFind(key);
            if (known != style.labelOfPath.constEnd()) {
                votes[*known] += file.change->addedLines + file.change->removedLines + 1;
                break;
            }
            key = key.left(std::max<qsizetype>(0, key.lastIndexOf('/')));
        }
    }
    QString best;
    for (auto it = votes.begin(); it != votes.end(); ++it) {
        if (best.isEmpty() || it.value() > votes[best])
            best = it.key();
    }
    if (!best.isEmpty())
        return best;
    const ChangedFile &first = view.files().first();
    if (view.files().size() == 1 && !style.labelsAreFolders)
        return moduleName(first);
    const ByteView folder = first.directory.sliced(first.directory.lastIndexOf('/') + 1);
    return folder.isEmpty() ? moduleName(first) : displayPath(folder.toByteArray());
}

/// Brackets are often kinds rather than places: "[Fix]", "[Docs]", "[New]".
QString bracketFor(const QString &type, const Fact &main, const StyleProfile &style)
{
    if (main.topic == Topic::Dependency) {
        for (const QString &label : style.labels) {
            if (label.contains("deps"_L1, Qt::CaseInsensitive) || label.contains("dependenc"_L1, Qt::CaseInsensitive))
                return label;
        }
    }
    static const QMap<QString, QStringList> names{
        {u"feat"_s, {u"feat"_s, u"new"_s, u"feature"_s, u"add"_s}},
        {u"fix"_s, {u"fix"_s, u"bugfix"_s, u"bug"_s}},
        {u"docs"_s, {u"docs"_s, u"doc"_s, u"readme"_s, u"documentation"_s}},
        {u"test"_s, {u"tests"_s, u"test"_s}},
        {u"refactor"_s, {u"refactor"_s, u"refactoring"_s}},
        {u"perf"_s, {u"perf"_s, u"performance"_s}},
        {u"ci"_s, {u"ci"_s, u"actions"_s, u"build"_s, u"tests"_s}},
        {u"build"_s, {u"build"_s, u"deps"_s, u"meta"_s}},
        {u"chore"_s, {u"chore"_s, u"meta"_s, u"misc"_s}},
        {u"style"_s, {u"style"_s, u"refactor"_s}},
    };
    for (const QString &name : names.value(type)) {
        for (const QString &label : style.labels) {
            if (label.compare(name, Qt::CaseInsensitive) == 0)
                return label;
        }
    }
    return {};
}

QString withCapital(const QString &text, bool capital)
{
    if (text.isEmpty() || !text[0].isLetter())
        return text;
    return (capital ? text[0].toUpper() : text[0]) + text.mid(1);
}

QString safeLabel(const QString &label)
{
    constexpr qsizetype longestLabel = 30;
    const QString line = cleanLine(label, 200).simplified();
    return line.size() <= longestLabel ? line : QString();
}

} // namespace

QString typeFor(const Fact &main, const ChangeView &view)
{
    if (view.onlyRoles({Role::Docs, Role::Changelog, Role::License, Role::Example}))
        return u"docs"_s;
    if (view.onlyRoles({Role::Test, Role::Fixture}))
        return u"test"_s;
    if (view.onlyRoles({Role::Ci}))
        return u"ci"_s;
    switch (main.topic) {
    case Topic::Release:
    case Topic::Config:
        return u"chore"_s;
    case Topic::Dependency:
        return main.verb == u"bump" || main.verb == u"update" ? u"chore"_s : u"build"_s;
    case Topic::Docs:
    case Topic::Comment:
        return u"docs"_s;
    case Topic::Format:
    case Topic::Import:
        return u"style"_s;
    case Topic::Rename:
        return u"refactor"_s;
    case Topic::Path:
    case Topic::Symbol:
        return main.verb == u"add" || main.verb == u"implement" ? u"feat"_s : u"refactor"_s;
    case Topic::Interface_:
        return u"feat"_s;
    case Topic::Test:
        return u"test"_s;
    case Topic::Ci:
        return u"ci"_s;
    case Topic::Logic:
    case Topic::Value:
    case Topic::Behaviour:
        return u"fix"_s;
    case Topic::Fallback:
        break;
    }
    return u"chore"_s;
}

QString subjectPrefix(const Evidence &evidence, const Fact &main, const QString &type, const QString &scope,
                      const StyleProfile &style)
{
    const QString kind = safeLabel(type).isEmpty() ? typeFor(main, evidence.view) : safeLabel(type);
    const QString emoji = style.emoji == EmojiHabit::None ? QString() : emojiFor(kind, style.emoji);
    const QString place = safeLabel(scope);
    switch (style.convention) {
    case Convention::Conventional:
        return emoji + kind + (place.isEmpty() ? QString() : u'(' + place + u')') + u": "_s;
    case Convention::AreaColon: {
        const QString area = place.isEmpty() ? safeLabel(areaOf(evidence.view, style)) : place;
        return emoji + (area.isEmpty() ? QString() : area + u": "_s);
    }
    case Convention::Bracket: {
        QString label = bracketFor(kind, main, style);
        if (label.isEmpty())
            label = place.isEmpty() ? safeLabel(areaOf(evidence.view, style)) : place;
        return emoji + (label.isEmpty() ? QString() : u'[' + label + u"] "_s);
    }
    case Convention::Plain:
        break;
    }
    return emoji;
}

QString releaseSubject(const Fact &main, const StyleProfile &style)
{
    constexpr double wholeCommit = 76;
    const bool released
        = main.topic == Topic::Release && main.salience >= wholeCommit && main.after.startsWith("to "_L1);
    if (!released || style.releaseText.isEmpty())
        return {};
    QString text = style.releaseText;
    text.replace("{version}"_L1, main.after.mid(3));
    text.replace("{from}"_L1, main.place.text);
    return text.size() <= longestSubject ? text : QString();
}

QString composeSubject(const QString &prefix, const QStringList &texts, const StyleProfile &style)
{
    const qsizetype limit = std::min<qsizetype>(longestSubject, style.maximalLength);
    const QString end = style.finalPeriod ? u"."_s : QString();
    for (const qsizetype most : {limit, longestSubject}) {
        for (const QString &text : texts) {
            const QString line = prefix + withCapital(text, style.capitalised) + end;
            if (line.size() <= most)
                return line;
        }
    }
    return {};
}

} // namespace AutoCommit::Wording
