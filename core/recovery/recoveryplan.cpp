#include "core/recovery/recoveryplan.h"

#include "core/recovery/strictjson.h"

#include <QMap>

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype maxPlanBytes = 4096;
constexpr qsizetype maxSteps = 4;
constexpr qsizetype maxNote = 280;

/// What a verb takes beside "do".
struct VerbRow
{
    RecoveryVerb verb;
    const char *name;
    bool path = false;
    const char *choice = nullptr; ///< key of a closed list of words
    std::array<int, 5> minutes{}; ///< allowed; zeros: it takes none
};

constexpr std::array verbRows{
    VerbRow{.verb = RecoveryVerb::Wait, .name = "wait", .minutes = {1, 5, 15, 60, 240}},
    VerbRow{.verb = RecoveryVerb::Refetch, .name = "refetch"},
    VerbRow{.verb = RecoveryVerb::Unlock, .name = "unlock", .choice = "lock"},
    VerbRow{.verb = RecoveryVerb::Reconcile, .name = "reconcile"},
    VerbRow{.verb = RecoveryVerb::AbortOwn, .name = "abort_own", .choice = "op"},
    VerbRow{.verb = RecoveryVerb::Defer, .name = "defer", .path = true, .minutes = {5, 60, 1440}},
    VerbRow{.verb = RecoveryVerb::Exclude, .name = "exclude", .path = true},
    VerbRow{.verb = RecoveryVerb::RebaseInMemory, .name = "rebase_mem"},
    VerbRow{.verb = RecoveryVerb::RetryPush, .name = "retry_push"},
    VerbRow{.verb = RecoveryVerb::Recommit, .name = "recommit"},
    VerbRow{.verb = RecoveryVerb::FallbackMessage, .name = "fallback_msg"},
    VerbRow{.verb = RecoveryVerb::Rescan, .name = "rescan"},
    VerbRow{.verb = RecoveryVerb::Fsck, .name = "fsck"},
    VerbRow{.verb = RecoveryVerb::Pause, .name = "pause", .minutes = {60, 1440}},
    VerbRow{.verb = RecoveryVerb::Ask, .name = "ask"},
};
static_assert(verbRows.size() == static_cast<std::size_t>(RecoveryVerb::Ask) + 1, "every verb has a row");

constexpr std::array lockWords{"index", "head", "branch", "packed-refs", "shallow"};
constexpr std::array operationWords{"merge", "cherry-pick"};

const VerbRow &rowOf(RecoveryVerb verb)
{
    return verbRows[static_cast<std::size_t>(verb)];
}

Error refusedPlan(const char *why)
{
    return {ErrorKind::ModelRefused, QString::fromLatin1(why)};
}

/// The members of one step as they were written; a number is kept as its digits.
using StepMembers = QMap<QByteArray, QByteArray>;

Result<StepMembers> readMembers(StrictJson &json)
{
    if (!json.take('{'))
        return refusedPlan("not-an-object");
    StepMembers members;
    do {
        const auto key = json.string();
        if (!key || !json.take(':'))
            return refusedPlan("not-json");
        if (members.contains(*key))
            return refusedPlan("doubled-key");
        if (*key == "min") {
            const auto minutes = json.number();
            if (!minutes)
                return refusedPlan("not-a-number");
            members.insert(*key, QByteArray::number(*minutes));
        } else if (*key == "do" || *key == "lock" || *key == "op" || *key == "path") {
            const auto word = json.string();
            if (!word)
                return refusedPlan("not-a-word");
            members.insert(*key, *word);
        } else {
            return refusedPlan("unknown-key");
        }
    } while (json.take(','));
    if (!json.take('}'))
        return refusedPlan("not-json");
    return members;
}

/// "P7" -> 6; none for what is not in the table.
std::optional<int> pathIndex(const QByteArray &id, int paths)
{
    const QByteArray digits = id.mid(1);
    const bool plain = id.startsWith('P') && !digits.isEmpty() && digits.size() <= 3 && digits[0] != '0'
        && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    const int number = plain ? digits.toInt() : 0;
    return number >= 1 && number <= paths ? std::optional(number - 1) : std::nullopt;
}

