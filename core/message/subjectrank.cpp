#include "core/message/subject.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace AutoCommit::Wording {

namespace {

/// How well a topic suits a type of commit.
double topicWeight(Topic topic, const QByteArray &type, const QString &verb)
{
    const bool adds = verb == u"add" || verb == u"implement" || verb == u"document" || verb == u"handle";
    const auto oneOf = [&](std::initializer_list<Topic> topics) {
        return std::find(topics.begin(), topics.end(), topic) != topics.end();
    };
    if (type == "feat")
        return oneOf({Topic::Interface_})                                                         ? 1.25
            : oneOf({Topic::Symbol, Topic::Path})                                                 ? (adds ? 1.15 : 0.65)
            : oneOf({Topic::Test, Topic::Docs, Topic::Comment, Topic::Import, Topic::Dependency}) ? 0.6
                                                                                                  : 1;
    if (type == "fix" || type == "perf")
        return oneOf({Topic::Logic, Topic::Value})                ? 1.2
            : oneOf({Topic::Behaviour})                           ? 1.25
            : oneOf({Topic::Test, Topic::Comment, Topic::Import}) ? 0.6
            : oneOf({Topic::Symbol})                              ? 0.95
                                                                  : 1;
    if (type == "refactor")
        return oneOf({Topic::Rename})                ? 1.3
            : oneOf({Topic::Path})                   ? 1.15
            : oneOf({Topic::Symbol})                 ? (adds ? 1 : 1.2)
            : oneOf({Topic::Test, Topic::Behaviour}) ? 0.5
                                                     : 1;
    if (type == "docs")
        return oneOf({Topic::Docs}) ? 1.4 : oneOf({Topic::Comment}) ? 1.6 : 0.9;
    if (type == "test")
        return oneOf({Topic::Test}) ? 1.5 : 1;
    if (type == "ci")
        return oneOf({Topic::Ci}) ? 1.3 : oneOf({Topic::Dependency, Topic::Config}) ? 1.15 : 1;
    if (oneOf({Topic::Format}) && type != "style" && type != "chore" && type != "refactor" && !type.isEmpty())
        return 0.4;
    if (type == "style")
        return oneOf({Topic::Format}) ? 1.8 : oneOf({Topic::Import}) ? 1.5 : oneOf({Topic::Comment}) ? 1.2 : 1;
    if (type == "build" || type == "chore")
        return oneOf({Topic::Dependency, Topic::Release, Topic::Config}) ? 1.2 : 1;
    return 1;
}

/// How much a kind of file weighs beside source code; files that stand alone are not weighed.
double roleWeight(Role role, const QByteArray &type)
{
    if (type == "docs" && (role == Role::Docs || role == Role::Changelog))
        return 1.1;
    if (type == "test" && role == Role::Test)
        return 1.2;
    if (type == "test" && role == Role::Fixture)
        return 0.8;
    if (type == "ci" && role == Role::Ci)
        return 1.3;
    const bool code = type.isEmpty() || type == "feat" || type == "fix" || type == "perf" || type == "refactor";
    if (code && (role == Role::Ci || role == Role::Test || role == Role::Docs))
        return role == Role::Ci ? 0.4 : 0.5;
    switch (role) {
    case Role::Source:
        return type == "docs" || type == "test" || type == "ci" ? 0.7 : 1;
    case Role::Build:
    case Role::Manifest:
        return 0.85;
    case Role::Config:
    case Role::Ci:
        return 0.75;
    case Role::Translation:
        return 0.6;
    case Role::Test:
    case Role::Docs:
        return 0.6;
    case Role::Example:
    case Role::Asset:
        return 0.5;
    case Role::License:
    case Role::Ignore:
        return 0.5;
    case Role::Fixture:
    case Role::Changelog:
        return 0.3;
    case Role::Lock:
    case Role::Generated:
        return 0.15;
    }
    return 1;
}

/// `mixed`: the files play different parts.
double scoreOf(const Fact &fact, const Evidence &evidence, bool mixed)
{
    const ChangeView &view = evidence.view;
    const ChangedFile &file = view.files().at(fact.file);
    const double share = std::min(1.0, fact.lines / std::max(1.0, static_cast<double>(view.changedLines())));
    double score = fact.salience * topicWeight(fact.topic, evidence.type, fact.verb) * (0.5 + 0.5 * std::sqrt(share));
    if (mixed && fact.topic != Topic::Behaviour && fact.topic != Topic::Release)
        score *= roleWeight(file.role, evidence.type);
    if (fact.exported && fact.topic == Topic::Symbol)
        score *= 1.08;
    if (!fact.names.isEmpty() && foldedName(fact.names.first().text.toUtf8()) == foldedName(file.stem))
        score *= 1.08;
    return score;
}

/// New sources and new fixtures are not one list.
bool isBeside(Role role)
{
    return role == Role::Fixture || role == Role::Asset || role == Role::Lock || role == Role::Generated
        || role == Role::Changelog;
}

/// What happens to one place: only the same place or the same names are put together.
bool isLocal(const Fact &fact)
{
    return fact.topic == Topic::Logic && fact.verb != u"handle" && fact.verb != u"catch";
}

/// Only facts that agree in this are compared, or a change of a thousand files would take a second.
QString mergeKey(const Fact &fact)
{
    return QString::number(static_cast<int>(fact.topic)) + u'\n' + fact.verb + u'\n' + fact.before + u'\n' + fact.after
        + u'\n' + fact.link;
}

bool mayMerge(const Fact &a, const Fact &b, const ChangeView &view)
{
    if (a.topic == Topic::Path && isBeside(view.files().at(a.file).role) != isBeside(view.files().at(b.file).role))
        return false;
    if (a.topic == Topic::Fallback && !a.names.isEmpty() && !b.names.isEmpty()
        && a.names.first().kind != b.names.first().kind)
        return false;
    constexpr qsizetype mostUses = 2; // a list of calls is no subject
    const bool same = a.names == b.names
        && (a.place == b.place
            || (a.verb == u"pass" && a.names.first().text.contains(u'='))); // the same edit in several places
    if (isLocal(a) && !same
        && (!(a.place == b.place && a.file == b.file) || a.names.size() + b.names.size() > mostUses))
        return false;
    return a.mergeable && b.mergeable && a.topic == b.topic && a.verb == b.verb && a.before == b.before
        && a.after == b.after && a.link == b.link && !a.names.isEmpty() && !b.names.isEmpty();
}

void mergeInto(Fact &into, const Fact &from)
{
    for (const Name &name : from.names) {
        const bool told = std::any_of(into.names.begin(), into.names.end(),
                                      [&](const Name &known) { return known.text == name.text; });
        if (!told)
            into.names.append(name);
    }
    if (!(into.place == from.place))
        into.place = {};
    into.alsoFiles.append(from.file);
    into.alsoFiles.append(from.alsoFiles);
    into.lines += from.lines;
    into.exported |= from.exported;
    constexpr double perName = 1.5;
    constexpr double mostBonus = 6;
    into.salience = std::max(into.salience, from.salience) + (into.names.size() < 5 ? perName : 0);
    into.salience = std::min(into.salience, std::max(into.salience, from.salience) + mostBonus);
    constexpr qsizetype scattered = 4;
    if (into.topic == Topic::Config && into.names.size() > scattered)
        into.salience = std::min(into.salience, 4.0);
    constexpr qsizetype noTheme = 6; // "handle A and 28 more" tells less than one thing told whole
    if (into.topic == Topic::Logic && into.names.size() > noTheme)
        into.salience = std::min(into.salience, 30.0);
}

} // namespace

