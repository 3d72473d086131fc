#include "core/config/settingspecs.h"

#include "core/base/nearest.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using enum SettingScope;
using enum SettingUnit;
using S = Settings;

constexpr qint64 mebibyte = 1LL << 20;

constexpr std::array specs{
    // clang-format off: one row, one setting
    SettingSpec{"git_branch", &S::gitBranch, Repository, "What is committed",
                "Commit only while this branch is checked out; empty means whichever branch is."},
    SettingSpec{"allow_initial_commit", &S::allowInitialCommit, Repository, "What is committed",
                "Make the first commit of a branch that has none yet."},
    SettingSpec{"exclude", &S::exclude, Repository, "What is committed",
                "Glob patterns (relative to the checkout) that are never committed."},
    SettingSpec{"allow_names", &S::allowNames, Directory, "What is committed",
                "Glob patterns that the rules on dangerous file names let pass."},
    SettingSpec{"allow_secrets", &S::allowSecrets, Directory, "What is committed",
                "Fingerprints of findings that were judged to be false alarms (see `commits scan`)."},
    SettingSpec{"max_file_bytes", &S::maxFileBytes, Directory, "What is committed",
                "A file larger than this is not committed.", 1024, 4096 * mebibyte, Bytes},
    SettingSpec{"max_new_files", &S::maxNewFiles, Directory, "What is committed",
                "More new files than this in one sweep are held back.", 1, 1000000},
    SettingSpec{"max_new_bytes_per_directory", &S::maxNewBytesPerDirectory, Directory, "What is committed",
                "More new bytes than this in one directory are held back.", mebibyte, 1024 * 1024 * mebibyte, Bytes},
    SettingSpec{"mass_delete_files", &S::massDeleteFiles, Directory, "What is committed",
                "More deleted files than this in one sweep are held back.", 1, 1000000},
    SettingSpec{"mass_delete_percent", &S::massDeletePercent, Directory, "What is committed",
                "A larger share of deleted files than this is held back.", 1, 100, Percent},
    SettingSpec{"mode_only_files", &S::modeOnlyFiles, Directory, "What is committed",
                "More files than this whose mode alone changed are held back.", 1, 1000000},
    SettingSpec{"trusted_filters", &S::trustedFilters, Directory, "What is committed",
                "Filters (such as git-crypt) that may run although only the repository's own config defines them; "
                "git-lfs needs no entry."},
    SettingSpec{
        "trusted_alternates", &S::trustedAlternates, Directory, "What is committed",
        "Directories that a checkout may borrow objects from (git clone --reference, --shared), with all that is "
        "below them."},
    SettingSpec{"split_commits", &S::splitCommits, Repository, "What is committed",
                "Split one sweep into several commits by purpose."},

    SettingSpec{"cycle_interval_seconds", &S::cycleInterval, Machine, "When",
                "A running daemon looks at every repository this often.", 10, 86400},
    SettingSpec{"watch_files", &S::watchFiles, Machine, "When",
                "Let file events start a repository's run before its next turn."},
    SettingSpec{"settle_seconds", &S::settle, Machine, "When",
                "A repository has to be quiet for this long after a file event before it is run.", 1, 3600},
    SettingSpec{"settle_cap_seconds", &S::settleCap, Machine, "When",
                "A repository that is never quiet is run this long after the first file event.", 1, 86400},
    SettingSpec{"file_quiet_seconds", &S::fileQuiet, Directory, "When",
                "A file has to be left alone for this long before it is taken.", 0, 3600},
    SettingSpec{"once_wait_seconds", &S::onceWait, Machine, "When",
                "How long `commits once` waits for files that are still being written.", 0, 3600},
    SettingSpec{"quiet_hours", &S::quietHours, Machine, "When",
                "Times of day (local) in which a daemon begins nothing by itself; what a person asks for is done.", 0,
                0, None, nullptr, true},
    SettingSpec{"on_battery", &S::onBattery, Machine, "When",
                "While the machine runs on its battery: go on as ever, or begin nothing unless a person asks.", 0, 0,
                None, "run|wait"},
    SettingSpec{"on_metered", &S::onMetered, Machine, "When",
                "While the network is metered: go on as ever, or commit and leave fetching and pushing for later.", 0,
                0, None, "run|local"},

    SettingSpec{"message_style", &S::messageStyle, Repository, "Messages",
                "How subjects are written; auto follows the repository's own history.", 0, 0, None,
                "auto|conventional|plain"},
    SettingSpec{"subject_length", &S::subjectLength, Repository, "Messages", "Longest subject line.", 40, 100,
                Characters},
    SettingSpec{"message_body", &S::messageBody, Repository, "Messages",
                "Whether commits get a body; auto writes one only when it adds facts.", 0, 0, None, "auto|never"},
    SettingSpec{"commit_trailer", &S::commitTrailer, Directory, "Messages",
                "A trailer line added to every commit, for instance \"Committed-by: auto-commit\"."},
    SettingSpec{"user_name", &S::userName, Directory, "Messages", "Author name; empty means git's own user.name."},
    SettingSpec{"user_email", &S::userEmail, Directory, "Messages",
                "Author e-mail address; empty means git's own user.email."},
    SettingSpec{"on_signing_unavailable", &S::onSigningUnavailable, Directory, "Messages",
                "What to do where commits are to be signed and the key cannot be used without a prompt.", 0, 0, None,
                "skip|unsigned"},

    SettingSpec{"coordinator_url", &S::coordinatorUrl, Machine, "Models",
                "OpenAI-compatible servers that may be asked, in this order; an empty list asks none."},
    SettingSpec{"coordinator_key_file", &S::coordinatorKeyFile, Machine, "Models",
                "File whose first line is the servers' API key; else AUTO_COMMIT_COORDINATOR_KEY is used."},
    SettingSpec{"coordinator_key_keychain", &S::coordinatorKeyKeychain, Machine, "Models",
                "Entry of the desktop's keychain that holds the API key, where neither file nor environment does; see "
                "`commits keychain`."},
    SettingSpec{"coordinator_priority", &S::coordinatorPriority, Machine, "Models",
                "How a request's priority is told: a word or a number in the body, a header, or not at all.", 0, 0,
                None, "word|number|header|none"},
    SettingSpec{"reasoning_model_id", &S::reasoningModelId, Machine, "Models",
                "The model that thinks about large changes; empty: the other one does."},
    SettingSpec{"instruct_model_id", &S::instructModelId, Machine, "Models",
                "The model that groups and writes messages; empty: the other one does."},
    SettingSpec{"claude_fallback_enabled", &S::claudeFallbackEnabled, Directory, "Models",
                "Ask a model about failures that no rule knows; it may pick from a closed list of harmless steps."},
    SettingSpec{"claude_recovery_model", &S::claudeRecoveryModel, Machine, "Models",
                "The model that diagnoses such failures; where the servers do not have it, reasoning_model_id does."},
    SettingSpec{"on_no_model", &S::onNoModel, Machine, "Models",
                "Without a server: wait for it, or fall back to the built-in engine; auto waits only in a daemon.", 0,
                0, None, "auto|wait|fallback"},
    SettingSpec{"no_model_wait_seconds", &S::noModelWait, Machine, "Models",
                "How long a repository waits for a server before the built-in engine writes.", 0, 86400},
    SettingSpec{"model_timeout_seconds", &S::modelTimeout, Machine, "Models",
                "How long the models may take for one run over one repository.", 1, 86400},
    SettingSpec{"retrieval_url", &S::retrievalUrl, Machine, "Models",
                "Address of a retrieval service that is asked for passages about a change before a model describes it; "
                "empty asks none."},
    SettingSpec{"retrieval_timeout_seconds", &S::retrievalTimeout, Machine, "Models",
                "How long that service may take, once for each run.", 1, 60},

    SettingSpec{"pre_cycle_pull", &S::preCyclePull, Repository, "Sync",
                "Fetch and take over the hub's commits before looking at a clean checkout."},
    SettingSpec{"push", &S::push, Repository, "Sync", "Push to the upstream of the checked-out branch."},
    SettingSpec{"on_secret_in_history", &S::onSecretInHistory, Directory, "Sync",
                "What to do where commits about to be pushed that were made by hand hold a secret: hold the push back, "
                "or push and say so.",
                0, 0, None, "hold|warn"},
    SettingSpec{"git_remote", &S::gitRemote, Directory, "Sync",
                "Sync only where the branch's upstream is on this remote; empty means any."},
    SettingSpec{"protocols", &S::protocols, Directory, "Sync",
                "Transports that may be used to reach a hub: ssh, https, http, file."},
    SettingSpec{"hub_hosts", &S::hubHosts, Directory, "Sync",
                "Hosts that may be pushed to; empty means the host that the remote's own URL names."},
    SettingSpec{"hub_aliases", &S::hubAliases, Machine, "Sync",
                "Other names of a hub, as OTHER=NAME (with the port, where it has one), so that the same repository is "
                "recognised on every host."},
    SettingSpec{"keep_diverged_on_hub", &S::keepDivergedOnHub, Repository, "Sync",
                "On a conflict, push what was committed here to auto-commit/<host>/<branch> on the hub."},
    SettingSpec{"share_connections", &S::shareConnections, Machine, "Sync",
                "Let the checkouts behind one ssh server share a connection, which ends 20 s after its last use."},
    SettingSpec{
        "registries", &S::registries, Machine, "Sync",
        "Registries that are asked whether a new version arrived: names, or name=https://.../{package}/{version}."},
    SettingSpec{"tag_versions", &S::tagVersions, Repository, "Sync",
                "Put an annotated tag on a commit that changes the version in a manifest."},

    SettingSpec{"api_url", &S::apiUrl, Machine, "API",
                "Where the daemon that agents, tray and command line talk to listens; https unless on this machine."},
    SettingSpec{"api_token_file", &S::apiTokenFile, Machine, "API",
                "File (0600) whose first line is the token for that daemon; empty means ~/.config/commits/token."},
    SettingSpec{"api_certificate_sha256", &S::apiCertificateSha256, Machine, "API",
                "SHA-256 of that daemon's own certificate, in hex; empty means the system's authorities decide."},

    SettingSpec{"database_url", &S::databaseUrl, Machine, "History",
                "Where the history is kept: postgresql://... for one database of many machines; empty means this "
                "user's SQLite file."},
    SettingSpec{"host_name", &S::hostName, Machine, "History",
                "The name of this machine in the history; empty means the system's."},

    SettingSpec{"api_bind", &S::apiBind, Machine, "HTTP API",
                "Address the daemon listens on; any but a loopback address needs tls_certificate and tls_key."},
    SettingSpec{"api_port", &S::apiPort, Machine, "HTTP API", "Port the daemon listens on; 0 takes a free one.", 0,
                65535},
    SettingSpec{"api_hosts", &S::apiHosts, Machine, "HTTP API",
                "Names, beside localhost, that requests may be addressed to."},
    SettingSpec{"tls_certificate", &S::tlsCertificate, Machine, "HTTP API",
                "PEM file with the certificate the daemon shows."},
    SettingSpec{"tls_key", &S::tlsKey, Machine, "HTTP API", "PEM file with the key of tls_certificate."},
    SettingSpec{"webhook_secret_file", &S::webhookSecretFile, Machine, "HTTP API",
                "File with the secret the forge signs its webhooks with; empty: none are taken."},

    SettingSpec{"max_parallel_repos", &S::maxParallelRepos, Machine, "Running",
                "Repositories worked on at the same time.", 1, 64},
    SettingSpec{"discover_depth", &S::discoverDepth, Machine, "Running",
                "How many directory levels -R looks below a given path.", 0, 64},
    SettingSpec{"discover_exclude", &S::discoverExclude, Machine, "Running", "Directory names that -R does not enter."},
    SettingSpec{"hook_timeout_seconds", &S::hookTimeout, Directory, "Running", "A hook is stopped after this long.", 1,
                3600},
    SettingSpec{"network_timeout_seconds", &S::networkTimeout, Directory, "Running",
                "A fetch or push without any progress is stopped after this long.", 5, 3600},
    SettingSpec{"git_program", &S::gitProgram, Machine, "Running",
                "Absolute path of git; empty means the first one on the search path."},
    SettingSpec{"extra_path", &S::extraPath, Machine, "Running",
                "Directories put in front of the search path of git and its hooks."},
    SettingSpec{"log_level", &S::logLevel, Machine, "Running", "What the log file keeps.", 0, 0, None,
                "debug|info|warning|critical"},
    // clang-format on
};

} // namespace

QString SettingSpec::environmentName() const
{
    return u"AUTO_COMMIT_"_s + name().toUpper();
}

QString SettingSpec::gitConfigName() const
{
    return u"autocommit."_s + name().replace(u'_', u'-');
}

std::span<const SettingSpec> settingSpecs()
{
    return specs;
}

const SettingSpec *findSetting(const QString &key)
{
    const auto *row
        = std::ranges::find_if(specs, [&](const SettingSpec &spec) { return key == QLatin1StringView(spec.key); });
    return row == specs.end() ? nullptr : row;
}

QString nearestSetting(const QString &key)
{
    QStringList names;
    for (const SettingSpec &spec : specs)
        names += spec.name();
    return nearestOf(key, names);
}

} // namespace AutoCommit
