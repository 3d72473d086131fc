#include "core/sync/upstream.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr auto sshDefaults
    = " -o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=15 -o ServerAliveInterval=15 -o ServerAliveCountMax=3"_L1;

/// A shell reads the command: what is anything but itself to one (a line's end, too) is in none of its words.
bool isShellWord(const QString &word)
{
    return !word.isEmpty() && std::ranges::all_of(word, [](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || u"_-./~@:+,=%"_s.contains(c);
    });
}

/// An ssh command that only picks a key, a port or an address family cannot run anything else.
bool isPlainSshCommand(const QString &command)
{
    const QStringList words = command.split(u' ', Qt::SkipEmptyParts);
    if (words.value(0) != u"ssh"_s || !std::ranges::all_of(words, isShellWord))
        return false;
    for (qsizetype i = 1; i < words.size(); ++i) {
        const QString &word = words[i];
        if (word == u"-4"_s || word == u"-6"_s || word == u"-oIdentitiesOnly=yes"_s)
            continue;
        const QString argument = words.value(i + 1);
        const bool pair = (word == u"-i"_s || word == u"-p"_s || word == u"-l"_s)
            || (word == u"-o"_s && argument == u"IdentitiesOnly=yes"_s);
        if (!pair || argument.isEmpty() || argument.startsWith(u'-'))
            return false;
        ++i;
    }
    return true;
}

Error refused(ErrorKind kind, const QString &message)
{
    return {kind, message};
}

bool setByRepository(const RepoConfig &config, const QString &name)
{
    return std::ranges::any_of(config.all(name), &RepoConfig::Entry::local);
}

/// insteadOf and pushInsteadOf of the repository itself would send the push where the remote's URL does not say.
QString ownRedirect(const RepoConfig &config)
{
    for (const QString &name : config.names())
        if (name.startsWith("url."_L1) && setByRepository(config, name))
            return name;
    return {};
}

/// Of a repository that sends https through a place of its own and has git believe any certificate there: the owner's
/// credentials would be handed to that place.
QString ownInterceptor(const RepoConfig &config, const QString &remote)
{
    QString detour;
    bool unproven = false;
    for (const QString &name : config.names()) {
        if (!setByRepository(config, name))
            continue;
        const bool isHttp = name.startsWith("http."_L1);
        if (name == u"remote.%1.proxy"_s.arg(remote)
            || (isHttp && (name.endsWith(".proxy"_L1) || name.endsWith(".curloptresolve"_L1))))
            detour = name;
        unproven = unproven
            || (isHttp
                && ((name.endsWith(".sslverify"_L1) && !config.isTrue(name)) || name.endsWith(".sslcainfo"_L1)
                    || name.endsWith(".sslcapath"_L1)));
    }
    return unproven ? detour : QString();
}

/// Every URL that git would use: it fetches from the first, and pushes to all.
QStringList destinations(const RepoConfig &config, const QString &remote)
{
    QStringList urls;
    for (const QString &kind : {u"url"_s, u"pushurl"_s})
        for (const RepoConfig::Entry &entry : config.all(u"remote.%1.%2"_s.arg(remote, kind)))
            if (!entry.value.isEmpty())
                urls += entry.value;
    return urls;
}

Status checkDestination(const RepoConfig &config, const QString &remote, const QString &url, const Settings &settings)
{
    if (const QString detour = ownInterceptor(config, remote); !detour.isEmpty())
        return refused(
            ErrorKind::Untrusted,
            u"the repository's own config sets %1 and whose certificate git believes; set that in your global config"_s
                .arg(detour));
    if (setByRepository(config, u"remote.%1.vcs"_s.arg(remote)))
        return refused(ErrorKind::Untrusted,
                       u"the repository's own config sets remote.%1.vcs, a program to run"_s.arg(remote));

    if (const QString redirect = ownRedirect(config); !redirect.isEmpty())
        return refused(ErrorKind::Untrusted,
                       u"the repository's own config sets %1, which would send pushes elsewhere"_s.arg(redirect));
    for (const QString &destination : destinations(config, remote)) {
        const QString host = hostOfUrl(destination);
        const QString protocol = protocolOf(destination);
        const bool isElsewhere = !host.isEmpty() || protocol != u"file"_s; // a host that Qt cannot read is one, too
        if (!settings.hubHosts.isEmpty() && isElsewhere && !settings.hubHosts.contains(host))
            return refused(ErrorKind::Untrusted,
                           u"%1 is not one of hub_hosts (%2)"_s.arg(host, settings.hubHosts.join(u", "_s)));
        if (settings.hubHosts.isEmpty() && host != hostOfUrl(url))
            return refused(
                ErrorKind::Untrusted,
                u"remote %1 is pushed to %2 but fetched from %3; name both in hub_hosts if that is meant"_s.arg(
                    remote, host, hostOfUrl(url)));
        if (!settings.protocols.contains(protocol))
            return refused(
                ErrorKind::Untrusted,
                u"remote %1 uses the transport \"%2\", which `protocols` does not allow"_s.arg(remote, protocol));
    }
    return {};
}

/// ssh as the machine's owner set it up, or as the repository does where that only picks a key; always without prompts.
QByteArray sshCommand(const RepoConfig &config)
{
    QString command = u"ssh"_s;
    for (const RepoConfig::Entry &entry : config.all(u"core.sshcommand"_s))
        if (!entry.local || isPlainSshCommand(entry.value))
            command = entry.value;
    return (command + sshDefaults).toLocal8Bit();
}

QByteArray transportsFor(const QString &url)
{
    QStringList transports{u"ssh"_s, u"https"_s};
    if (const QString own = protocolOf(url); !transports.contains(own))
        transports += own; // a local hub needs `file`, and only its own remote gets it
    return transports.join(u':').toLatin1();
}

