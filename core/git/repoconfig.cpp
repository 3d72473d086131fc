#include "core/git/repoconfig.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// What `git lfs install` writes; anything else under filter.lfs is not git-lfs.
const QMap<QString, QStringList> canonicalLfs{
    {u"clean"_s, {u"git-lfs clean -- %f"_s, u"git lfs clean -- %f"_s, u"git lfs clean %f"_s}},
    {u"smudge"_s,
     {u"git-lfs smudge -- %f"_s, u"git lfs smudge -- %f"_s, u"git-lfs smudge --skip -- %f"_s, u"git lfs smudge %f"_s}},
    {u"process"_s, {u"git-lfs filter-process"_s, u"git lfs filter-process"_s, u"git-lfs filter-process --skip"_s}},
    {u"required"_s, {u"true"_s, u"false"_s}},
};

/// Families of names that run a program or redirect what git does, when a repository sets them for itself.
bool isExecutableName(const QString &name)
{
    static const QStringList exact{u"core.fsmonitor"_s,      u"core.hookspath"_s,
                                   u"core.sshcommand"_s,     u"core.askpass"_s,
                                   u"core.gitproxy"_s,       u"core.worktree"_s,
                                   u"core.editor"_s,         u"core.pager"_s,
                                   u"core.attributesfile"_s, u"core.alternaterefscommand"_s,
                                   u"gpg.program"_s,         u"diff.external"_s,
                                   u"protocol.ext.allow"_s,  u"uploadpack.packobjectshook"_s,
                                   u"include.path"_s,        u"extensions.worktreeconfig"_s};
    static const QStringList first{u"filter."_s,  u"credential."_s, u"url."_s, u"includeif."_s,
                                   u"trailer."_s, u"alias."_s,      u"http."_s};
    static const QStringList last{u".textconv"_s, u".command"_s, u".driver"_s, u".uploadpack"_s, u".receivepack"_s,
                                  u".vcs"_s,      u".pushurl"_s, u".url"_s,    u".proxy"_s,      u".program"_s};
    const auto starts = [&](const QString &p) { return name.startsWith(p); };
    const auto ends = [&](const QString &p) { return name.endsWith(p); };
    return exact.contains(name) || std::ranges::any_of(first, starts) || std::ranges::any_of(last, ends);
}

/// "filter.NAME.clean" -> NAME; names may hold dots.
QString middleOf(const QString &name)
{
    const qsizetype a = name.indexOf(u'.');
    const qsizetype b = name.lastIndexOf(u'.');
    return b > a ? name.sliced(a + 1, b - a - 1) : QString();
}

QString lastOf(const QString &name)
{
    return name.sliced(name.lastIndexOf(u'.') + 1);
}

bool definesOnlyLfs(const QString &variable, const QString &value)
{
    return canonicalLfs.value(variable).contains(value);
}

} // namespace

Result<RepoConfig> RepoConfig::read(const Git &git)
{
    AC_ASSIGN(const QByteArray output, git.read({u"config"_s, u"--list"_s, u"--show-scope"_s, u"-z"_s}));
    return parse(output);
}

Result<RepoConfig> RepoConfig::parse(const QByteArray &output)
{
    RepoConfig config; // "scope NUL name LF value NUL"; a name without value has no LF
    const QList<QByteArray> parts = output.split('\0');
    for (qsizetype i = 0; i + 1 < parts.size(); i += 2) {
        const QByteArray &scope = parts[i];
        if (scope == "command")
            continue; // our own -c options
        const qsizetype lf = parts[i + 1].indexOf('\n');
        const QString name = QString::fromUtf8(lf < 0 ? parts[i + 1] : parts[i + 1].left(lf));
        const QString value = lf < 0 ? u"true"_s : QString::fromUtf8(parts[i + 1].mid(lf + 1));
        if (!name.contains(u'.'))
            return Error{ErrorKind::Internal, u"git config printed something unexpected"_s, name};
        config.m_entries[name].append({.local = scope == "local" || scope == "worktree", .value = value});
    }
    return config;
}