template <std::size_t N> std::optional<int> wordIndex(const std::array<const char *, N> &words, const QByteArray &word)
{
    const auto found = std::ranges::find_if(words, [&](const char *known) { return word == known; });
    return found == words.end() ? std::nullopt : std::optional(static_cast<int>(found - words.begin()));
}

/// The word that the row's choice stands for goes into the step.
bool setChoice(RecoveryStep &step, const VerbRow &row, const QByteArray &word)
{
    if (row.verb == RecoveryVerb::Unlock) {
        const auto lock = wordIndex(lockWords, word);
        step.lock = static_cast<RecoveryLock>(lock.value_or(0));
        return lock.has_value();
    }
    const auto operation = wordIndex(operationWords, word);
    step.operation = static_cast<OwnOperation>(operation.value_or(0));
    return operation.has_value();
}

Result<RecoveryStep> stepOf(const StepMembers &members, int paths)
{
    const QByteArray name = members.value("do");
    const auto *row = std::ranges::find_if(verbRows, [&](const VerbRow &r) { return name == r.name; });
    if (row == verbRows.end())
        return refusedPlan("unknown-verb");
    const bool timed = row->minutes[0] != 0;
    const qsizetype expected = 1 + (timed ? 1 : 0) + (row->path ? 1 : 0) + (row->choice ? 1 : 0);
    if (members.size() != expected)
        return refusedPlan("wrong-keys");
    RecoveryStep step{.verb = row->verb};
    if (timed) {
        step.minutes = members.value("min").toInt();
        if (step.minutes == 0 || std::ranges::find(row->minutes, step.minutes) == row->minutes.end())
            return refusedPlan("wrong-minutes");
    }
    if (row->choice && !setChoice(step, *row, members.value(row->choice)))
        return refusedPlan("unknown-word");
    if (row->path) {
        const auto path = pathIndex(members.value("path"), paths);
        if (!path)
            return refusedPlan("unknown-path");
        step.path = *path;
    }
    return step;
}

Result<QList<RecoveryStep>> readSteps(StrictJson &json, int paths)
{
    if (!json.take('['))
        return refusedPlan("not-a-list");
    QList<RecoveryStep> steps;
    do {
        if (steps.size() == maxSteps)
            return refusedPlan("too-many-steps");
        AC_ASSIGN(const StepMembers members, readMembers(json));
        AC_ASSIGN(const RecoveryStep step, stepOf(members, paths));
        steps += step;
    } while (json.take(','));
    if (!json.take(']'))
        return refusedPlan("not-json");
    return steps;
}

bool isNote(const QByteArray &text)
{
    static constexpr QByteArrayView marks{" .,:;()'-"};
    return text.size() <= maxNote && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || marks.contains(c);
           });
}

std::optional<ErrorKind> kindNamed(const QByteArray &name)
{
    if (name == "UNKNOWN")
        return ErrorKind::Unknown;
    const ErrorKind kind = errorKindFromName(QString::fromLatin1(name));
    return errorKindName(kind).toLatin1() == name ? std::optional(kind) : std::nullopt;
}

Status readMember(StrictJson &json, const QByteArray &key, int paths, RecoveryPlan &plan)
{
    if (key == "v") {
        if (json.number() != 1)
            return refusedPlan("unknown-version");
    } else if (key == "diagnosis") {
        const auto word = json.string();
        const auto kind = word ? kindNamed(*word) : std::nullopt;
        if (!kind)
            return refusedPlan("unknown-diagnosis");
        plan.diagnosis = *kind;
    } else if (key == "steps") {
        AC_ASSIGN(plan.steps, readSteps(json, paths));
    } else if (key == "note") {
        const auto note = json.string();
        if (!note || !isNote(*note))
            return refusedPlan("bad-note");
        plan.note = QString::fromLatin1(*note);
    } else {
        return refusedPlan("unknown-key");
    }
    return {};
}

} // namespace