/// The remotes that git asks for what a partial clone lacks (git 2.39.5, promisor-remote.c).
QStringList promisorsOf(const RepoConfig &config)
{
    static const QStringList no{u"false"_s, u"no"_s, u"off"_s, u"0"_s, QString()};
    QStringList remotes;
    for (const RepoConfig::Entry &entry : config.all(u"extensions.partialclone"_s))
        remotes += entry.value;
    for (const QString &name : config.names()) {
        const QString variable = name.section(u'.', -1);
        const bool promises = variable == u"partialclonefilter"_s
            || (variable == u"promisor"_s && std::ranges::any_of(config.all(name), [](const RepoConfig::Entry &entry) {
                                  return !no.contains(entry.value.toLower());
                              }));
        if (promises && name.startsWith("remote."_L1) && name.count(u'.') > 1)
            remotes += name.section(u'.', 1, -2);
    }
    remotes.removeDuplicates();
    return remotes;
}

Status checkPromisor(const RepoConfig &config, const QString &remote, const Settings &settings)
{
    const QStringList urls = destinations(config, remote);
    if (urls.isEmpty())
        return refused(ErrorKind::NoUpstream, u"remote %1 has no URL"_s.arg(remote));
    if (setByRepository(config, u"remote.%1.uploadpack"_s.arg(remote)))
        return refused(ErrorKind::Untrusted,
                       u"the repository's own config sets remote.%1.uploadpack, a program to run"_s.arg(remote));
    return checkDestination(config, remote, urls.first(), settings);
}

} // namespace

Result<std::optional<Upstream>> findUpstream(const RepoConfig &config, const QByteArray &branch,
                                             const Settings &settings)
{
    const QString name = QString::fromUtf8(branch);
    const QString remote = config.value(u"branch.%1.remote"_s.arg(name));
    const QByteArray merge = config.value(u"branch.%1.merge"_s.arg(name)).toUtf8();
    if (remote.isEmpty() || remote == u"."_s || !merge.startsWith("refs/heads/"))
        return std::optional<Upstream>();
    if (!settings.gitRemote.isEmpty() && remote != settings.gitRemote)
        return std::optional<Upstream>();
    const QString pushRemote = config.value(u"branch.%1.pushremote"_s.arg(name));
    const QString pushDefault = config.value(u"remote.pushdefault"_s);
    const QString effective = pushRemote.isEmpty() ? pushDefault : pushRemote;
    if (!effective.isEmpty() && effective != remote)
        return refused(
            ErrorKind::NoUpstream,
            u"git is set to push %1 to %2 but to pull it from %3; auto-commit syncs with one place only"_s.arg(
                name, effective, remote));
    const QString url = destinations(config, remote).value(0);
    if (config.value(u"remote.%1.url"_s.arg(remote)).isEmpty())
        return refused(ErrorKind::NoUpstream,
                       u"the upstream of %1 is on remote %2, which has no URL"_s.arg(name, remote));
    AC_TRY(checkDestination(config, remote, url, settings));
    AC_TRY(promisorEnvironment(config, settings)); // a fetch and a push read what is not here, too

    return std::optional(Upstream{
        .remote = remote,
        .hubRef = merge,
        .trackingRef = "refs/remotes/" + remote.toUtf8() + '/' + merge.mid(11),
        .url = url,
        .rewritten = std::ranges::any_of(config.names(), [](const QString &key) { return key.startsWith("url."_L1); }),
        .host = protocolOf(url) == u"file"_s ? QString() : normalisedUrl(url).section(u'/', 0, 0),
        .sshCommand = sshCommand(config),
        .transports = transportsFor(url)});
}

Result<QList<QByteArray>> promisorEnvironment(const RepoConfig &config, const Settings &settings)
{
    QByteArrayList transports;
    for (const QString &remote : promisorsOf(config)) {
        AC_TRY(checkPromisor(config, remote, settings));
        for (const QString &url : destinations(config, remote))
            transports += transportsFor(url);
    }
    if (transports.isEmpty())
        return QList<QByteArray>();
    return QList<QByteArray>{"GIT_ALLOW_PROTOCOL=" + transports.join(':'), "GIT_SSH_COMMAND=" + sshCommand(config)};
}

QString ignoredSshCommand(const RepoConfig &config)
{
    const auto entries = config.all(u"core.sshcommand"_s);
    const bool ignored = std::ranges::any_of(
        entries, [](const RepoConfig::Entry &entry) { return entry.local && !isPlainSshCommand(entry.value); });
    return ignored
        ? u"git config core.sshCommand: not followed, as a repository may only pick a key with it "
          "(ssh -i FILE, -p, -l, -o IdentitiesOnly=yes, without quotes); set more in your global git config"_s
        : QString();
}

QString whyNotPushed(const RepoConfig &config, const QByteArray &branch, const Upstream &upstream)
{
    const QString mode = config.value(u"push.default"_s);
    if (mode == u"nothing"_s)
        return u"git's push.default is \"nothing\", so commits stay here until you push them"_s;
    if (mode == u"upstream"_s || mode == u"tracking"_s || upstream.hubRef == "refs/heads/" + branch)
        return {};
    const QString name = QString::fromUtf8(branch);
    return u"%1 follows %2 on %3, a branch of another name, so its commits stay here: `git push -u %3 %1` gives it a branch of its own there, `git config push.default upstream` lets them go to %2"_s
        .arg(name, QString::fromUtf8(upstream.hubRef.mid(11)), upstream.remote);
}

} // namespace AutoCommit
