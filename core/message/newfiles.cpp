#include "core/message/facts.h"
#include "core/message/safety.h"
#include "core/message/scan.h"

#include "core/base/cleantext.h"

#include <QHash>

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

/// The lines of a file that is new as a whole.
const QList<Line> *linesOfNewFile(const ChangeView &view, const ChangedFile &file)
{
    for (const Block &block : view.blocks()) {
        if (block.file == &file)
            return &block.added;
    }
    return nullptr;
}

/// Text behind "# " of the first heading, or of a front matter's "title:".
ByteView headingOf(const QList<Line> &lines, Lang lang)
{
    constexpr qsizetype linesLooked = 30;
    for (qsizetype i = 0; i < std::min(lines.size(), linesLooked); ++i) {
        const ByteView text = lines[i].text;
        if (text.startsWith("title:"))
            return unquoted(text.sliced(6).trimmed());
        if (lang == Lang::Markdown && text.startsWith('#')) {
            qsizetype level = 0;
            while (level < text.size() && text[level] == '#')
                ++level;
            return text.sliced(level).trimmed();
        }
        const bool underlined = i + 1 < lines.size() && lines[i + 1].text.size() >= 3
            && (lines[i + 1].text.startsWith("===") || lines[i + 1].text.startsWith("---")
                || lines[i + 1].text.startsWith("***"));
        if (underlined && !text.isEmpty())
            return text;
        if (lang == Lang::Rst && text.startsWith("= "))
            return text.sliced(2).trimmed();
    }
    return {};
}

/// "name: Release" of a workflow, `"name": "@x/y"` of a package, `name = "y"` of a crate.
ByteView declaredName(const QList<Line> &lines)
{
    constexpr qsizetype linesLooked = 12;
    for (qsizetype i = 0; i < std::min(lines.size(), linesLooked); ++i) {
        ByteView text = lines[i].text;
        if (text.startsWith("module "))
            return text.sliced(7).trimmed();
        for (const char *key : {"name:", "\"name\":", "name ="}) {
            if (!text.startsWith(key))
                continue;
            text = text.sliced(ByteView(key).size()).trimmed();
            if (text.endsWith(','))
                text.chop(1);
            return unquoted(text);
        }
    }
    return {};
}

/// The definition a new source file exists for: named like the file, else the only or the first one seen from outside.
std::optional<Definition> mainDefinition(const QList<Line> &lines, const ChangedFile &file)
{
    std::optional<Definition> best;
    int bestScore = 0;
    int count = 0;
    const QByteArray stem = foldedName(file.stem);
    for (const Line &line : lines) {
        if (!line.isCodeLine() || line.indent > 4)
            continue;
        const auto &found = line.definition;
        if (!found || found->kind == DefKind::Module || found->name.size() < 3)
            continue;
        ++count;
        Definition main = *found;
        if (isCallable(main.kind) && !main.owner.isEmpty()
            && foldedName(main.owner) == stem) // a method: its class is the thing
            main = Definition{.kind = DefKind::Class, .name = main.owner};
        const QByteArray folded = foldedName(main.name);
        int score = folded == stem ? 100 : stem.size() > 3 && folded.contains(stem) ? 40 : 0;
        score += main.exported ? 20 : 0;
        score += isContainer(main.kind) ? 15 : isCallable(main.kind) ? 8 : 0;
        score -= line.indent > 0 ? 30 : 0;
        if (score > bestScore) {
            best = main;
            bestScore = score;
        }
    }
    const ByteView folder = file.directory.sliced(file.directory.lastIndexOf('/') + 1);
    constexpr int namedAlike = 100;
    if (foldedName(folder) == stem && bestScore < namedAlike) // the main file of a package: the package is the thing
        return {};
    return bestScore >= 35 || (count == 1 && best) ? best : std::nullopt;
}

