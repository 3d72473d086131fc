#include "core/message/subject.h"

#include "core/base/cleantext.h"
#include "core/message/facts.h"

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
    {"release", ":bookmark:", "🔖"},
    {"upgrade", ":arrow_up:", "⬆️"},
};

/// Some things have an emoji of their own, whatever the type.
QString emojiKind(const QString &type, const Fact &main)
{
    if (main.topic == Topic::Release && main.verb == "bump"_L1)
        return u"release"_s;
    const bool upgrade = main.topic == Topic::Dependency && (main.verb == "bump"_L1 || main.verb == "update"_L1);
    return upgrade ? u"upgrade"_s : type;
}

QString emojiFor(const QString &type, EmojiHabit habit)
{
    for (const Gitmoji &row : gitmojis) {
        if (type == QLatin1String(row.type))
            return QString::fromUtf8(habit == EmojiHabit::Shortcode ? row.code : row.emoji) + u' ';
    }
    return {};
}

/// What the history called the file, or the nearest of its folders.
QString knownLabel(const ChangedFile &file, const StyleProfile &style)
{
    for (QByteArray key = file.change->path; !key.isEmpty();
         key = key.left(std::max<qsizetype>(0, key.lastIndexOf('/')))) {
        const auto known = style.labelOfPath.constFind(key);
        if (known != style.labelOfPath.constEnd())
            return *known;
    }
    return {};
}

/// The area of the file that the text is about: another one would make the subject wrong.
QString areaOf(const ChangeView &view, const Fact &main, const StyleProfile &style)
{
    const ChangedFile &file = view.files().at(main.file);
    const QString known = knownLabel(file, style);
    if (file.role == Role::Ci) { // a feature's label that once went over a workflow too says nothing of workflows
        static const QStringList fitting{u"ci"_s, u"gh"_s, u"github"_s, u"actions"_s, u"workflow"_s, u"build"_s};
        const bool fits = std::any_of(fitting.begin(), fitting.end(),
                                      [&](const QString &word) { return known.contains(word, Qt::CaseInsensitive); });
        return fits ? known : u"ci"_s;
    }
    if (!known.isEmpty())
        return known;
    if (file.role == Role::Manifest || file.role == Role::Lock)
        return shownFile(file);
    if (view.files().size() == 1 && !style.labelsAreFolders)
        return moduleName(file);
    const ByteView folder = file.directory.sliced(file.directory.lastIndexOf('/') + 1);
    return folder.isEmpty() ? moduleName(file) : displayPath(folder.toByteArray());
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

/// "BUG: text", "DOC: text": for some the word before the colon is a kind, as in NumPy and its neighbours. Empty for
/// those who name places there. `known`: what the place mostly got, which a few kinds go by.
QString kindLabel(const QString &type, const QString &known, const StyleProfile &style)
{
    static const QStringList kinds{u"API"_s,  u"BLD"_s,   u"BUG"_s,  u"CI"_s,   u"CLN"_s,  u"DEP"_s,
                                   u"DEPR"_s, u"DOC"_s,   u"DOCS"_s, u"ENH"_s,  u"FEAT"_s, u"FIX"_s,
                                   u"FMT"_s,  u"MAINT"_s, u"MNT"_s,  u"PERF"_s, u"REF"_s,  u"REL"_s,
                                   u"STY"_s,  u"TST"_s,   u"TEST"_s, u"TYP"_s,  u"TYPO"_s};
    const QStringList usual = style.labels.first(std::min<qsizetype>(style.labels.size(), 5));
    const auto count = std::count_if(usual.begin(), usual.end(), [](const QString &l) { return kinds.contains(l); });
    if (count < 2 || count * 2 < usual.size())
        return {};
    if (known == "TYP"_L1 || known == "CI"_L1 || known == "BLD"_L1)
        return known;
    static const QMap<QString, QStringList> names{
        {u"feat"_s, {u"ENH"_s, u"FEAT"_s}}, {u"fix"_s, {u"BUG"_s, u"FIX"_s}},   {u"docs"_s, {u"DOC"_s, u"DOCS"_s}},
        {u"test"_s, {u"TST"_s, u"TEST"_s}}, {u"ci"_s, {u"CI"_s, u"BLD"_s}},     {u"build"_s, {u"BLD"_s}},
        {u"perf"_s, {u"PERF"_s, u"ENH"_s}}, {u"style"_s, {u"STY"_s, u"CLN"_s}}, {u"refactor"_s, {u"REF"_s, u"CLN"_s}},
    };
    for (const QString &name : names.value(type) + QStringList{u"MAINT"_s, u"MNT"_s, u"CLN"_s}) {
        if (style.labels.contains(name))
            return name;
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
    if (view.onlyRoles({Role::Build}))
        return u"build"_s;
    if (view.onlyRoles({Role::Asset, Role::Config, Role::Ignore, Role::Generated, Role::Translation}))
        return u"chore"_s;
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
    const bool release = main.topic == Topic::Release && main.salience >= certainRelease;
    const QString kind = safeLabel(type).isEmpty() || (release && (type == "fix"_L1 || type == "feat"_L1))
        ? typeFor(main, evidence.view) // "fix" was read off the log of what others mended
        : safeLabel(type);
    const QString emoji = style.emoji == EmojiHabit::None ? QString() : emojiFor(emojiKind(kind, main), style.emoji);
    const QString place = safeLabel(scope);
    switch (style.convention) {
    case Convention::Conventional:
        return emoji + kind + (place.isEmpty() ? QString() : u'(' + place + u')') + u": "_s;
    case Convention::AreaColon: {
        QString area = kindLabel(kind, knownLabel(evidence.view.files().at(main.file), style), style);
        if (area.isEmpty())
            area = place.isEmpty() ? safeLabel(areaOf(evidence.view, main, style)) : place;
        return emoji + (area.isEmpty() ? QString() : area + u": "_s);
    }
    case Convention::Bracket: {
        QString label = bracketFor(kind, main, style);
        if (label.isEmpty())
            label = place.isEmpty() ? safeLabel(areaOf(evidence.view, main, style)) : place;
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
    const auto lineOf = [&](const QString &text) { return prefix + withCapital(text, style.capitalised) + end; };
    for (const qsizetype most : {limit, longestSubject}) {
        for (const QString &text : texts) {
            const QString line = lineOf(text);
            if (line.size() > most)
                continue;
            const bool hidesOne = text.contains(" and 1 more"_L1); // a habit of short subjects is no reason for that
            return hidesOne && lineOf(texts.first()).size() <= longestSubject ? lineOf(texts.first()) : line;
        }
    }
    return {};
}

} // namespace AutoCommit::Wording
