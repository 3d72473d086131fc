#include "core/config/paths.h"

#include <QDir>
#include <QFile>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The XDG specification: a relative value is invalid and has to be ignored.
QString xdgDir(const QProcessEnvironment &environment, const QString &name, const QString &fallback)
{
    const QString value = environment.value(name);
    return QDir::cleanPath(value.startsWith(u'/') ? value : fallback);
}

} // namespace

Paths::Paths(const QProcessEnvironment &environment)
    : m_home(QDir::cleanPath(environment.value(u"HOME"_s, QDir::homePath())))
    , m_cache(xdgDir(environment, u"XDG_CACHE_HOME"_s, m_home + u"/.cache"_s) + u"/commits"_s)
    , m_config(xdgDir(environment, u"XDG_CONFIG_HOME"_s, m_home + u"/.config"_s) + u"/commits"_s)
    , m_runtime(environment.value(u"XDG_RUNTIME_DIR"_s).startsWith(u'/')
                    ? QDir::cleanPath(environment.value(u"XDG_RUNTIME_DIR"_s)) + u"/commits"_s
                    : m_cache + u"/run"_s)
{ }

QString Paths::expandHome(const QString &path) const
{
    if (path == u"~"_s)
        return m_home;
    return path.startsWith(u"~/"_s) ? m_home + path.sliced(1) : path;
}

QString Paths::abbreviateHome(const QString &path) const
{
    if (path == m_home)
        return u"~"_s;
    return path.startsWith(m_home + u'/') ? u'~' + path.sliced(m_home.size()) : path;
}

bool makePrivateDir(const QString &path)
{
    if (QDir(path).exists())
        return true;
    const qsizetype slash = path.lastIndexOf(u'/');
    if (slash > 0 && !QDir().mkpath(path.left(slash)))
        return false;
    return QDir().mkdir(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner) || QDir(path).exists();
}

} // namespace AutoCommit