void describeSource(Fact &fact, const ChangedFile &file, const QList<Line> *lines)
{
    const ByteView extension = file.name.sliced(file.name.lastIndexOf('.') + 1);
    const bool component = isOneOf(extension, "vue svelte tsx jsx astro") && isUpper(file.stem[0]);
    if (component) {
        fact.names = {codeName(file.stem)};
        fact.after = u"component"_s;
        return;
    }
    if (file.lang == Lang::Shell) {
        fact.names = {{shownFile(file), WordKind::File}};
        fact.after = file.name.contains('.') ? QString() : u"script"_s;
        return;
    }
    if (file.lang == Lang::Css) {
        fact.names = {{moduleName(file), WordKind::Code}};
        fact.after = u"styles"_s;
        return;
    }
    if (const auto found = lines ? mainDefinition(*lines, file) : std::nullopt) {
        fact.names = {nameOf(*found)};
        if (!fact.names.first().text.isEmpty())
            return;
    }
    const bool module = isCode(file.lang) && !isOneOf(file.stem, "index main mod lib __init__");
    fact.names = {module ? Name{moduleName(file), WordKind::Code} : Name{shownFile(file), WordKind::File}};
    fact.after = module ? u"module"_s : QString();
}

void describeDocs(Fact &fact, const ChangedFile &file, const QList<Line> *lines)
{
    constexpr qsizetype longestHeading = 40;
    if (foldedName(file.stem) == "readme") {
        fact.names = {{u"README"_s, WordKind::File}};
        if (!file.directory.isEmpty()) {
            fact.link = u"for"_s;
            fact.place = {displayPath(file.directory.sliced(file.directory.lastIndexOf('/') + 1).toByteArray()),
                          WordKind::File};
        }
        return;
    }
    const QString heading = lines ? safeProse(headingOf(*lines, file.lang), longestHeading) : QString();
    if (heading.isEmpty() || isUpper(file.stem[0])) { // CONTRIBUTING.md, SECURITY.md
        fact.names = {{shownFile(file), WordKind::File}};
        return;
    }
    fact.names = {{heading, WordKind::Title}};
    fact.after = u"page"_s;
}

/// What mostly stood elsewhere before is not new.
bool mostlyMoved(const QList<Line> &lines)
{
    const auto moved = std::count_if(lines.begin(), lines.end(), [](const Line &l) { return l.moved; });
    const auto filled = std::count_if(lines.begin(), lines.end(), [](const Line &l) { return l.text.size() > 4; });
    return moved * 2 > filled;
}

void describeTest(Fact &fact, const ChangedFile &file)
{
    fact.topic = Topic::Test;
    if (isOneOf(file.stem, "conftest helpers utils setup mod lib main") || foldedName(file.stem).contains("test"))
        return;
    fact.before = u"tests for"_s;
    fact.names = {{moduleName(file), WordKind::Code}};
}

void describeWorkflow(Fact &fact, const ChangedFile &file, const QList<Line> *lines)
{
    constexpr qsizetype longestTitle = 40;
    const QString title = lines ? safeProse(declaredName(*lines), longestTitle) : QString();
    fact.topic = Topic::Ci;
    if (title.isEmpty() || !file.change->path.startsWith(".github/workflows/"))
        return;
    fact.names = {{title, WordKind::Title}};
    fact.after = u"workflow"_s;
}

/// A manifest below the top brings a package.
void describeManifest(Fact &fact, const ChangedFile &file, const QList<Line> *lines)
{
    if (file.directory.isEmpty())
        return;
    constexpr double wholePackage = 74;
    const QString name = lines ? safeName(declaredName(*lines)) : QString();
    if (file.name == ByteView("pom.xml")) {
        const ByteView folder = file.directory.sliced(file.directory.lastIndexOf('/') + 1);
        fact.names = {{displayPath(folder.toByteArray()), WordKind::Code}};
        fact.after = u"module"_s;
        fact.salience = wholePackage;
    } else if (!name.isEmpty()) {
        fact.names = {{name, WordKind::Code}};
        fact.after = u"package"_s;
        fact.salience = wholePackage;
    }
}

Fact newFileFact(const ChangedFile &file, const QList<Line> *lines)
{
    Fact fact{.topic = Topic::Path, .verb = u"add"_s, .names = {{shownFile(file), WordKind::File}}, .file = file.index};
    fact.lines = std::max(1, file.change->addedLines);
    fact.salience = 68;
    switch (file.role) {
    case Role::Test:
        describeTest(fact, file);
        break;
    case Role::Source:
        describeSource(fact, file, lines);
        break;
    case Role::Example:
        fact.after = u"example"_s;
        fact.names = {{moduleName(file), WordKind::Code}};
        fact.salience = 50;
        break;
    case Role::Docs:
        describeDocs(fact, file, lines);
        fact.topic = Topic::Docs;
        break;
    case Role::Ci:
        describeWorkflow(fact, file, lines);
        break;
    case Role::Manifest:
        describeManifest(fact, file, lines);
        break;
    case Role::Fixture:
    case Role::Generated:
        fact.salience = 25;
        break;
    case Role::Asset:
        fact.salience = 45;
        break;
    case Role::Changelog:
    case Role::Lock:
        fact.salience = 8;
        break;
    default:
        fact.salience = 58;
        break;
    }
    return fact;
}