Facts rankedFacts(const Facts &facts, const Evidence &evidence)
{
    struct Scored
    {
        Fact fact;
        double score = 0;
        qsizetype order = 0;
    };
    const bool mixed = !evidence.view.onlyRoles({evidence.view.files().first().role});
    QList<Scored> all;
    all.reserve(facts.size());
    for (const Fact &fact : facts)
        all.append({fact, scoreOf(fact, evidence, mixed), all.size()});
    const auto better = [](const Scored &a, const Scored &b) {
        return a.score > b.score || (a.score == b.score && a.order < b.order);
    };
    std::sort(all.begin(), all.end(), better);
    QList<Scored> merged;
    QHash<QString, QList<qsizetype>> alike; // places in `merged`
    constexpr int mostLocal = 300; // no message shows the rest
    int local = 0;
    for (const Scored &one : all) {
        if (isLocal(one.fact) && ++local > mostLocal)
            continue;
        QList<qsizetype> &candidates = alike[mergeKey(one.fact)];
        const auto same = std::find_if(candidates.begin(), candidates.end(), [&](qsizetype at) {
            return mayMerge(merged[at].fact, one.fact, evidence.view);
        });
        if (same != candidates.end()) {
            mergeInto(merged[*same].fact, one.fact);
            continue;
        }
        candidates.append(merged.size());
        merged.append(one);
    }
    for (Scored &one : merged)
        one.score = scoreOf(one.fact, evidence, mixed);
    std::sort(merged.begin(), merged.end(), better);
    Facts ranked;
    for (const Scored &one : merged)
        ranked.append(one.fact);
    return ranked;
}

} // namespace AutoCommit::Wording
