#include "core/git/giterrors.h"

#include "core/base/cleantext.h"

#include <algorithm>
#include <array>
#include <csignal>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using enum ErrorKind;

struct Pattern
{
    const char *text; ///< lower case; every part between '*' has to occur, in this order
    ErrorKind kind;
    const char *advice; ///< what to do; nullptr where the kind speaks for itself
};

/// First match wins: what is special stands above what is general.
constexpr std::array patterns{
    // clang-format off
    Pattern {"remote:*no space left", HubDiskFull, "the hub's disk is full"},
    Pattern {"no space left on device", DiskFull, "free some disk space"},
    Pattern {"disk quota exceeded", DiskFull, "free some disk space"},
    Pattern {"read-only file system", ReadOnly, nullptr},
    Pattern {"too many open files", OutOfResources, nullptr},
    Pattern {"cannot allocate memory", OutOfResources, nullptr},
    Pattern {"out of memory", OutOfResources, nullptr},
    Pattern {"resource temporarily unavailable", OutOfResources, nullptr},
    Pattern {"dubious ownership", DubiousOwnership, "if you trust it: git config --global --add safe.directory PATH"},
    Pattern {"safe.directory", DubiousOwnership, "if you trust it: git config --global --add safe.directory PATH"},
    Pattern {"cannot use bare repository", Untrusted, nullptr},
    Pattern {"transport '*' not allowed", Untrusted, "add it to `protocols` if you mean it"},
    // the hub's answers to a push
    Pattern {"push declined due to*secret", RejectedSecret, "take the secret out of the commit, then push again"},
    Pattern {"gh013*secret", RejectedSecret, "take the secret out of the commit, then push again"},
    Pattern {"secret scanning", RejectedSecret, "take the secret out of the commit, then push again"},
    Pattern {"remote:*gitleaks", RejectedSecret, "take the secret out of the commit, then push again"},
    Pattern {"exceeds*file size limit", RejectedSize, "a file in the commits is larger than the hub allows"},
    Pattern {"gh001", RejectedSize, "a file in the commits is larger than the hub allows"},
    Pattern {"larger than the maximum", RejectedSize, "a file in the commits is larger than the hub allows"},
    Pattern {"protected branch", ProtectedBranch, "the hub does not let this account push to this branch"},
    Pattern {"gh006", ProtectedBranch, "the hub does not let this account push to this branch"},
    Pattern {"not allowed to push", ProtectedBranch, "the hub does not let this account push to this branch"},
    Pattern {"branch is protected", ProtectedBranch, "the hub does not let this account push to this branch"},
    Pattern {".lock': permission denied", PermissionDenied, "check who owns these files"},
    Pattern {"cannot lock ref", HubLocked, "another push is under way on the hub, or it was left locked"},
    Pattern {"failed to update ref", HubLocked, "another push is under way on the hub, or it was left locked"},
    Pattern {"pre-receive hook declined", RejectedByHub, "the hub's own rule refused the push"},
    Pattern {"hook declined", RejectedByHub, "the hub's own rule refused the push"},
    Pattern {"non-fast-forward", NonFastForward, nullptr},
    Pattern {"fetch first", NonFastForward, nullptr},
    Pattern {"stale info", NonFastForward, nullptr},
    // reaching the hub
    Pattern {"remote host identification has changed", HostKey, "compare the new key before you accept it"},
    Pattern {"host key verification failed", HostKey, "connect once by hand with ssh and compare the fingerprint"},
    Pattern {"no matching host key", HostKey, nullptr},
    Pattern {"permission denied (", AuthFailed, "ssh found no key it may use without asking: load it into the agent"},
    Pattern {"authentication failed", AuthFailed, "check the stored credentials for this hub"},
    Pattern {"could not read username", AuthFailed, "no stored credentials for this hub"},
    Pattern {"could not read password", AuthFailed, "no stored credentials for this hub"},
    Pattern {"terminal prompts disabled", AuthFailed, "no stored credentials for this hub"},
    Pattern {"invalid username or", AuthFailed, "check the stored credentials for this hub"},
    Pattern {"error: 401", AuthFailed, "check the stored credentials for this hub"},
    Pattern {"error: 403", AuthFailed, "this account may not do that on the hub"},
    Pattern {"sign_and_send_pubkey", AuthFailed, "the key needs its agent, a touch or a passphrase"},
    Pattern {"ssl certificate", TlsFailed, "the hub's certificate could not be verified"},
    Pattern {"ssl: ", TlsFailed, "the hub's certificate could not be verified"},
    Pattern {"server certificate", TlsFailed, "the hub's certificate could not be verified"},
    Pattern {"certificate verif", TlsFailed, "the hub's certificate could not be verified"},
    Pattern {"setting certificate", TlsFailed, "check http.sslCAInfo and http.sslCert"},
    Pattern {"client certificate", TlsFailed, "check http.sslCert and http.sslKey"},
    Pattern {"ssl connect", TlsFailed, "the secure connection to the hub failed"},
    Pattern {"ssl_", TlsFailed, "the secure connection to the hub failed"},
    Pattern {"ssl routines", TlsFailed, "the secure connection to the hub failed"},
    Pattern {"gnutls_", TlsFailed, "the secure connection to the hub failed"},
    Pattern {"tls connect", TlsFailed, "the secure connection to the hub failed"},
    Pattern {"tls handshake", TlsFailed, "the secure connection to the hub failed"},
    Pattern {"could not resolve host", Unreachable, nullptr},
    Pattern {"name or service not known", Unreachable, nullptr},
    Pattern {"temporary failure in name resolution", Unreachable, nullptr},
    Pattern {"nodename nor servname", Unreachable, nullptr},
    Pattern {"connection refused", Unreachable, nullptr},
    Pattern {"connection timed out", Unreachable, nullptr},
    Pattern {"operation timed out", Unreachable, nullptr},
    Pattern {"connection reset", Unreachable, nullptr},
    Pattern {"connection closed", Unreachable, nullptr},
    Pattern {"network is unreachable", Unreachable, nullptr},
    Pattern {"no route to host", Unreachable, nullptr},
    Pattern {"operation too slow", Unreachable, nullptr},
    Pattern {"failed to connect", Unreachable, nullptr},
    Pattern {"couldn't connect", Unreachable, nullptr},
    Pattern {"early eof", Unreachable, nullptr},
    Pattern {"hung up unexpectedly", Unreachable, nullptr},
    Pattern {"error: 429", Unreachable, nullptr},
    Pattern {"error: 50", Unreachable, nullptr},
    Pattern {"repository not found", HubNotFound, "check the remote's URL"},
    Pattern {"does not appear to be a git repository", HubNotFound, "check the remote's URL"},
    Pattern {"repository '*' not found", HubNotFound, "check the remote's URL"},
    Pattern {"couldn't find remote ref", UpstreamGone, "the branch is gone on the hub"},
    Pattern {"remote ref does not exist", UpstreamGone, "the branch is gone on the hub"},
    Pattern {"could not read from remote repository", Unreachable, nullptr},
    // the checkout
    Pattern {".lock': file exists", LockHeld, nullptr},
    Pattern {"unable to lock", LockHeld, nullptr},
    Pattern {"unable to create*.lock", LockHeld, nullptr},
    Pattern {"index file corrupt", IndexCorrupt, "the index is damaged: move .git/index aside and run `git reset`; your files stay as they are"},
    Pattern {"bad signature", IndexCorrupt, "the index is damaged: move .git/index aside and run `git reset`; your files stay as they are"},
    Pattern {"index file smaller than expected", IndexCorrupt, "the index is damaged: move .git/index aside and run `git reset`; your files stay as they are"},
    Pattern {"bad index file", IndexCorrupt, "the index is damaged: move .git/index aside and run `git reset`; your files stay as they are"},
    Pattern {"loose object*is corrupt", ObjectCorrupt, "an object is damaged: nothing more is written here until it is repaired"},
    Pattern {"object file*is empty", ObjectCorrupt, "an object is damaged: nothing more is written here until it is repaired"},
    Pattern {"inflate: data stream error", ObjectCorrupt, "an object is damaged: nothing more is written here until it is repaired"},
    Pattern {"packfile*cannot be", ObjectCorrupt, "a pack is damaged: nothing more is written here until it is repaired"},
    Pattern {"promisor remote", ObjectMissing, nullptr},
    Pattern {"missing blob", ObjectMissing, nullptr},
    Pattern {"unable to read tree", ObjectMissing, nullptr},
    Pattern {"unable to read", ObjectMissing, nullptr},
    Pattern {"bad object", ObjectMissing, nullptr},
    Pattern {"bad tree object", ObjectMissing, "an object is gone: `git fsck` names it, and a fresh clone of the hub may have it"},
    Pattern {"missing tree", ObjectMissing, nullptr},
    Pattern {"invalid object", ObjectMissing, nullptr},
    Pattern {"confused by unstable object source data", FileChanged, nullptr},
    Pattern {"please tell me who you are", NoIdentity, "set user.name and user.email in git, or here"},
    Pattern {"unable to auto-detect email", NoIdentity, "set user.name and user.email in git, or here"},
    Pattern {"empty ident name", NoIdentity, "set user.name and user.email in git, or here"},
    Pattern {"no email was given", NoIdentity, "set user.name and user.email in git, or here"},
    Pattern {"gpg failed to sign", SigningFailed, "the signing key cannot be used without a prompt"},
    Pattern {"error: signing", SigningFailed, "the signing key cannot be used without a prompt"},
    Pattern {"failed to write commit object", SigningFailed, nullptr},
    Pattern {"incorrect passphrase", SigningFailed, "the signing key cannot be used without a prompt"}, // from here on: ssh-keygen -Y sign
    Pattern {"couldn't sign message", SigningFailed, "the signing key cannot be used without a prompt"},
    Pattern {"no private key found for", SigningFailed, "load the signing key into the ssh agent"},
    Pattern {"couldn't load public key", SigningFailed, "check user.signingkey"},
    Pattern {"user.signingkey", SigningFailed, "check user.signingkey"},
    Pattern {"git-lfs*not found", LfsMissing, "install git-lfs, or put it on `extra_path`"},
    Pattern {"external filter", LfsMissing, "the filter program of these files failed or is missing"},
    Pattern {"clean filter", LfsMissing, "the filter program of these files failed or is missing"},
    Pattern {"does not have a commit checked out", NotARepository, nullptr},
    Pattern {"not a git repository", NotARepository, nullptr},
    Pattern {"permission denied", PermissionDenied, "check who owns these files"},
    Pattern {"operation not permitted", PermissionDenied, "check who owns these files"},
    Pattern {"input/output error", IoError, nullptr},
    // clang-format on
};