/// "tide" of project(tide …), of a manifest's name, of the README's heading.
QString projectName(const ChangedFile &file, const QList<Line> &lines)
{
    constexpr qsizetype longestTitle = 30;
    for (const Line &line : lines) {
        Scanner at(line.text);
        if (file.lang == Lang::CMake && at.accept("project("))
            return safeName(at.looseWord("-."));
    }
    if (file.role == Role::Manifest) {
        const ByteView name = declaredName(lines);
        return safeName(name.startsWith('@') ? name : name.sliced(name.lastIndexOf('/') + 1));
    }
    return foldedName(file.stem) == "readme" ? safeProse(headingOf(lines, file.lang), longestTitle) : QString();
}

/// Everything is new, and what stands at the top says that it is a project: "add tide project".
void addProjectFact(const ChangeView &view, Facts &facts)
{
    constexpr qsizetype fewestFiles = 4;
    constexpr int fewestSigns = 2;
    const bool allNew = std::all_of(view.files().begin(), view.files().end(),
                                    [](const ChangedFile &file) { return file.change->kind == ChangeKind::Added; });
    if (!allNew || view.files().size() < fewestFiles)
        return;
    int signs = 0;
    Fact fact{.topic = Topic::Path, .verb = u"add"_s, .lines = view.changedLines(), .salience = 99, .mergeable = false};
    fact.names = {{u"initial"_s, WordKind::Plain}};
    fact.after = u"project"_s;
    for (const ChangedFile &file : view.files()) {
        if (file.role == Role::Source && view.files().at(fact.file).role != Role::Source)
            fact.file = file.index;
        const bool readme = foldedName(file.stem) == "readme";
        const bool sign = readme || file.role == Role::Manifest || file.role == Role::Build
            || file.role == Role::License || file.role == Role::Ignore;
        if (!file.directory.isEmpty() || !sign)
            continue;
        ++signs;
        const QList<Line> *const lines = linesOfNewFile(view, file);
        const QString name = lines ? projectName(file, *lines) : QString();
        if (!name.isEmpty() && (fact.names.first().kind == WordKind::Plain || !readme))
            fact.names = {{name, WordKind::Code}};
    }
    if (signs >= fewestSigns)
        facts.append(fact);
}

} // namespace

void addNewFileFacts(const Evidence &evidence, Facts &facts)
{
    addProjectFact(evidence.view, facts);
    QHash<QByteArray, qsizetype> known; // a class and its header, source and form are one thing
    Facts found;
    for (const ChangedFile &file : evidence.view.files()) {
        const FileChange &change = *file.change;
        if (change.kind != ChangeKind::Added || (change.newMode & 0170000) == 0120000 || change.newMode == 0160000)
            continue;
        const QList<Line> *const lines = linesOfNewFile(evidence.view, file);
        Fact fact = newFileFact(file, lines);
        if (lines && mostlyMoved(*lines))
            fact.salience *= 0.5;
        const QByteArray key = foldedName(file.stem) + (file.role == Role::Source ? '\0' : 'x')
            + QByteArray::number(static_cast<int>(file.role));
        const auto same = file.role == Role::Source ? known.constFind(key) : known.constEnd();
        if (same == known.constEnd()) {
            known.insert(key, found.size());
            found.append(fact);
            continue;
        }
        Fact &first = found[*same];
        const int sum = first.lines + fact.lines;
        const QList<qsizetype> files = first.alsoFiles + QList<qsizetype>{first.file, fact.file};
        if (!first.after.isEmpty()
            || (fact.after.isEmpty() && fact.names.first().kind == WordKind::Code
                && first.names.first().kind != WordKind::Code))
            first = fact;
        first.lines = sum;
        if (first.names.isEmpty() || first.names.first().kind != WordKind::File) // else one of them is named, no more
            first.alsoFiles = files;
    }
    facts.append(found);
}

} // namespace AutoCommit::Wording
