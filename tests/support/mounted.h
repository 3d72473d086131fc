#pragma once

#include <QFile>
#include <QString>

#ifdef Q_OS_LINUX
#    include <sys/mount.h>
#endif

namespace AutoCommit::Testing {

/// A folder made another filesystem for a while. Not everybody may do so, and on macOS nobody in this way.
class Mounted
{
public:
    explicit Mounted(const QString &folder)
        : m_place(QFile::encodeName(folder))
    { }
    ~Mounted()
    {
#ifdef Q_OS_LINUX
        if (m_mounted)
            ::umount2(m_place.constData(), MNT_DETACH);
#endif
    }
    Q_DISABLE_COPY_MOVE(Mounted)

#ifdef Q_OS_LINUX
    bool asItself()
    {
        return call(m_place.constData(), MS_BIND, nullptr);
    }
    bool asSmallDisk(const char *size = "size=600k")
    {
        return call("tmpfs", 0, size);
    }
    bool readOnly()
    {
        return call(nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr);
    }
    bool writable()
    {
        return call(nullptr, MS_BIND | MS_REMOUNT, nullptr);
    }
    bool larger()
    {
        return call(nullptr, MS_REMOUNT, "size=20m");
    }

private:
    bool call(const char *source, unsigned long flags, const char *options)
    {
        const bool done = ::mount(source, m_place.constData(), "tmpfs", flags, options) == 0;
        m_mounted = m_mounted || done;
        return done;
    }
#else
    bool asItself()
    {
        return false;
    }
    bool asSmallDisk(const char * = nullptr)
    {
        return false;
    }
    bool readOnly()
    {
        return false;
    }
    bool writable()
    {
        return false;
    }
    bool larger()
    {
        return false;
    }

private:
#endif
    const QByteArray m_place;
    bool m_mounted = false;
};

} // namespace AutoCommit::Testing