/// What git quotes (files, URLs, hosts), and where it pushes to, may hold any of the words above: a repository named
/// openssl, a file named "bad object". Of a quoted name only ".lock" stays.
QByteArray withoutNames(const QByteArray &errors)
{
    QByteArray text;
    for (const QByteArray &line : errors.toLower().split('\n')) {
        if (line.startsWith("to "))
            continue;
        qsizetype at = 0;
        while (at < line.size()) {
            const bool opens = line[at] == '\'' && (at == 0 || line[at - 1] == ' ' || line[at - 1] == '(');
            const qsizetype end = opens ? line.indexOf('\'', at + 1) : -1;
            if (end < 0) {
                text += line[at++];
                continue;
            }
            const bool lock = line.mid(at, end - at).endsWith(".lock");
            text += lock ? "'.lock'" : "''";
            at = end + 1;
        }
        text += '\n';
    }
    return text;
}

bool matches(const QByteArray &text, const QByteArray &pattern)
{
    qsizetype from = 0;
    for (const QByteArray &part : pattern.split('*')) {
        const qsizetype at = text.indexOf(part, from);
        if (at < 0)
            return false;
        from = at + part.size();
    }
    return true;
}

/// Progress of the hub, and empty or decorative lines.
bool isRemoteChatter(const QString &line)
{
    const QString text = line.sliced(8).trimmed();
    static const QStringList chatter{
        u"Counting objects"_s, u"Compressing objects"_s, u"Enumerating objects"_s, u"Resolving deltas"_s,
        u"Total "_s,           u"Processing"_s};
    return std::ranges::none_of(text, [](QChar c) { return c.isLetter(); })
        || std::ranges::any_of(chatter, [&](const QString &start) { return text.startsWith(start); });
}

