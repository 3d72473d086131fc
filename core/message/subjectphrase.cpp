#include "core/message/subject.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

QString shown(const Name &name, const StyleProfile &style)
{
    switch (name.kind) {
    case WordKind::Call:
        return style.backticks ? u'`' + name.text + u"()`"_s : name.text + u"()"_s;
    case WordKind::Code:
    case WordKind::File:
        return style.backticks ? u'`' + name.text + u'`' : name.text;
    case WordKind::Title:
        return u'"' + name.text + u'"';
    case WordKind::Plain:
        break;
    }
    return name.text;
}

/// "a", "a and b", "a, b and c", "a, b and 2 more"
QString listed(const QList<Name> &names, qsizetype mostNamed, const StyleProfile &style)
{
    QStringList words;
    const qsizetype count = std::min(names.size(), std::max<qsizetype>(1, mostNamed));
    for (qsizetype i = 0; i < count; ++i)
        words.append(shown(names[i], style));
    if (names.size() > count)
        words.append(QString::number(names.size() - count) + u" more"_s);
    if (words.size() == 1)
        return words.first();
    const QString last = words.takeLast();
    return words.join(u", "_s) + u" and "_s + last;
}

/// "parameter" -> "parameters" when there are several names in front of it.
QString plural(const QString &after, qsizetype names)
{
    if (names < 2 || after.isEmpty())
        return after;
    static const QStringList nouns{u"option"_s,    u"flag"_s,     u"route"_s,       u"environment variable"_s,
                                   u"field"_s,     u"property"_s, u"parameter"_s,   u"dependency"_s,
                                   u"section"_s,   u"page"_s,     u"step"_s,        u"job"_s,
                                   u"component"_s, u"module"_s,   u"table"_s,       u"column"_s,
                                   u"target"_s,    u"import"_s,   u"translation"_s, u"workflow"_s,
                                   u"package"_s,   u"example"_s,  u"script"_s,      u"submodule"_s,
                                   u"symlink"_s,   u"macro"_s,    u"style"_s,       u"message"_s,
                                   u"resource"_s,  u"service"_s,  u"view"_s,        u"link"_s,
                                   u"alias"_s,     u"type"_s};
    if (!nouns.contains(after))
        return after;
    if (after.endsWith(u'y') && !after.endsWith("ey"_L1))
        return after.chopped(1) + u"ies"_s;
    if (after == "alias"_L1)
        return u"aliases"_s;
    return after.endsWith(u's') ? after : after + (after.endsWith(u'x') ? u"es"_s : u"s"_s);
}

struct Form
{
    qsizetype names = 3;
    bool after = true;
    bool place = true;
};

QString phrase(const Fact &fact, const Form &form, const StyleProfile &style)
{
    QString verb = fact.verb;
    if (fact.topic == Topic::Dependency && verb == u"bump")
        verb = style.bumpVerb;
    QStringList words;
    if (!verb.isEmpty())
        words.append(inflected(verb, style.verbForm));
    if (!fact.before.isEmpty())
        words.append(fact.before);
    if (form.names == 0)
        words.append(QString::number(fact.names.size()) + u" functions"_s);
    else if (!fact.names.isEmpty())
        words.append(listed(fact.names, form.names, style));
    const bool oneMore = form.names > 0 && fact.names.size() == form.names + 1; // "a, b and 1 more page"
    if (form.after && !fact.after.isEmpty())
        words.append(plural(fact.after, oneMore ? 1 : fact.names.size()));
    if (form.place && !fact.place.text.isEmpty()) {
        words.append(fact.link);
        words.append(shown(fact.place, style));
    }
    return words.join(u' ');
}

/// May `after` go? "raise X" without the numbers is true, "make X" without "executable" is nothing.
bool needsAfter(const Fact &fact)
{
    return fact.verb == u"make" || fact.verb == u"turn" || fact.verb == u"use" || fact.verb == u"set"
        || fact.verb == u"pass" || (fact.verb == u"replace" && fact.place.text.isEmpty())
        || fact.topic == Topic::Release || fact.names.first().kind == WordKind::Plain;
}

bool needsPlace(const Fact &fact)
{
    static const QStringList links{u"with"_s, u"for"_s};
    const bool target = fact.verb == u"rename" || fact.verb == u"move" || fact.verb == u"derive"
        || fact.verb == u"implement" || fact.verb == u"return";
    return target || links.contains(fact.link) || fact.names.isEmpty()
        || (fact.verb == u"pass" && fact.names.first().kind == WordKind::Plain);
}

