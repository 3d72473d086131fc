// Only in builds with ThreadSanitizer, which sees what our code does and the calls of C that others make, but nothing
// that Qt and the libraries below it do: Debian's packages are not instrumented. What it has to be told stands here.
#include <QMetaObject>
#include <QThread>

#include <cstdarg>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>
#include <sched.h>

/// What the linker is told to look for: the others have weak namesakes in ThreadSanitizer, with which it would do.
extern "C" const int autoCommitRaceOrder;
const int autoCommitRaceOrder = 1;

// NOLINTBEGIN(bugprone-reserved-identifier): ThreadSanitizer asks these two by their names

// A report ends the program, so that a story sees it of a daemon whose words nobody reads. QProcess forks with threads
// alive. Implicit sharing asks with a relaxed load whether it is alone, and writes then: in order on every processor,
// yet not by the letter; we use no relaxed atomics of our own.
extern "C" const char *__tsan_default_options()
{
    return "halt_on_error=1 die_after_fork=0 force_seq_cst_atomics=1";
}

// Libraries with locks of their own, made of atomics that are not seen: what they do through C's functions is left out.
// The same calls out of our code, with the same memory, are not.
extern "C" const char *__tsan_default_suppressions()
{
    return "called_from_lib:libQt6Core.so.6\n"
           "called_from_lib:libQt6Gui.so.6\n"
           "called_from_lib:libQt6Network.so.6\n"
           "called_from_lib:libQt6Test.so.6\n"
           "called_from_lib:libglib-2.0.so.0\n"
           "called_from_lib:libgio-2.0.so.0\n"
           "called_from_lib:libgobject-2.0.so.0\n"
           "called_from_lib:libsecret-1.so.0\n"
           "called_from_lib:libqt6keychain.so.1\n"
           "called_from_lib:libdbus-1.so.3\n"
           "called_from_lib:libQt6DBus.so.6\n"
           "called_from_lib:libcrypto.so\n"
           "called_from_lib:libssl.so\n"
           "race:tzset_internal\n"; // of glibc, with a lock of its own
}

// NOLINTEND

namespace AutoCommit {

namespace {

/// Whoever has a function called in another thread has done before what it did before; Qt hands it over with atomics.
class OrderedSlot final : public QtPrivate::QSlotObjectBase
{
public:
    OrderedSlot(QSlotObjectBase *slot, void *called)
        : QSlotObjectBase(&OrderedSlot::act)
        , m_slot(slot)
        , m_called(called)
    {
        __tsan_release(this);
    }

private:
    static void act(int which, QSlotObjectBase *self, QObject *receiver, void **arguments, bool *same)
    {
        auto *ordered = static_cast<OrderedSlot *>(self);
        __tsan_acquire(self);
        if (which == Call) {
            ordered->m_slot->call(receiver, arguments);
            if (ordered->m_called)
                __tsan_release(ordered->m_called);
            __tsan_release(self);
        } else if (which == Compare)
            *same = ordered->m_slot->compare(arguments);
        else if (which == Destroy) {
            ordered->m_slot->destroyIfLastRef();
            delete ordered;
        }
    }

    QSlotObjectBase *const m_slot;
    void *const m_called; ///< of whoever waits for the call
};

/// Qt's own function, before which the one here stands.
template <typename Function> Function original(const char *symbol)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, symbol));
}

} // namespace

} // namespace AutoCommit

bool QMetaObject::invokeMethodImpl(QObject *object, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type,
                                   void *ret)
{
    using Invoke = bool (*)(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *);
    static const auto invoke = AutoCommit::original<Invoke>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    char called = 0;
    const bool blocking = type == Qt::BlockingQueuedConnection;
    const bool done = invoke(object, new AutoCommit::OrderedSlot(slot, blocking ? &called : nullptr), type, ret);
    if (blocking)
        __tsan_acquire(&called);
    return done;
}

// A connection's last call is over before it is destroyed, whichever thread does that: Qt counts with atomics.
QMetaObject::Connection QObject::connectImpl(const QObject *sender, void **signal, const QObject *receiver, void **slot,
                                             QtPrivate::QSlotObjectBase *called, Qt::ConnectionType type,
                                             const int *types, const QMetaObject *senderMetaObject)
{
    using Connect
        = QMetaObject::Connection (*)(const QObject *, void **, const QObject *, void **, QtPrivate::QSlotObjectBase *,
                                      Qt::ConnectionType, const int *, const QMetaObject *);
    static const auto connect = AutoCommit::original<Connect>(
        "_ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK11QMetaObject");
    return connect(sender, signal, receiver, slot, new AutoCommit::OrderedSlot(called, nullptr), type, types,
                   senderMetaObject);
}

// What a thread has done is done for whoever has waited for its end.

void QThread::start(Priority priority)
{
    using Start = void (*)(QThread *, Priority);
    static const auto start = AutoCommit::original<Start>("_ZN7QThread5startENS_8PriorityE");
    QObject::connect(
        this, &QThread::finished, this, [this] { __tsan_release(this); }, Qt::DirectConnection);
    start(this, priority);
}

bool QThread::wait(QDeadlineTimer deadline)
{
    using Wait = bool (*)(QThread *, QDeadlineTimer);
    static const auto wait = AutoCommit::original<Wait>("_ZN7QThread4waitE14QDeadlineTimer");
    const bool ended = wait(this, deadline);
    if (ended)
        __tsan_acquire(this);
    return ended;
}

// QProcess clones a child that shares our memory until it executes. ThreadSanitizer's own clone() takes it for a fork
// and has the child turn everything off, in that memory: the thread that started it would never be looked at again. And
// Qt's stack of 4 KiB for the child does not do for calls that are looked at: below it lies what the parent returns to.
extern "C" int clone(int (*function)(void *), void *stack, int flags, void *argument, ...) noexcept
{
    using Clone = int (*)(int (*)(void *), void *, int, void *, ...);
    static const auto systems
        = reinterpret_cast<Clone>(::dlsym(::dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD), "clone"));
    std::va_list rest;
    va_start(rest, argument);
    auto *const parentId = va_arg(rest, pid_t *);
    auto *const tls = va_arg(rest, void *);
    auto *const childId = va_arg(rest, pid_t *);
    va_end(rest);
    alignas(64) char room[1 << 17]; // the parent waits in here
    void *const top = (flags & CLONE_VFORK) != 0 ? room + sizeof room : stack;
    void *const parent = __tsan_get_current_fiber();
    void *const child = __tsan_create_fiber(0); // its calls that never return are not the parent's
    __tsan_switch_to_fiber(child, 0);
    const int pid = systems(function, top, flags, argument, parentId, tls, childId);
    __tsan_switch_to_fiber(parent, 0);
    __tsan_destroy_fiber(child);
    return pid;
}

// The calls of the libraries named above are not seen at all; but the number of a file they close is used again.
extern "C" int close(int file)
{
    static const auto next = AutoCommit::original<int (*)(int)>("close");
    return next(file);
}