/// "Host key for hub.example has changed and you have requested strict checking.": whose it is; empty for other lines.
QString changedHost(const QString &line)
{
    constexpr auto start = "Host key for "_L1;
    const qsizetype end = line.indexOf(" has changed"_L1);
    return line.startsWith(start) && end > start.size() ? line.sliced(start.size(), end - start.size()) : QString();
}

/// What ssh and hooks draw around their words: "@@@@@@@", "-----".
bool isDecoration(const QString &line)
{
    return line.startsWith(u'@') || std::ranges::none_of(line, [](QChar c) { return c.isLetter(); });
}

/// The line that says most: the remote's own word, else the first one that git marks as fatal or an error.
QString tellingLine(const QByteArray &errors)
{
    QString fallback;
    QString marked;
    for (const QByteArray &raw : errors.split('\n')) {
        const QString line = cleanLine(raw, 240).trimmed();
        if (line.startsWith("remote: "_L1) && !isRemoteChatter(line))
            return u"the hub says: "_s + line.sliced(8).trimmed();
        if (const QString host = changedHost(line); !host.isEmpty())
            return u"the host key of %1 changed"_s.arg(host);
        if (marked.isEmpty() && (line.startsWith("fatal: "_L1) || line.startsWith("error: "_L1)))
            marked = line.sliced(line.indexOf(u' ') + 1);
        if (fallback.isEmpty() && !isDecoration(line) && !line.startsWith("warning: "_L1)
            && !line.startsWith("hint: "_L1))
            fallback = line;
    }
    // git's own last word on a failed ssh; what ssh said before it is the reason
    const bool saysNothing = marked.startsWith("Could not read from remote"_L1) && !fallback.startsWith("fatal: "_L1);
    return marked.isEmpty() || saysNothing ? fallback : marked;
}

} // namespace