QString recoveryVerbName(RecoveryVerb verb)
{
    return QString::fromLatin1(rowOf(verb).name);
}

QString recoveryStepText(const RecoveryStep &step)
{
    const VerbRow &row = rowOf(step.verb);
    QString text = QString::fromLatin1(row.name);
    if (step.verb == RecoveryVerb::Unlock)
        text += u' ' + QString::fromLatin1(lockWords[static_cast<std::size_t>(step.lock)]);
    if (step.verb == RecoveryVerb::AbortOwn)
        text += u' ' + QString::fromLatin1(operationWords[static_cast<std::size_t>(step.operation)]);
    if (row.path)
        text += u" P%1"_s.arg(step.path + 1);
    if (step.minutes > 0)
        text += u" for %1 min"_s.arg(step.minutes);
    return text;
}

Result<RecoveryPlan> parseRecoveryPlan(const QByteArray &text, int paths)
{
    if (text.size() > maxPlanBytes)
        return refusedPlan("too-long");
    StrictJson json(text);
    if (!json.take('{'))
        return refusedPlan("not-an-object");
    RecoveryPlan plan;
    QList<QByteArray> keys;
    do {
        const auto key = json.string();
        if (!key || !json.take(':'))
            return refusedPlan("not-json");
        if (keys.contains(*key))
            return refusedPlan("doubled-key");
        keys += *key;
        AC_TRY(readMember(json, *key, paths, plan));
    } while (json.take(','));
    if (!json.take('}') || !json.atEnd())
        return refusedPlan("not-json");
    if (keys.size() != 4)
        return refusedPlan("missing-key");
    return plan;
}

QByteArray recoveryPlanSchema(int paths)
{
    QByteArrayList kinds{R"("UNKNOWN")"};
    for (int kind = 0; kind < static_cast<int>(ErrorKind::Unknown); ++kind)
        kinds += '"' + errorKindName(static_cast<ErrorKind>(kind)).toLatin1() + '"';
    QByteArrayList steps;
    for (const VerbRow &row : verbRows) {
        if (row.path && paths == 0)
            continue;
        QByteArray properties = R"("do":{"const":")" + QByteArray(row.name) + R"("})";
        QByteArray required = R"("do")";
        const auto add = [&](const QByteArray &key, const QByteArrayList &values) {
            properties += ",\"" + key + R"(":{"enum":[)" + values.join(',') + "]}";
            required += ",\"" + key + '"';
        };
        QByteArrayList values;
        if (row.choice && row.verb == RecoveryVerb::Unlock)
            std::ranges::for_each(lockWords, [&](const char *word) { values += '"' + QByteArray(word) + '"'; });
        else if (row.choice)
            std::ranges::for_each(operationWords, [&](const char *word) { values += '"' + QByteArray(word) + '"'; });
        if (row.choice)
            add(row.choice, values);
        values.clear();
        for (int path = 1; row.path && path <= paths; ++path)
            values += "\"P" + QByteArray::number(path) + '"';
        if (row.path)
            add("path", values);
        values.clear();
        for (const int minutes : row.minutes)
            if (minutes > 0)
                values += QByteArray::number(minutes);
        if (!values.isEmpty())
            add("min", values);
        steps += R"({"type":"object","properties":{)" + properties + R"(},"required":[)" + required
            + R"(],"additionalProperties":false})";
    }
    return R"({"type":"object","properties":{"v":{"const":1},"diagnosis":{"enum":[)" + kinds.join(',')
        + R"(]},"steps":{"type":"array","minItems":1,"maxItems":4,"items":{"anyOf":[)" + steps.join(',')
        + R"(]}},"note":{"type":"string","maxLength":280}},"required":["v","diagnosis","steps","note"],)"
          R"("additionalProperties":false})";
}

} // namespace AutoCommit
