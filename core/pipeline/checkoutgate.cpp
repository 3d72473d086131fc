#include "core/pipeline/checkoutgate.h"

#include "core/git/filestamp.h"
#include "core/privacy/gitleaksfiles.h"

#include <QFile>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QByteArrayList encoded(const QStringList &list)
{
    QByteArrayList result;
    for (const QString &entry : list)
        result += QFile::encodeName(entry);
    return result;
}

QByteArray smallFile(const QString &path)
{
    QFile file(path);
    const bool regular = FileStamp::of(QFile::encodeName(path)).isRegular();
    return regular && file.open(QIODevice::ReadOnly) ? file.read(1 << 20) : QByteArray();
}

RepositoryPolicy repositoryPolicy(const QString &workTree)
{
    RepositoryPolicy policy;
    if (Result<RepositoryPolicy> own = readGitleaksConfig(smallFile(workTree + u"/.gitleaks.toml"_s)))
        policy = std::move(own).value();
    policy.ignored = readGitleaksIgnore(smallFile(workTree + u"/.gitleaksignore"_s));
    return policy;
}

} // namespace

Gate checkoutGate(const Settings &settings, const QString &workTree, const QByteArray &salt)
{
    GatePolicy policy{.salt = salt};
    for (const QString &fingerprint : settings.allowSecrets)
        policy.falseAlarms.insert(fingerprint.toLatin1());
    if (!workTree.isEmpty())
        policy.repository = repositoryPolicy(workTree);
    return Gate({.policy = policy, .exclude = encoded(settings.exclude), .allowNames = encoded(settings.allowNames)});
}

} // namespace AutoCommit
