#include "core/message/style.h"

#include "core/base/cleantext.h"
#include "core/message/stylelanguage.h"
#include "core/message/stylesubject.h"

#include <QMap>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostSubjects = 200;
constexpr qsizetype fewestSubjects = 5;

struct Sample
{
    const PastCommit *commit = nullptr;
    QString subject{};
    SubjectParts parts{};
};

using Samples = QList<Sample>;

/// How many samples a question holds for.
template <typename Asks> qsizetype countOf(const Samples &samples, Asks asks)
{
    return std::count_if(samples.begin(), samples.end(), asks);
}

Samples samplesOf(const QList<PastCommit> &commits)
{
    Samples samples;
    for (const PastCommit &commit : commits) {
        const QString subject = cleanLine(commit.subject);
        if (subject.isEmpty() || isRoutineSubject(subject))
            continue;
        samples.append({&commit, subject, splitSubject(subject)});
        if (samples.size() == mostSubjects)
            break;
    }
    return samples;
}

Convention conventionOf(const Samples &samples)
{
    const qsizetype typed = countOf(samples, [](const Sample &s) { return !s.parts.type.isEmpty(); });
    const qsizetype areas = countOf(samples, [](const Sample &s) { return !s.parts.area.isEmpty(); });
    const qsizetype brackets = countOf(samples, [](const Sample &s) { return !s.parts.bracket.isEmpty(); });
    const qsizetype half = (samples.size() + 1) / 2;
    if (brackets >= half)
        return Convention::Bracket;
    if (typed + areas >= half)
        return typed >= areas ? Convention::Conventional : Convention::AreaColon;
    return Convention::Plain;
}

QStringList byFrequency(const QMap<QString, int> &counts)
{
    QStringList names = counts.keys();
    std::stable_sort(names.begin(), names.end(),
                     [&](const QString &a, const QString &b) { return counts[a] > counts[b]; });
    return names;
}

void learnScopes(const Samples &samples, StyleProfile &profile)
{
    QMap<QString, int> scopes;
    QMap<QString, int> labels;
    qsizetype typed = 0;
    for (const Sample &sample : samples) {
        typed += sample.parts.type.isEmpty() ? 0 : 1;
        if (!sample.parts.scope.isEmpty())
            ++scopes[sample.parts.scope];
        const QString label = profile.convention == Convention::Bracket ? sample.parts.bracket : sample.parts.area;
        if (!label.isEmpty())
            ++labels[label];
    }
    int scoped = 0;
    for (const int count : scopes)
        scoped += count;
    profile.scopeShare = typed > 0 ? static_cast<double>(scoped) / static_cast<double>(typed) : 0;
    profile.scopes = byFrequency(scopes);
    constexpr qsizetype rare = 40; // a label used once in so many subjects is no habit
    for (const QString &label : byFrequency(labels)) {
        if (labels[label] >= 2 && labels[label] * rare >= samples.size())
            profile.labels.append(label);
    }
}

