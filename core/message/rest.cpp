#include "core/message/rest.h"

#include "core/message/body.h"
#include "core/message/styleverb.h"
#include "core/message/subject.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

QString verbFor(const ChangedFile &file)
{
    return file.change->kind == ChangeKind::Added  ? u"add"_s
        : file.change->kind == ChangeKind::Deleted ? u"remove"_s
                                                   : u"change"_s;
}

/// Does it read as if these files were the commit?
bool isFileList(const Fact &fact)
{
    return !fact.names.isEmpty() && fact.names.first().kind == WordKind::File
        && (fact.topic == Topic::Path || fact.topic == Topic::Fallback || fact.topic == Topic::Docs
            || fact.topic == Topic::Test || fact.topic == Topic::Ci);
}

bool follows(Role role)
{
    return role == Role::Lock || role == Role::Generated || role == Role::Changelog || role == Role::Fixture;
}

/// As other files write it: "utils" of utils.py.
QByteArray writtenName(const Name &name)
{
    QByteArray text = name.text.toUtf8();
    if (name.kind == WordKind::File) {
        text = text.mid(text.lastIndexOf('/') + 1);
        text.truncate(std::max<qsizetype>(text.indexOf('.'), text.contains('.') ? 0 : text.size()));
    }
    constexpr qsizetype shortest = 3; // anything else is in every line
    return text.size() < shortest ? QByteArray() : text;
}

/// Do its changed lines hold one of the names?
bool isMentioned(const Fact &main, const ChangedFile &file, const ChangeView &view)
{
    QByteArrayList words;
    for (const Name &name : main.names + QList<Name>{main.place})
        if (const QByteArray word = writtenName(name); !word.isEmpty())
            words.append(word);
    const auto holds = [&](const QList<Line> &lines) {
        return std::any_of(lines.begin(), lines.end(), [&](const Line &line) {
            return std::any_of(words.begin(), words.end(),
                               [&](const QByteArray &word) { return line.raw.contains(word); });
        });
    };
    return std::any_of(view.blocks().begin(), view.blocks().end(), [&](const Block &block) {
        return block.file == &file && (holds(block.added) || holds(block.removed));
    });
}

/// What happened to the changed files, a line each; the files that are told of are taken out of `beside`.
QStringList factLines(QList<const ChangedFile *> &beside, const Facts &ranked, const StyleProfile &style,
                      const QString &scope)
{
    constexpr qsizetype mostLines = 4;
    constexpr qsizetype longest = 72;
    QStringList lines;
    for (const Fact &fact : ranked) {
        const QList<qsizetype> files = fact.alsoFiles + QList<qsizetype>{fact.file};
        const auto isChanged
            = [&](const ChangedFile *file) { return files.contains(file->index) && verbFor(*file) == "change"_L1; };
        const bool vague = fact.topic == Topic::Fallback || fact.topic == Topic::Behaviour
            || fact.topic == Topic::Import || fact.topic == Topic::Format
            || (fact.topic == Topic::Logic && fact.place.text.isEmpty()) // "use x": where?
            || (!fact.names.isEmpty() && fact.names.first().kind == WordKind::File);
        if (vague || std::none_of(beside.begin(), beside.end(), isChanged))
            continue;
        const QString text = phrasings(fact, style, scope).value(0);
        if (text.isEmpty() || text.size() > longest)
            continue;
        lines.append(bodyLine(text));
        beside.removeIf(isChanged);
        if (lines.size() == mostLines)
            break;
    }
    return lines;
}

} // namespace

QList<const ChangedFile *> filesBeside(const Fact &main, const ChangeView &view)
{
    QList<const ChangedFile *> beside;
    if (main.topic == Topic::Release || main.after == "project"_L1)
        return beside;
    QList<qsizetype> told = main.alsoFiles;
    told.append(main.file);
    const ChangedFile &first = view.files().at(main.file);
    for (const ChangedFile &file : view.files()) {
        if (told.contains(file.index))
            continue;
        if (!isFileList(main)) {
            const bool sameThing = foldedName(file.stem) == foldedName(first.stem);
            if (sameThing || follows(file.role) || file.role == Role::Test || isMentioned(main, file, view))
                continue;
        } else if (file.change->kind == ChangeKind::Modified && isMentioned(main, file, view)) {
            continue; // "move utils.py to lib" and who imports it
        }
        beside.append(&file);
    }
    return beside;
}

Fact withFilesBeside(const Fact &main, QList<const ChangedFile *> &beside)
{
    const bool same = std::all_of(beside.begin(), beside.end(),
                                  [&](const ChangedFile *file) { return verbFor(*file) == main.verb; });
    if (!isFileList(main) || !same || !main.after.isEmpty() || !main.before.isEmpty() || !main.place.text.isEmpty())
        return main;
    Fact whole = main;
    for (const ChangedFile *file : std::exchange(beside, {})) {
        whole.names.append({shownFile(*file), WordKind::File});
        whole.alsoFiles.append(file->index);
    }
    return whole;
}

QString tailFor(const Fact &main, const QList<const ChangedFile *> &beside, const StyleProfile &style)
{
    if (!isFileList(main) || beside.size() != 1)
        return {};
    const ChangedFile &file = *beside.first();
    const QString verb = verbFor(file) == main.verb ? QString() : inflected(verbFor(file), style.verbForm) + u' ';
    const QString mark = style.backticks ? u"`"_s : QString();
    return u" and "_s + verb + mark + shownFile(file) + mark;
}

QString linesFor(QList<const ChangedFile *> beside, const Facts &ranked, const StyleProfile &style,
                 const QString &scope)
{
    constexpr qsizetype mostNamed = 6;
    QStringList lines = factLines(beside, ranked, style, scope);
    for (const QString &verb : {u"add"_s, u"change"_s, u"remove"_s}) {
        QStringList names;
        for (const ChangedFile *file : beside)
            if (verbFor(*file) == verb)
                names.append(shownFile(*file));
        if (names.isEmpty())
            continue;
        if (const qsizetype more = names.size() - mostNamed; more > 0)
            names = names.first(mostNamed) + QStringList{QString::number(more) + u" more"_s};
        const QString last = names.takeLast();
        lines.append(bodyLine(inflected(verb, style.verbForm) + u' '
                              + (names.isEmpty() ? last : names.join(u", "_s) + u" and "_s + last)));
    }
    return lines.join(u'\n');
}

} // namespace AutoCommit::Wording
