#include "core/git/gitenvironment.h"

#include <QDir>
#include <QStandardPaths>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// Handed on when set: who we are, where the user's own things live, the agents that unlock keys without asking.
const QStringList passedOn{
    u"HOME"_s,
    u"USER"_s,
    u"LOGNAME"_s,
    u"SHELL"_s,
    u"TMPDIR"_s,
    u"TZ"_s,
    u"XDG_CONFIG_HOME"_s,
    u"XDG_CACHE_HOME"_s,
    u"XDG_DATA_HOME"_s,
    u"XDG_STATE_HOME"_s,
    u"XDG_RUNTIME_DIR"_s,
    u"SSH_AUTH_SOCK"_s,
    u"GNUPGHOME"_s,
    u"DBUS_SESSION_BUS_ADDRESS"_s,
    u"SSL_CERT_FILE"_s,
    u"SSL_CERT_DIR"_s,
};

const QStringList systemPath{
    u"/opt/homebrew/bin"_s, u"/usr/local/bin"_s, u"/usr/bin"_s, u"/bin"_s,
    u"/usr/local/sbin"_s,   u"/usr/sbin"_s,      u"/sbin"_s,
};

constexpr std::array fixedVariables{
    "GIT_TERMINAL_PROMPT=0",
    "GIT_ASKPASS=false", // found on the search path: macOS keeps it in /usr/bin
    "SSH_ASKPASS=false",
    "SSH_ASKPASS_REQUIRE=never",
    "GCM_INTERACTIVE=never",
    "GIT_OPTIONAL_LOCKS=0",
    "GIT_LITERAL_PATHSPECS=1",
    "GIT_ALLOW_PROTOCOL=none", // whoever may reach a place says so
    "GIT_PROTOCOL_FROM_USER=0",
    "GIT_EDITOR=true",
    "GIT_SEQUENCE_EDITOR=true",
    "GIT_PAGER=cat",
    "GIT_NO_REPLACE_OBJECTS=1",
    "LC_ALL=C.UTF-8", // error texts are matched in English
    "GIT_SSH_COMMAND=ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=15 "
    "-o ServerAliveInterval=15 -o ServerAliveCountMax=3",
};

constexpr std::array fixedOptions{
    "core.fsmonitor=false",
    "safe.bareRepository=explicit",
    "gc.auto=0",
    "maintenance.auto=false",
    "core.fsync=added", // default git does not fsync a plain commit; 300 files cost 0.7 s more, in the background
    "core.fsyncMethod=batch",
    "core.quotePath=false",
    "core.pager=cat",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "push.recurseSubmodules=no",
    "push.followTags=false",
    "push.gpgSign=false",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=30",
    "protocol.ext.allow=never",
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
    "log.showSignature=false",
    "advice.detachedHead=false",
};

} // namespace

GitEnvironment::GitEnvironment(const QProcessEnvironment &from, const QStringList &extraPath)
{
    const QStringList inherited = from.value(u"PATH"_s).split(u':', Qt::SkipEmptyParts);
    for (const QString &entry : extraPath + inherited + systemPath) {
        const QString dir = QDir::cleanPath(entry);
        if (dir.startsWith(u'/') && !m_searchPath.contains(dir))
            m_searchPath += dir;
    }
    for (const QString &name : passedOn) {
        if (from.contains(name))
            m_variables += (name + u'=' + from.value(name)).toLocal8Bit();
    }
    m_variables += "PATH=" + m_searchPath.join(u':').toLocal8Bit();
    for (const char *variable : fixedVariables)
        m_variables += QByteArray(variable);
}

QString GitEnvironment::findProgram(const QString &name) const
{
    return QStandardPaths::findExecutable(name, m_searchPath);
}

QStringList hardeningOptions(bool readOnly)
{
    QStringList options;
    for (const char *option : fixedOptions)
        options += {u"-c"_s, QString::fromLatin1(option)};
    if (readOnly)
        options += {u"-c"_s, u"core.hooksPath=/dev/null"_s};
    return options;
}

} // namespace AutoCommit