/// A path, its folder, and the folders above it.
QList<QByteArray> keysOf(const QByteArray &path)
{
    QList<QByteArray> keys{path};
    for (qsizetype slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
        keys.append(path.left(slash));
    return keys;
}

void learnLabels(const Samples &samples, StyleProfile &profile)
{
    if (profile.convention != Convention::AreaColon && profile.convention != Convention::Bracket)
        return;
    constexpr qsizetype mostPaths = 30; // a sweeping commit says nothing about a place
    QMap<QByteArray, QMap<QString, int>> counts;
    int folders = 0;
    int files = 0;
    for (const Sample &sample : samples) {
        const QString label = profile.convention == Convention::Bracket ? sample.parts.bracket : sample.parts.area;
        if (label.isEmpty() || sample.commit->paths.size() > mostPaths)
            continue;
        for (const QByteArray &path : sample.commit->paths) {
            for (const QByteArray &key : keysOf(path))
                ++counts[key][label];
            const QByteArray name = path.mid(path.lastIndexOf('/') + 1);
            const QByteArray stem = name.left(name.indexOf('.'));
            files += label.toUtf8() == stem || label.toUtf8() == name ? 1 : 0;
            folders += path.startsWith(label.toUtf8() + '/') || path.contains('/' + label.toUtf8() + '/') ? 1 : 0;
        }
    }
    for (auto it = counts.begin(); it != counts.end(); ++it) {
        const QStringList ordered = byFrequency(*it);
        int all = 0;
        for (const int count : *it)
            all += count;
        const bool habit = profile.labels.contains(ordered.first());
        if (habit && (*it)[ordered.first()] * 2 > all) // else the place has no one label
            profile.labelOfPath.insert(it.key(), ordered.first());
    }
    profile.labelsAreFolders = folders > files;
}

void learnWording(const Samples &samples, StyleProfile &profile)
{
    QMap<VerbForm, int> forms;
    qsizetype letters = 0;
    qsizetype capitals = 0;
    qsizetype verbs = 0;
    for (const Sample &sample : samples) {
        const QString &text = sample.parts.text;
        if (text.isEmpty())
            continue;
        const QString first = text.left(text.indexOf(u' '));
        if (text[0].isLetter() && (first.size() < 2 || first[1].isLower() || !first[1].isLetter())) {
            ++letters;
            capitals += text[0].isUpper() ? 1 : 0;
        }
        if (const auto verb = readVerb(first)) {
            ++forms[verb->form];
            ++verbs;
        }
    }
    profile.capitalised = capitals * 2 > letters;
    for (auto it = forms.begin(); it != forms.end(); ++it) {
        if (it.value() * 2 > verbs && verbs >= fewestSubjects)
            profile.verbForm = it.key();
    }
    const auto ends = [](const Sample &s) { return s.parts.text.endsWith(u'.') && !s.parts.text.endsWith("..."_L1); };
    profile.finalPeriod = countOf(samples, ends) * 2 > samples.size();
    profile.backticks
        = countOf(samples, [](const Sample &s) { return s.subject.count(u'`') >= 2; }) * 4 > samples.size();
    const qsizetype emoji = countOf(samples, [](const Sample &s) { return !s.parts.emoji.isEmpty(); });
    const qsizetype codes = countOf(samples, [](const Sample &s) { return s.parts.emojiIsCode; });
    if (emoji * 2 > samples.size())
        profile.emoji = codes * 2 > emoji ? EmojiHabit::Shortcode : EmojiHabit::Unicode;
}

void learnLengths(const Samples &samples, StyleProfile &profile)
{
    constexpr qsizetype longest = 72;
    constexpr qsizetype shortest = 50;
    QList<qsizetype> lengths;
    qsizetype bodies = 0;
    qsizetype known = 0;
    for (const Sample &sample : samples) {
        QString text = sample.subject;
        const qsizetype reference = text.lastIndexOf(" (#"_L1);
        lengths.append(reference > 0 ? reference : text.size());
        known += sample.commit->bodyLines >= 0 ? 1 : 0;
        bodies += sample.commit->bodyLines > 0 ? 1 : 0;
    }
    std::sort(lengths.begin(), lengths.end());
    profile.typicalLength = static_cast<int>(lengths[lengths.size() / 2]);
    profile.maximalLength = static_cast<int>(std::clamp(lengths[lengths.size() * 95 / 100], shortest, longest));
    profile.bodyShare = known > 0 ? static_cast<double>(bodies) / static_cast<double>(known) : 0;
}

/// How releases and new versions of dependencies are put: routine subjects count here.
void learnRoutine(const QList<PastCommit> &commits, StyleProfile &profile)
{
    QMap<QString, int> releases;
    QMap<QString, int> bumps;
    for (const PastCommit &commit : commits.first(std::min(commits.size(), mostSubjects * 2))) {
        const QString subject = cleanLine(commit.subject);
        if (isReleaseSubject(subject)) {
            const QString pattern = releasePattern(subject);
            if (!pattern.isEmpty())
                ++releases[pattern];
        }
        const QString text = splitSubject(subject).text;
        const QString verb = text.left(text.indexOf(u' ')).toLower();
        if ((verb == "bump"_L1 || verb == "update"_L1 || verb == "upgrade"_L1) && text.contains(" to "_L1))
            ++bumps[verb];
    }
    constexpr int habit = 2;
    if (!releases.isEmpty() && releases[byFrequency(releases).first()] >= habit)
        profile.releaseText = byFrequency(releases).first();
    if (!bumps.isEmpty())
        profile.bumpVerb = byFrequency(bumps).first();
}

} // namespace

StyleProfile learnStyle(const QList<PastCommit> &newestFirst)
{
    StyleProfile profile;
    const Samples samples = samplesOf(newestFirst);
    profile.subjects = static_cast<int>(samples.size());
    learnRoutine(newestFirst, profile);
    if (samples.size() < fewestSubjects)
        return profile;
    profile.convention = conventionOf(samples);
    profile.english = looksEnglish(newestFirst);
    learnScopes(samples, profile);
    learnLabels(samples, profile);
    learnWording(samples, profile);
    learnLengths(samples, profile);
    return profile;
}

} // namespace AutoCommit
