#include "core/agent/hostmessages.h"

#include "core/agent/patchtext.h"
#include "core/base/cleantext.h"
#include "core/base/pathtext.h"
#include "core/pipeline/changecontext.h"

#include <QCryptographicHash>
#include <QSet>

#include <algorithm>
#include <condition_variable>
#include <thread>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostFiles = 2000; // of the service
constexpr qsizetype mostSubjects = 200; // of the service
constexpr qsizetype mostBody = 3'900'000; // of the service: 4 MB
constexpr qsizetype patchPerFile = 256 << 10;
constexpr qsizetype patchInAll = 1536 << 10;

Error malformed(const QString &what)
{
    return {ErrorKind::Internal, u"the other machine's answer makes no sense: %1"_s.arg(what)};
}

RedactedText statusLetter(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Added:
        return RedactedText("A");
    case ChangeKind::Deleted:
        return RedactedText("D");
    case ChangeKind::Renamed:
        return RedactedText("R");
    case ChangeKind::TypeChanged:
        return RedactedText("T");
    case ChangeKind::Modified:
    case ChangeKind::ModeChanged:
        break;
    }
    return RedactedText("M");
}

bool isAway(ErrorKind kind)
{
    using enum ErrorKind;
    return kind == ModelUnavailable || kind == AuthFailed || kind == TlsFailed || kind == Config;
}

/// Makes the body; the patch shrinks until everything fits.
class QuestionMaker
{
public:
    QuestionMaker(const ChangeContext &change, const QList<QByteArray> &names)
        : m_change(change)
        , m_scanner(change.gate.scanner())
        , m_names(names)
    { }

    OutgoingJson make(const AskedRepository &repo, const QString &host) const
    {
        OutgoingJson question;
        question.add("host", text(host));
        question.add("origin", text(repo.origin));
        question.add("branch", text(m_change.branch));
        question.add("style", style());
        question.add("files", files());
        question.add("one_commit", !m_change.settings.splitCommits);
        for (qsizetype room = patchInAll;; room /= 4) {
            question.add("patch", patchText(m_change.changes, m_names, m_scanner, patchPerFile, room));
            if (question.bytes().size() <= mostBody || room == 0)
                break;
        }
        return question;
    }

private:
    RedactedText text(const QString &words) const { return m_scanner.redact(cleanLine(words).toUtf8()); }
    RedactedText path(const QByteArray &bytes) const { return m_scanner.redact(textFromPath(bytes).toUtf8()); }

    OutgoingJson style() const
    {
        QList<OutgoingJson> subjects;
        for (const PastCommit &commit : m_change.history.commits) {
            if (subjects.size() == mostSubjects)
                break;
            OutgoingJson subject;
            subject.add("subject", text(QString::fromUtf8(commit.subject)));
            subjects += subject;
        }
        OutgoingJson style;
        style.add("recent_subjects", subjects);
        return style;
    }

    QList<OutgoingJson> files() const
    {
        QList<OutgoingJson> list;
        for (qsizetype i = 0; i < m_names.size(); ++i) {
            const FileChange &file = m_change.changes.files[i];
            OutgoingJson told;
            told.add("path", path(m_names[i]));
            told.add("old_path", path(file.oldPath));
            told.add("status", statusLetter(file.kind));
            told.add("added", qint64{file.addedLines});
            told.add("deleted", qint64{file.removedLines});
            list += told;
        }
        return list;
    }

    const ChangeContext &m_change;
    const SecretScanner &m_scanner;
    const QList<QByteArray> &m_names;
};

/// Says that somebody waits unless it is over soon.
class SlowRemark
{
public:
    SlowRemark(std::chrono::milliseconds after, std::function<void()> say)
    {
        if (say)
            m_thread = std::thread([this, after, then = std::move(say)] { wait(after, then); });
    }
    ~SlowRemark()
    {
        {
            const std::lock_guard guard(m_mutex);
            m_over = true;
        }
        m_changed.notify_all();
        if (m_thread.joinable())
            m_thread.join();
    }
    Q_DISABLE_COPY_MOVE(SlowRemark)

private:
    void wait(std::chrono::milliseconds after, const std::function<void()> &say)
    {
        std::unique_lock guard(m_mutex);
        if (!m_changed.wait_for(guard, after, [this] { return m_over; }))
            say();
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_over = false; ///< guarded by the mutex
    std::thread m_thread;
};

QStringList texts(const QJsonValue &value)
{
    QStringList list;
    for (const auto &item : value.toArray())
        list += item.toString();
    return list;
}

} // namespace

const char *hostCallPath(HostCall call)
{
    switch (call) {
    case HostCall::GenerateMessage:
        return "/generate-message";
    case HostCall::RecordCommit:
        return "/record-commit";
    case HostCall::Heartbeat:
        break;
    }
    return "/heartbeat";
}

Result<QList<QByteArray>> toldNames(const ChangeContext &change)
{
    QList<QByteArray> names;
    QSet<QByteArray> seen;
    for (const FileChange &file : change.changes.files) {
        const RedactedText told = change.gate.scanner().redact(textFromPath(file.path).toUtf8());
        names += pathFromText(told.text());
        if (seen.contains(names.last()))
            return Error{ErrorKind::Internal, u"two names that hold a secret cannot be told apart"_s};
        seen.insert(names.last());
    }
    return names;
}

