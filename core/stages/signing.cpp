#include "core/stages/signing.h"

#include "core/base/cleantext.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

Error unusable(const QString &why)
{
    return {ErrorKind::SigningFailed,
            u"commits are to be signed here, but the key cannot be used without a prompt: %1"_s.arg(why)};
}

QString programOf(const RepoConfig &config, const QString &format)
{
    const QString own = config.value(u"gpg.%1.program"_s.arg(format));
    if (!own.isEmpty())
        return own;
    if (format == u"x509"_s)
        return u"gpgsm"_s;
    const QString general = config.value(u"gpg.program"_s);
    return general.isEmpty() ? u"gpg"_s : general;
}

} // namespace

Status probeSigning(const Git &git, const RepoConfig &config)
{
    for (const QString &name : config.names())
        for (const RepoConfig::Entry &entry : config.all(name))
            if (entry.local && name.startsWith("gpg."_L1) && name.endsWith("program"_L1))
                return Error{
                    ErrorKind::Untrusted,
                    u"the repository's own config names the signing program (%1); set it in your global config"_s.arg(
                        name)};
    const QString format = config.value(u"gpg.format"_s).isEmpty() ? u"openpgp"_s : config.value(u"gpg.format"_s);
    if (format == u"ssh"_s)
        return {}; // ssh-keygen asks on a terminal or through askpass; both are switched off, so it fails at once
    QStringList arguments{u"--batch"_s, u"--no-tty"_s, u"--pinentry-mode"_s, u"error"_s};
    if (const QString key = config.value(u"user.signingkey"_s); !key.isEmpty())
        arguments += {u"--local-user"_s, key};
    arguments += {u"--output"_s, u"-"_s, u"--detach-sign"_s};
    AC_ASSIGN(const ProcessOutput result, git.helper(programOf(config, format), arguments, "probe"));
    if (result.succeeded())
        return {};
    const QString said = cleanLine(result.errors.trimmed().split('\n').last());
    const QString program = programOf(config, format);
    return unusable(said.isEmpty() ? u"%1 exited with %2"_s.arg(program).arg(result.exitCode) : said);
}

} // namespace AutoCommit
