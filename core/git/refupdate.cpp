#include "core/git/refupdate.h"

#include "core/git/giterrors.h"

#include <QFile>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Error refError(ProcessSession &session, const Error &fallback)
{
    const Result<ProcessOutput> ended = session.finish(10s);
    if (!ended)
        return fallback;
    Error error = classifyGitFailure(u"moving the branch"_s, *ended);
    if (error.detail.contains("but expected"_L1) || error.detail.contains("reference already exists"_L1)
        || error.detail.contains("unable to resolve reference"_L1))
        return {ErrorKind::HeadMoved, u"the branch moved while auto-commit was at work on it"_s, error.detail};
    return error;
}

Status expectOk(ProcessSession &session, const QByteArray &verb)
{
    const Result<QByteArray> answer = session.readLine(30s);
    if (answer && *answer == verb + ": ok")
        return {};
    return refError(session,
                    answer ? Error{ErrorKind::Unknown, u"git answered unexpectedly"_s, QString::fromUtf8(*answer)}
                           : answer.error());
}

} // namespace

Result<RefUpdate> RefUpdate::prepare(const Git &git, const Move &move)
{
    RefUpdate update;
    AC_ASSIGN(update.m_session,
              git.session({u"update-ref"_s, u"-m"_s, move.reflogMessage, u"--create-reflog"_s, u"--stdin"_s}));
    const QByteArray old = move.from.isEmpty() ? QByteArray(move.nameLength, '0') : move.from;
    AC_TRY(update.m_session->writeLine("start\nupdate " + move.ref + ' ' + move.to + ' ' + old + "\nprepare"));
    AC_TRY(expectOk(*update.m_session, "start"));
    AC_TRY(expectOk(*update.m_session, "prepare"));
    return update;
}

Status RefUpdate::commit()
{
    AC_TRY(m_session->writeLine("commit"));
    return expectOk(*m_session, "commit");
}

Status RefUpdate::finish()
{
    AC_TRY(m_session->finish(10s));
    return {};
}

QByteArray symbolicHead(const RepoLocation &location)
{
    QFile head(location.gitDir + u"/HEAD"_s);
    const QByteArray text = head.open(QIODevice::ReadOnly) ? head.readAll().trimmed() : QByteArray();
    return text.startsWith("ref:") ? text.mid(4).trimmed() : QByteArray();
}

} // namespace AutoCommit