OutgoingJson messageQuestion(const ChangeContext &change, const AskedRepository &repo, const QString &host,
                             const QList<QByteArray> &names)
{
    OutgoingJson question = QuestionMaker(change, names).make(repo, host);
    const QByteArray id = QCryptographicHash::hash(question.bytes(), QCryptographicHash::Sha256).toHex().left(40);
    question.add("request_id", RedactedText::ownWords(id.constData()));
    return question;
}

Result<QList<ProposedCommit>> readProposal(const QJsonObject &answer, const QList<QByteArray> &names)
{
    QHash<QByteArray, qsizetype> index;
    for (qsizetype i = 0; i < names.size(); ++i)
        index.insert(names[i], i);
    QList<ProposedCommit> commits;
    for (const auto &value : answer.value("groups"_L1).toArray()) {
        const QJsonObject group = value.toObject();
        ProposedCommit commit{.subject = group.value("subject"_L1).toString(),
                              .body = group.value("body"_L1).toString(),
                              .why = texts(group.value("why"_L1)),
                              .source = messageSourceFromName(group.value("source"_L1).toString()),
                              .model = group.value("model"_L1).toString()};
        for (const QString &path : texts(group.value("paths"_L1))) {
            const qsizetype file = index.value(pathFromText(path), -1);
            if (file < 0)
                return malformed(u"a path that was not asked about, or comes twice"_s);
            index.remove(names[file]);
            commit.files += file;
        }
        if (commit.files.isEmpty())
            return malformed(u"a commit without files"_s);
        std::ranges::sort(commit.files);
        commits += commit;
    }
    if (!index.isEmpty())
        return malformed(u"%1 paths are missing"_s.arg(index.size()));
    return commits;
}

HostMessages::HostMessages(HostDoor &door, const Clock &clock, HostMessagesOptions options)
    : m_door(door)
    , m_clock(clock)
    , m_options(std::move(options))
{ }

Result<QList<ProposedCommit>> HostMessages::propose(const ChangeContext &change, const AskedRepository &repo)
{
    if (change.changes.files.size() > mostFiles)
        return Error{ErrorKind::Usage, u"the change has more than %1 files"_s.arg(mostFiles)};
    AC_ASSIGN(const QList<QByteArray> names, toldNames(change));
    const Result<QJsonObject> answer = ask(messageQuestion(change, repo, m_options.host, names), change.cancel);
    if (!answer && answer.error().kind == ErrorKind::Cancelled)
        return answer.error();
    const bool away = !answer && isAway(answer.error().kind);
    remember(repo, away ? std::optional(answer.error()) : std::nullopt);
    if (!answer)
        return answer.error();
    return readProposal(*answer, names);
}

/// One repository finds out that the host is away, not each of sixty-eight.
Result<QJsonObject> HostMessages::ask(const OutgoingJson &question, const CancelToken &cancel)
{
    {
        const std::lock_guard guard(m_mutex);
        if (isAwayStill())
            return *m_trouble;
    }
    const SlowRemark remark(m_options.remark,
                            m_options.waiting ? [this] { m_options.waiting(m_door.name()); } : std::function<void()>());
    Result<QJsonObject> answer = m_door.send(HostCall::GenerateMessage, question, m_options.answer, cancel);
    if (answer)
        return answer;
    using enum ErrorKind;
    const ErrorKind kind = answer.error().kind;
    {
        const std::lock_guard guard(m_mutex);
        m_silent = kind == Timeout;
    }
    if (kind == Unreachable || kind == Timeout || kind == OutOfResources)
        return Error{ModelUnavailable, answer.error().message, answer.error().detail};
    return answer;
}

void HostMessages::remember(const AskedRepository &repo, const std::optional<Error> &trouble)
{
    const std::lock_guard guard(m_mutex);
    if (!trouble || !isAwayStill())
        m_since = m_clock.monotonic();
    m_trouble = trouble;
    if (!trouble)
        m_waiting.remove(repo.key);
}

bool HostMessages::waits(const AskedRepository &repo)
{
    if (!m_options.wait)
        return false;
    const std::lock_guard guard(m_mutex);
    const Clock::Monotonic now = m_clock.monotonic();
    const auto since = m_waiting.constFind(repo.key);
    if (since == m_waiting.constEnd()) {
        m_waiting.insert(repo.key, now);
        return true;
    }
    if (now - *since < m_options.patience)
        return true;
    m_waiting.remove(repo.key);
    return false;
}

bool HostMessages::isAwayStill() const
{
    return m_trouble && m_trouble->kind == ErrorKind::ModelUnavailable
        && m_clock.monotonic() - m_since < (m_silent ? m_options.silence : m_options.pause);
}

bool HostMessages::isSilent() const
{
    const std::lock_guard guard(m_mutex);
    return m_silent && isAwayStill();
}

std::optional<Error> HostMessages::trouble() const
{
    const std::lock_guard guard(m_mutex);
    return m_trouble;
}

} // namespace AutoCommit
