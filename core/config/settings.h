#pragma once

#include <QString>
#include <QStringList>

#include <chrono>

namespace AutoCommit {

/// Every value the user can set, with the built-in defaults. Declared once more, with name, range and help, in
/// settingspecs.cpp; a test keeps the two in step.
struct Settings
{
    // what is committed
    QString gitBranch; ///< empty: whichever branch is checked out
    bool allowInitialCommit = true;
    QStringList exclude; ///< glob patterns never committed
    QStringList allowNames; ///< glob patterns the name rules let pass
    QStringList allowSecrets; ///< fingerprints of findings judged to be false alarms
    qint64 maxFileBytes = 50LL << 20;
    qint64 maxNewFiles = 2000;
    qint64 maxNewBytesPerDirectory = 100LL << 20;
    qint64 massDeleteFiles = 100;
    qint64 massDeletePercent = 50;
    qint64 modeOnlyFiles = 20;
    QStringList trustedFilters; ///< filters whose definition in a repository is accepted, for instance git-crypt
    QStringList trustedAlternates; ///< directories that checkouts may borrow objects from
    bool splitCommits = true;

    // when
    std::chrono::seconds cycleInterval{180};
    bool watchFiles = true;
    std::chrono::seconds settle{10};
    std::chrono::seconds settleCap{60};
    std::chrono::seconds fileQuiet{2};
    std::chrono::seconds onceWait{10};
    QStringList quietHours; ///< "22:00-07:00", local time: a daemon begins nothing by itself
    QString onBattery = QStringLiteral("run");
    QString onMetered = QStringLiteral("run");

    // messages
    QString messageStyle = QStringLiteral("auto");
    qint64 subjectLength = 72;
    QString messageBody = QStringLiteral("auto");
    QString commitTrailer;
    QString userName;
    QString userEmail;
    QString onSigningUnavailable = QStringLiteral("skip");

    // models
    QStringList coordinatorUrl{QStringLiteral("http://127.0.0.1:8210")}; ///< tried in this order; empty: no models
    QString coordinatorKeyFile;
    QString coordinatorKeyKeychain; ///< name of the entry; empty: none
    QString coordinatorPriority = QStringLiteral("word");
    QString reasoningModelId = QStringLiteral("ministral-14b-reasoning");
    QString instructModelId = QStringLiteral("ministral-3b-instruct");
    bool claudeFallbackEnabled = true;
    QString claudeRecoveryModel = QStringLiteral("claude:sonnet");
    QString onNoModel = QStringLiteral("auto");
    std::chrono::seconds noModelWait{1800};
    std::chrono::seconds modelTimeout{900};
    QString retrievalUrl; ///< empty: no service is asked for passages about the repository
    std::chrono::seconds retrievalTimeout{3};

    // sync
    bool preCyclePull = true;
    bool push = true;
    QString onSecretInHistory = QStringLiteral("hold");
    QString gitRemote; ///< empty: the remote of the branch's upstream
    QStringList protocols{QStringLiteral("ssh"), QStringLiteral("https"), QStringLiteral("file")};
    QStringList hubHosts; ///< empty: any host
    QStringList hubAliases; ///< "forge.example:2222=forge.lan": two names of one hub
    bool tagVersions = false;
    QStringList registries{QStringLiteral("npm"),     QStringLiteral("pypi"),      QStringLiteral("crates.io"),
                           QStringLiteral("maven"),   QStringLiteral("packagist"), QStringLiteral("pub.dev"),
                           QStringLiteral("rubygems")};
    bool shareConnections = true;
    bool keepDivergedOnHub = false;

    // the daemon's API
    QString apiUrl = QStringLiteral("http://127.0.0.1:8200");
    QString apiTokenFile; ///< empty: ~/.config/commits/token
    QString apiCertificateSha256; ///< hex; empty: the system's authorities decide

    // history
    QString databaseUrl; ///< empty: the SQLite file of this user
    QString hostName; ///< empty: the system's

    // the HTTP API
    QString apiBind = QStringLiteral("127.0.0.1"); ///< an address of this machine; anything but loopback needs TLS
    qint64 apiPort = 8200; ///< 0: any that is free
    QStringList apiHosts; ///< further names this machine is asked for, without port
    QString tlsCertificate; ///< PEM file
    QString tlsKey; ///< PEM file
    QString webhookSecretFile; ///< empty: no webhooks

    // running
    qint64 maxParallelRepos = 8;
    qint64 discoverDepth = 6;
    QStringList discoverExclude{QStringLiteral("node_modules"), QStringLiteral(".cache")};
    std::chrono::seconds hookTimeout{180};
    std::chrono::seconds networkTimeout{300};
    QString gitProgram; ///< empty: looked up on the search path
    QStringList extraPath; ///< directories put in front of the children's search path
    QString logLevel = QStringLiteral("warning");
};

} // namespace AutoCommit
