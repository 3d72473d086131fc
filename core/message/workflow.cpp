#include "core/message/config.h"
#include "core/message/safety.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestStep = 40;

Fact workflowFact(const Block &block, bool added, const Name &name, const QString &noun, double salience)
{
    Fact fact{.topic = Topic::Ci, .verb = added ? u"add"_s : u"remove"_s, .names = {name}, .after = noun};
    fact.link = added ? u"to"_s : u"from"_s;
    fact.place = {shownFile(*block.file), WordKind::File};
    fact.file = block.file->index;
    fact.lines = 3;
    fact.salience = salience;
    return fact;
}

struct Language
{
    const char *code;
    const char *name;
};

/// ISO 639-1, the languages software is translated into most.
constexpr Language languages[] = {
    {"ar", "Arabic"},     {"bg", "Bulgarian"}, {"ca", "Catalan"},  {"cs", "Czech"},     {"da", "Danish"},
    {"de", "German"},     {"el", "Greek"},     {"en", "English"},  {"eo", "Esperanto"}, {"es", "Spanish"},
    {"et", "Estonian"},   {"eu", "Basque"},    {"fa", "Persian"},  {"fi", "Finnish"},   {"fr", "French"},
    {"gl", "Galician"},   {"he", "Hebrew"},    {"hi", "Hindi"},    {"hr", "Croatian"},  {"hu", "Hungarian"},
    {"id", "Indonesian"}, {"it", "Italian"},   {"ja", "Japanese"}, {"ko", "Korean"},    {"lt", "Lithuanian"},
    {"lv", "Latvian"},    {"nb", "Norwegian"}, {"nl", "Dutch"},    {"no", "Norwegian"}, {"pl", "Polish"},
    {"pt", "Portuguese"}, {"ro", "Romanian"},  {"ru", "Russian"},  {"sk", "Slovak"},    {"sl", "Slovenian"},
    {"sr", "Serbian"},    {"sv", "Swedish"},   {"th", "Thai"},     {"tr", "Turkish"},   {"uk", "Ukrainian"},
    {"vi", "Vietnamese"}, {"zh", "Chinese"},
};

/// The language of "de.json", "de_DE.po", "app_fr.arb", "locales/zh-CN/common.json".
QString languageOf(const ChangedFile &file)
{
    const ByteView folder = file.directory.sliced(file.directory.lastIndexOf('/') + 1);
    const qsizetype mark = std::max(file.stem.lastIndexOf('_'), file.stem.lastIndexOf('-'));
    const ByteView tail = mark > 0 ? file.stem.sliced(mark + 1) : ByteView();
    for (const ByteView part : {file.stem, folder, tail}) {
        for (const Language &language : languages) {
            const ByteView code(language.code);
            const bool region
                = part.size() > 3 && part.size() <= 7 && (part[2] == '-' || part[2] == '_') && part.startsWith(code);
            if (part == code || region)
                return QString::fromLatin1(language.name);
        }
    }
    return {};
}

} // namespace

void addWorkflowFacts(const Block &block, Facts &facts)
{
    if (block.file->role != Role::Ci)
        return;
    for (const bool added : {true, false}) {
        const QList<Line> &side = added ? block.added : block.removed;
        const QList<Line> &other = added ? block.removed : block.added;
        for (qsizetype i = 0; i < side.size(); ++i) {
            const Line &line = side[i];
            if (line.moved || line.comment)
                continue;
            const bool named = line.text.startsWith("- name:");
            const bool swapped
                = std::any_of(other.begin(), other.end(), [](const Line &l) { return l.text.startsWith("- name:"); });
            if (named && !swapped) {
                const QString step = safeProse(unquoted(line.text.sliced(7).trimmed()), longestStep);
                if (!step.isEmpty())
                    facts.append(workflowFact(block, added, {step, WordKind::Title}, u"step"_s, 60));
                continue;
            }
            constexpr int jobIndent = 2;
            const bool job = line.indent == jobIndent && line.text.endsWith(':') && i + 1 < side.size()
                && side[i + 1].indent > jobIndent && std::any_of(side.begin() + i, side.end(), [](const Line &l) {
                                 return l.text.startsWith("runs-on:") || l.text.startsWith("script:");
                             });
            const Name name = job ? codeName(line.text.first(line.text.size() - 1)) : Name{};
            if (!name.text.isEmpty())
                facts.append(workflowFact(block, added, name, u"job"_s, 64));
        }
    }
}

void addTranslationFacts(const ChangeView &view, Facts &facts)
{
    QList<Name> names;
    Fact fact{.topic = Topic::Config, .verb = u"update"_s, .after = u"translation"_s, .salience = 62};
    int files = 0;
    bool added = true;
    for (const ChangedFile &file : view.files()) {
        if (file.role != Role::Translation)
            continue;
        const Name name{languageOf(file), WordKind::Plain};
        if (!name.text.isEmpty() && !names.contains(name))
            names.append(name);
        if (files == 0)
            fact.file = file.index;
        ++files;
        fact.lines += file.change->addedLines + file.change->removedLines;
        added &= file.change->kind == ChangeKind::Added;
    }
    if (files == 0)
        return;
    if (added)
        fact.verb = u"add"_s;
    constexpr qsizetype mostNamed = 3;
    fact.names = names;
    if (names.isEmpty() || names.size() > mostNamed) {
        fact.names = {{u"translations"_s, WordKind::Plain}};
        fact.after.clear();
    }
    facts.append(fact);
}

} // namespace AutoCommit::Wording