QString RepoConfig::value(const QString &name) const
{
    const auto entries = m_entries.value(name);
    return entries.isEmpty() ? QString() : entries.last().value;
}

bool RepoConfig::isTrue(const QString &name) const
{
    const QString text = value(name).toLower();
    return text == u"true"_s || text == u"yes"_s || text == u"on"_s || text == u"1"_s;
}

QMap<QString, QString> RepoConfig::ownSettings() const
{
    QMap<QString, QString> own;
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it)
        if (it.key().startsWith("autocommit."_L1))
            own.insert(it.key(), it->last().value);
    return own;
}

QStringList RepoConfig::overrides(const QStringList &trustedFilters) const
{
    QStringList options;
    QStringList closed;
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
        const bool local = std::ranges::any_of(it.value(), &Entry::local);
        if (!local || !it.key().startsWith("filter."_L1))
            continue;
        const QString filter = middleOf(it.key());
        if (!usableFilters(trustedFilters).contains(filter) && !closed.contains(filter)) {
            closed += filter;
            for (const QString &variable : {u"clean"_s, u"smudge"_s, u"process"_s})
                options += u"filter.%1.%2="_s.arg(filter, variable);
            options += u"filter.%1.required=false"_s.arg(filter);
        }
    }
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
        const QString &name = it.key();
        if (!name.startsWith("credential."_L1) || !name.endsWith(".helper"_L1)
            || std::ranges::none_of(it.value(), &Entry::local))
            continue;
        options += name + u'='; // an empty helper resets the list; then the owner's own ones again
        for (const Entry &entry : it.value())
            if (!entry.local)
                options += name + u'=' + entry.value;
    }
    for (const QString &name : {u"gpg.program"_s, u"gpg.openpgp.program"_s, u"gpg.x509.program"_s, u"gpg.ssh.program"_s,
                                u"gpg.ssh.defaultkeycommand"_s})
        if (std::ranges::any_of(all(name), &Entry::local))
            options += {u"commit.gpgSign=false"_s, name + u"=false"_s}; // the program of this name: -S fails then
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it)
        if (it.key().startsWith("http."_L1) && it.key().endsWith(".savecookies"_L1)
            && std::ranges::any_of(it.value(), &Entry::local))
            options += it.key() + u"=false"_s; // it would write what a hub sends over a file of the repository's choice
    return options;
}

QStringList RepoConfig::usableFilters(const QStringList &trustedFilters) const
{
    QMap<QString, bool> usable;
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
        if (!it.key().startsWith("filter."_L1))
            continue;
        const QString filter = middleOf(it.key());
        bool good = trustedFilters.contains(filter);
        if (!good) {
            good = std::ranges::all_of(it.value(), [&](const Entry &entry) {
                return !entry.local || (filter == u"lfs"_s && definesOnlyLfs(lastOf(it.key()), entry.value));
            });
        }
        usable[filter] = usable.value(filter, true) && good;
    }
    return usable.keys(true);
}

QStringList RepoConfig::executableSurface() const
{
    QStringList lines;
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it)
        for (const Entry &entry : it.value())
            if (entry.local && isExecutableName(it.key()))
                lines += it.key() + u'=' + entry.value;
    return lines;
}

QString RepoConfig::hooksDir(const RepoLocation &location) const
{
    QString dir = value(u"core.hookspath"_s);
    if (dir.isEmpty())
        return location.commonDir + u"/hooks"_s;
    if (dir.startsWith("~/"_L1))
        dir = QDir::homePath() + dir.sliced(1);
    return QDir::cleanPath(QDir(location.workTree).absoluteFilePath(dir));
}

bool needsConfigFirst(const RepoLocation &location)
{
    for (const QString &path : {location.commonDir + u"/config"_s, location.gitDir + u"/config.worktree"_s}) {
        QFile file(path);
        if (!file.exists())
            continue;
        if (!file.open(QIODevice::ReadOnly) || file.size() > (1 << 20))
            return true;
        const QByteArray text = file.readAll().toLower();
        for (const char *word : {"filter", "include", "worktree", "promisor", "partialclone"})
            if (text.contains(word))
                return true;
    }
    return false;
}

} // namespace AutoCommit