bool saidByScope(const Name &place, const QString &scope)
{
    if (scope.isEmpty() || place.text.isEmpty())
        return false;
    QByteArray name = place.text.toUtf8();
    name = name.mid(name.lastIndexOf('/') + 1);
    const qsizetype dot = name.lastIndexOf('.');
    return foldedName(dot > 0 ? name.left(dot) : name) == foldedName(scope.toUtf8());
}

/// A sentence without its last clauses, one after the other; what is left says less, but nothing else. A negation is
/// kept whole: "do not fail" is not what "do not fail when x" says.
QStringList shortened(const QString &sentence)
{
    static const QStringList joints{u" when "_s,   u" if "_s,      u" while "_s,   u" before "_s, u" after "_s,
                                    u" unless "_s, u" so that "_s, u" because "_s, u" since "_s,  u" instead of "_s,
                                    u" in "_s,     u" for "_s,     u" with "_s,    u" from "_s,   u" by "_s,
                                    u" as "_s,     u" and "_s,     u" to "_s,      u" via "_s};
    QStringList forms;
    if (sentence.startsWith("not "_L1))
        return forms;
    QString rest = sentence;
    while (true) {
        qsizetype cut = -1;
        for (const QString &joint : joints)
            cut = std::max(cut, rest.lastIndexOf(joint));
        if (cut <= 0)
            return forms;
        rest = rest.left(cut);
        if (!rest.contains(u' '))
            return forms;
        static const QStringList dangling{u"even"_s, u"only"_s, u"also"_s, u"just"_s, u"not"_s,  u"or"_s,  u"and"_s,
                                          u"the"_s,  u"a"_s,    u"an"_s,   u"to"_s,   u"with"_s, u"of"_s,  u"such"_s,
                                          u"in"_s,   u"for"_s,  u"from"_s, u"by"_s,   u"as"_s,   u"that"_s};
        while (dangling.contains(rest.mid(rest.lastIndexOf(u' ') + 1)) && rest.contains(u' '))
            rest.truncate(rest.lastIndexOf(u' '));
        if (rest.endsWith(u','))
            rest.chop(1);
        if (rest.contains(u' ') && rest.count(u'(') == rest.count(u')'))
            forms.append(rest);
    }
}

} // namespace

QStringList phrasings(const Fact &fact, const StyleProfile &style, const QString &scope)
{
    Fact said = fact;
    if (said.topic == Topic::Release) // where it came from is for releases by habit
        said.place = {};
    if (saidByScope(said.place, scope) && !needsPlace(said))
        said.place = {};
    QList<Form> forms{Form{}};
    const bool place = needsPlace(said);
    const bool after = !said.names.isEmpty() && needsAfter(said);
    forms.append(Form{.names = 2});
    if (!place)
        forms.append(Form{.place = false});
    forms.append(Form{.names = 2, .place = place});
    forms.append(Form{.names = 1, .place = place});
    if (!after) {
        forms.append(Form{.names = 3, .after = false});
        forms.append(Form{.names = 3, .after = false, .place = place});
        forms.append(Form{.names = 1, .after = false, .place = place});
    }
    const bool functions = said.names.size() > 2
        && std::all_of(said.names.begin(), said.names.end(), [](const Name &n) { return n.kind == WordKind::Call; });
    if (functions && said.verb == u"move")
        forms.append(Form{.names = 0});
    QStringList texts;
    if (said.topic == Topic::Behaviour) {
        const QString rest = said.names.first().text;
        texts.append(phrase(said, Form{}, style));
        texts.append(phrase(said, Form{.place = false}, style));
        for (const QString &shorter : shortened(rest)) {
            said.names.first().text = shorter;
            texts.append(phrase(said, Form{.place = false}, style));
        }
        texts.removeDuplicates();
        return texts;
    }
    const auto addForms = [&](const Fact &put) {
        for (const Form &form : forms) {
            const QString text = phrase(put, form, style);
            if (!text.isEmpty() && !texts.contains(text))
                texts.append(text);
        }
    };
    texts.append(phrase(said, Form{}, style));
    Fact brief = said; // "docs/guide/README.md" -> "README.md"
    for (Name *name : {&brief.place, brief.names.isEmpty() ? &brief.place : &brief.names.first()}) {
        if (name->kind == WordKind::File)
            name->text = name->text.mid(name->text.lastIndexOf(u'/') + 1);
    }
    texts.append(phrase(brief, Form{}, style));
    addForms(said);
    addForms(brief);
    if (brief.place.kind == WordKind::File && brief.place.text.lastIndexOf(u'.') > 0) {
        brief.place.text.truncate(brief.place.text.lastIndexOf(u'.'));
        addForms(brief);
    }
    return texts;
}

} // namespace AutoCommit::Wording
