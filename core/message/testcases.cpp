#include "core/message/facts.h"
#include "core/message/safety.h"
#include "core/message/symbols.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

struct Case
{
    Definition definition{};
    const Block *block = nullptr;
    int lines = 1;
};

} // namespace

bool marksTest(ByteView text)
{
    return text.startsWith("@Test") || text.startsWith("@ParameterizedTest") || text.startsWith("[Fact")
        || text.startsWith("[Theory") || text.startsWith("[Test") || (text.startsWith("#[") && text.contains("test"))
        || text.startsWith("/** @test");
}

namespace {

QList<Case> casesIn(const Block &block, const QList<Line> &side)
{
    QList<Case> cases;
    bool marked = !block.hunk->before.isEmpty() && marksTest(ByteView(block.hunk->before.last()).trimmed());
    for (const Line &line : side) {
        if (line.text.isEmpty() || line.comment)
            continue;
        if (marksTest(line.text)) {
            marked = true;
            continue;
        }
        auto found = testOf(block.file->lang, line.text);
        if (!found && marked) {
            found = line.definition;
            if (found)
                found->kind = DefKind::Test;
            marked = !found && (line.text.startsWith('@') || line.text.startsWith('[') || line.text.startsWith('#'));
        }
        if (found && !line.moved)
            cases.append({*found, &block});
        else if (!cases.isEmpty())
            ++cases.last().lines;
    }
    return cases;
}

} // namespace

QList<Definition> testsIn(const Block &block, const QList<Line> &side)
{
    QList<Definition> tests;
    for (const Case &one : casesIn(block, side))
        tests.append(one.definition);
    return tests;
}

namespace {

QList<Case> allCases(const ChangeView &view, bool added)
{
    QList<Case> cases;
    for (const Block &block : view.blocks()) {
        if (!isCode(block.file->lang) || (block.file->role != Role::Test && block.file->lang != Lang::Rust))
            continue;
        cases.append(casesIn(block, added ? block.added : block.removed));
    }
    return cases;
}

/// A mark that switches a test off.
bool skipsTest(ByteView text)
{
    for (const char *mark : {"t.Skip", "pytest.mark.skip", "pytest.mark.xfail", "pytest.skip", "@Disabled", "@Ignore",
                             "[Ignore", "#[ignore", "it.skip(", "test.skip(", "describe.skip(", "xit(", "GTEST_SKIP",
                             "XCTSkip", "QSKIP", "unittest.skip"}) {
        if (text.contains(mark))
            return true;
    }
    return false;
}

/// The test that a mark in `block` is on: named on its line, below it, or around it.
Name skippedTest(const Block &block, const Line &line)
{
    const qsizetype quote = line.text.indexOf("skip(");
    if (quote > 0 && block.file->lang == Lang::JavaScript) {
        const ByteView title = line.text.sliced(quote + 5);
        const qsizetype end = title.size() > 1 ? title.indexOf(title[0], 1) : -1;
        if (end > 1 && !isLetter(title[0]))
            return {safeProse(title.sliced(1, end - 1), 46), WordKind::Title};
    }
    for (const QByteArray &below : block.hunk->after) {
        if (const auto found = definitionOf(block.file->lang, below);
            found && line.text.size() > 1 && !isLetter(line.text[0]))
            return codeName(found->name);
    }
    return block.scope ? codeName(block.scope->name) : Name{};
}

void addSkips(const ChangeView &view, Facts &facts)
{
    for (const Block &block : view.blocks()) {
        if (block.file->role != Role::Test && block.file->lang != Lang::Rust)
            continue;
        for (const bool added : {true, false}) {
            for (const Line &line : added ? block.added : block.removed) {
                if (line.moved || line.comment || !skipsTest(line.text))
                    continue;
                Fact fact{.topic = Topic::Test,
                          .verb = added ? u"skip"_s : u"re-enable"_s,
                          .names = {skippedTest(block, line)}};
                fact.file = block.file->index;
                fact.lines = 3;
                fact.salience = 64;
                if (!fact.names.first().text.isEmpty())
                    facts.append(fact);
            }
        }
    }
}

Name caseName(const Definition &definition)
{
    return isIdentifier(definition.name) ? codeName(definition.name)
                                         : Name{safeProse(definition.name, 46), WordKind::Title};
}

bool knownIn(const QList<Case> &cases, const Case &one)
{
    return std::any_of(cases.begin(), cases.end(),
                       [&](const Case &c) { return c.definition.name == one.definition.name; });
}

bool isNewFile(const Case &one)
{
    return one.block->file->change->kind == ChangeKind::Added;
}

/// Few cases are named; more than that are counted by what they test.
void addCases(const QList<Case> &cases, const QString &verb, Facts &facts)
{
    constexpr qsizetype mostNamed = 2;
    QList<const ChangedFile *> files;
    for (const Case &one : cases) {
        if (!files.contains(one.block->file))
            files.append(one.block->file);
    }
    for (const ChangedFile *file : files) {
        const auto count
            = std::count_if(cases.begin(), cases.end(), [&](const Case &c) { return c.block->file == file; });
        Fact whole{.topic = Topic::Test, .verb = verb, .before = u"tests for"_s, .file = file->index, .salience = 54};
        whole.names = {{moduleName(*file), WordKind::Code}};
        if (foldedName(file->stem).contains("test")) { // "tests for integration_tests" says nothing
            whole.before = verb == u"add" ? u"tests to"_s : u"tests from"_s;
            whole.names = {{shownFile(*file), WordKind::File}};
        }
        for (const Case &one : cases) {
            if (one.block->file != file)
                continue;
            whole.lines += one.lines;
            Fact fact{.topic = Topic::Test, .verb = verb, .names = {caseName(one.definition)}, .file = file->index};
            fact.lines = one.lines;
            fact.salience = 56;
            const QByteArray folded = foldedName(one.definition.name);
            if (!folded.contains("test") && !folded.contains("spec"))
                fact.before = u"test"_s;
            if (count <= mostNamed && !fact.names.first().text.isEmpty())
                facts.append(fact);
        }
        if (count > mostNamed)
            facts.append(whole);
    }
}

} // namespace

void addTestFacts(const Evidence &evidence, Facts &facts)
{
    QList<Case> came = allCases(evidence.view, true);
    QList<Case> went = allCases(evidence.view, false);
    came.removeIf(isNewFile);
    const QList<Case> allCame = came;
    came.removeIf([&](const Case &one) { return knownIn(went, one); });
    went.removeIf(
        [&](const Case &one) { return knownIn(allCame, one) || one.block->file->change->kind == ChangeKind::Deleted; });
    addCases(came, u"add"_s, facts);
    addCases(went, u"remove"_s, facts);
    addSkips(evidence.view, facts);
}

} // namespace AutoCommit::Wording
