#pragma once

#include <QProcessEnvironment>
#include <QString>

namespace AutoCommit {

/// Where our own files live (PRODUCT section 8). Built from an environment and nothing else, so that setting HOME or
/// the XDG_* variables isolates a test or a second user completely. Same layout on Linux and macOS.
class Paths
{
public:
    explicit Paths(const QProcessEnvironment &environment);

    QString home() const { return m_home; }
    QString cacheDir() const { return m_cache; } ///< ~/.cache/commits
    QString configDir() const { return m_config; } ///< ~/.config/commits
    QString runtimeDir() const { return m_runtime; } ///< $XDG_RUNTIME_DIR/commits, or a folder of the cache

    QString database() const { return m_cache + QStringLiteral("/auto_commit.db"); }
    QString activityLog() const { return m_cache + QStringLiteral("/activity.jsonl"); }
    QString log() const { return m_cache + QStringLiteral("/auto-commit.log"); }
    QString configFile() const { return m_config + QStringLiteral("/startup-config.json"); }

    /// Replaces a leading "~" or "~/" by the home directory.
    QString expandHome(const QString &path) const;
    /// The reverse, for people: "~/code/x" instead of the full path.
    QString abbreviateHome(const QString &path) const;

private:
    QString m_home;
    QString m_cache;
    QString m_config;
    QString m_runtime;
};

/// Creates `path` and what is missing above it, readable by the owner only (0700).
bool makePrivateDir(const QString &path);

} // namespace AutoCommit