bool isNoConnection(const ProcessOutput &output)
{
    static constexpr std::array signs{"ssh: connect to host", "could not resolve", "during banner exchange",
                                      "failed to connect to", "couldn't connect to"};
    const QByteArray text = output.errors.toLower();
    return !output.succeeded() && std::ranges::any_of(signs, [&](const char *sign) { return text.contains(sign); });
}

Error classifyGitFailure(const QString &what, const ProcessOutput &output)
{
    const QByteArray text = withoutNames(output.errors);
    const QString detail = cleanText(output.errors.right(4096));
    if (output.signal == SIGBUS) // measured: a file truncated while git maps it
        return {FileChanged, u"%1: a file changed while git read it"_s.arg(what), detail};
    if (output.signal != 0)
        return {Unknown, u"%1: git was killed by signal %2"_s.arg(what).arg(output.signal), detail};
    for (const Pattern &row : patterns) {
        if (!matches(text, row.text))
            continue;
        const QString advice = row.advice ? u" - "_s + QString::fromLatin1(row.advice) : QString();
        return {row.kind, u"%1: %2%3"_s.arg(what, tellingLine(output.errors), advice), detail};
    }
    const QString line = tellingLine(output.errors);
    return {Unknown, u"%1: %2"_s.arg(what, line.isEmpty() ? u"git exited with %1"_s.arg(output.exitCode) : line),
            detail};
}

} // namespace AutoCommit
