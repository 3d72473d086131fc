#include "core/keychain/desktopkeychain.h"

#include <qt6keychain/keychain.h>

#include <QThread>

#include <future>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

constexpr auto service = "auto-commit"_L1;

Error errorOf(const QKeychain::Job &job)
{
    const QString detail = job.errorString();
    switch (job.error()) {
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {ErrorKind::PermissionDenied, u"the keychain refused access"_s, detail};
    case QKeychain::CouldNotDeleteEntry:
        return {ErrorKind::IoError, u"the keychain did not remove the entry"_s, detail};
    default: // without a session QtKeychain says "unknown error", not that there is no backend
        return {ErrorKind::Config,
                u"no keychain answers in this session (%1); a machine without a desktop keeps the secret in a file or "
                "in the environment"_s.arg(detail),
                detail};
    }
}

KeychainAnswer answerOf(const QKeychain::Job &job)
{
    if (job.error() == QKeychain::EntryNotFound)
        return {};
    if (job.error() != QKeychain::NoError)
        return {.error = errorOf(job)};
    const auto *read = qobject_cast<const QKeychain::ReadPasswordJob *>(&job);
    return {.found = true, .secret = read ? read->textData().toUtf8() : QByteArray()};
}

QKeychain::Job *makeJob(const KeychainQuestion &question)
{
    switch (question.what) {
    case KeychainQuestion::What::Read:
        return new QKeychain::ReadPasswordJob(service);
    case KeychainQuestion::What::Remove:
        return new QKeychain::DeletePasswordJob(service);
    case KeychainQuestion::What::Write:
        break;
    }
    auto *write = new QKeychain::WritePasswordJob(service);
    write->setTextData(QString::fromUtf8(question.secret));
    return write;
}

} // namespace

DesktopKeychain::DesktopKeychain()
    : m_thread(new QThread)
    , m_worker(new QObject)
{
    m_thread->setObjectName(u"keychain"_s);
    m_worker->moveToThread(m_thread);
    m_thread->start();
}

KeychainAnswer DesktopKeychain::ask(const KeychainQuestion &question)
{
    const auto promise = std::make_shared<std::promise<KeychainAnswer>>();
    std::future<KeychainAnswer> answer = promise->get_future();
    QMetaObject::invokeMethod(
        m_worker,
        [question, promise] {
            QKeychain::Job *job = makeJob(question);
            job->setKey(question.name);
            job->setInsecureFallback(false); // a file in the clear is no keychain
            QObject::connect(job, &QKeychain::Job::finished, job,
                             [promise](QKeychain::Job *done) { promise->set_value(answerOf(*done)); });
            job->start(); // deletes itself
        },
        Qt::QueuedConnection);
    if (answer.wait_for(question.atMost) == std::future_status::ready)
        return answer.get();
    return {.error = Error{ErrorKind::Timeout,
                           u"the keychain did not answer within %1 s; perhaps it waits to be unlocked"_s.arg(
                               static_cast<double>(question.atMost.count()) / 1000)}};
}

} // namespace AutoCommit
