#include "core/message/facts.h"
#include "core/message/requirement.h"
#include "core/message/safety.h"

#include <QSet>

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

struct OwnVersion
{
    ByteView from{};
    ByteView to{};
    qsizetype file = 0;
    int files = 0;
    bool several = false; ///< packages that went to different versions
};

/// `any`: a version beside a development version counts, whatever is written on it.
ByteView ownVersionIn(const Block &block, const QList<Line> &side, bool any)
{
    for (qsizetype i = 0; i < side.size(); ++i) {
        QList<ByteView> above;
        for (const QByteArray &line : block.hunk->before)
            above.append(ByteView(line).trimmed());
        const auto found = requirementOf(*block.file, side[i].text, above);
        if (found && (found->own || (any && !found->version.isEmpty())))
            return found->version;
    }
    return {};
}

/// "## [1.2.0] - 2024-01-01" -> 1.2.0
ByteView versionHeading(const Line &line)
{
    const bool bare = line.indent == 0 && line.text.size() > 4
        && (isDigit(line.text[0]) || ((line.text[0] == 'v' || line.text[0] == '[') && isDigit(line.text[1])))
        && line.text.first(8 < line.text.size() ? 8 : line.text.size()).count('.') >= 1;
    if (!line.text.startsWith('#') && !bare && !line.text.startsWith("Version "))
        return {};
    qsizetype i = 0;
    while (i < line.text.size() && !isDigit(line.text[i]))
        ++i;
    qsizetype end = i;
    while (end < line.text.size() && (isWordChar(line.text[end]) || line.text[end] == '.' || line.text[end] == '-'))
        ++end;
    ByteView version = line.text.sliced(i, end - i);
    while (version.endsWith('-') || version.endsWith('.'))
        version.chop(1);
    return isVersion(version) && i <= 14 ? version : ByteView();
}

bool belongsToRelease(const ChangedFile &file, bool versionOnly)
{
    return versionOnly || file.role == Role::Lock || file.role == Role::Changelog || file.role == Role::Generated;
}

/// The version of the project before and after, as all files of the change tell it.
OwnVersion ownVersion(const ChangeView &view, QSet<qsizetype> &touched)
{
    OwnVersion own;
    for (const Block &block : view.blocks()) {
        if (block.file->change->kind == ChangeKind::Added || block.file->role == Role::Fixture
            || block.file->role == Role::Test)
            continue;
        ByteView to = ownVersionIn(block, block.added, false);
        ByteView from = ownVersionIn(block, block.removed, false);
        if (block.file->lang == Lang::Html && to.isEmpty() != from.isEmpty()) {
            to = ownVersionIn(block, block.added, true);
            from = ownVersionIn(block, block.removed, true);
        }
        if (to.isEmpty() || from.isEmpty() || to == from)
            continue;
        touched.insert(block.file->index);
        own.several |= !own.to.isEmpty() && own.to != to;
        own.from = from;
        if (own.to.isEmpty())
            own.file = block.file->index;
        own.to = to;
        ++own.files;
    }
    return own;
}

bool isLogged(const ChangeView &view, ByteView version)
{
    return std::any_of(view.blocks().begin(), view.blocks().end(), [&](const Block &block) {
        return block.file->role == Role::Changelog
            && std::any_of(block.added.begin(), block.added.end(),
                           [&](const Line &line) { return versionHeading(line) == version; });
    });
}

/// The more of the commit the new version explains, the surer it is a release. `otherLines`: those it does not.
double releaseSalience(const OwnVersion &own, const ChangeView &view, int otherLines)
{
    constexpr int fewLines = 12;
    constexpr int manyFiles = 5;
    if (otherLines == 0)
        return certainRelease;
    if (isLogged(view, own.to) && !own.several)
        return 100;
    if (own.files >= manyFiles && otherLines * 5 < view.changedLines())
        return 90;
    return otherLines <= fewLines ? 76 : 40;
}

Fact versionFact(const OwnVersion &own, const ChangeView &view, int otherLines)
{
    Fact fact{.topic = Topic::Release, .verb = u"bump"_s, .file = own.file, .lines = own.files * 2};
    fact.names = {{u"version"_s, WordKind::Plain}};
    fact.after = u"to "_s + safeValue(own.to);
    fact.link = u"from"_s;
    fact.place = {safeValue(own.from), WordKind::Plain};
    if (own.several) {
        fact.names = {{u"versions"_s, WordKind::Plain}};
        fact.before = u"package"_s;
        fact.after.clear();
    }
    fact.salience = releaseSalience(own, view, otherLines);
    if (otherLines == 0) // the log of what others did is part of the release
        fact.lines = view.changedLines();
    fact.mergeable = false;
    return fact;
}

/// A change log that got a new version, where nothing else did. Beside other files it is not what the commit is about.
void addLoggedVersion(const ChangeView &view, Facts &facts)
{
    const bool alone
        = std::ranges::all_of(view.files(), [](const ChangedFile &file) { return belongsToRelease(file, false); });
    for (const Block &block : view.blocks()) {
        if (block.file->role != Role::Changelog)
            continue;
        for (const Line &line : block.added) {
            const QString version = safeValue(versionHeading(line));
            if (version.isEmpty())
                continue;
            Fact fact{.topic = Topic::Release, .verb = u"add"_s, .before = u"changelog for"_s};
            fact.names = {{version, WordKind::Plain}};
            fact.file = block.file->index;
            fact.lines = block.file->change->addedLines;
            fact.salience = alone ? 62 : 20;
            facts.append(fact);
            return;
        }
    }
}

} // namespace

void addReleaseFacts(const Evidence &evidence, Facts &facts)
{
    const ChangeView &view = evidence.view;
    QSet<qsizetype> touched;
    const OwnVersion own = ownVersion(view, touched);
    if (own.to.isEmpty() || safeValue(own.to).isEmpty()) {
        addLoggedVersion(view, facts);
        return;
    }
    int otherLines = 0;
    for (const ChangedFile &file : view.files()) {
        if (!belongsToRelease(file, touched.contains(file.index)))
            otherLines += file.change->addedLines + file.change->removedLines;
    }
    facts.append(versionFact(own, view, otherLines));
}

} // namespace AutoCommit::Wording
