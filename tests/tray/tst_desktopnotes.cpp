#include "tray/icon/desktopnotes.h"

#include <QDBusMessage>
#include <QSignalSpy>
#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;

struct Shown
{
    uint id = 0;
    QString title;
    QString text;
    QStringList actions;
    QVariantMap hints;
};

} // namespace

/// The notification service of a pretend desktop.
class FakeDesktop : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
    Q_PROPERTY(bool Inhibited READ isInhibited)

public:
    explicit FakeDesktop(const QStringList &capabilities)
        : m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"desktop"_s))
        , m_capabilities(capabilities)
    {
        m_bus.registerObject(path, this,
                             QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals
                                 | QDBusConnection::ExportAllProperties);
        m_bus.registerService(service);
    }
    ~FakeDesktop() override
    {
        m_bus.unregisterService(service);
        m_bus.unregisterObject(path);
        QDBusConnection::disconnectFromBus(u"desktop"_s);
    }

    bool isInhibited() const { return m_inhibited; }
    const QList<Shown> &shown() const { return m_shown; }

    void setInhibited(bool inhibited)
    {
        m_inhibited = inhibited;
        QDBusMessage told
            = QDBusMessage::createSignal(path, u"org.freedesktop.DBus.Properties"_s, u"PropertiesChanged"_s);
        told << service << QVariantMap{{u"Inhibited"_s, inhibited}} << QStringList();
        m_bus.send(told);
    }

public Q_SLOTS:
    QStringList GetCapabilities() const { return m_capabilities; }
    uint Notify(const QString &, uint replaces, const QString &, const QString &title, const QString &text,
                const QStringList &actions, const QVariantMap &hints, int)
    {
        const uint id = replaces == 0 ? ++m_last : replaces;
        m_shown.append({id, title, text, actions, hints});
        return id;
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);

private:
    QDBusConnection m_bus;
    QStringList m_capabilities;
    QList<Shown> m_shown;
    uint m_last = 0;
    bool m_inhibited = false;
};

namespace {

struct Balloons final : NoteSink
{
    void show(const TrayNote &note) override { notes.append(note); }
    QList<TrayNote> notes;
};

TrayNote trouble(const QString &cause, const QString &text = u"ledger: key refused"_s)
{
    return {NoteLevel::Warning,
            cause,
            u"The hub does not let this machine in"_s,
            text,
            {{NoteAction::retry(), u"Try again"_s}, {NoteAction::mute(), u"Mute this"_s}}};
}

} // namespace

class TestDesktopNotes : public QObject
{
    Q_OBJECT

    std::unique_ptr<DesktopNotes> m_notes;
    Balloons *m_balloons = nullptr;

private Q_SLOTS:
    void initTestCase()
    {
        if (!QDBusConnection::sessionBus().isConnected())
            QSKIP("no message bus here; run it by dbus-run-session");
    }
    void init()
    {
        auto balloons = std::make_unique<Balloons>();
        m_balloons = balloons.get();
        m_notes = std::make_unique<DesktopNotes>(QDBusConnection::sessionBus(), std::move(balloons));
    }
    void cleanup() { m_notes.reset(); }

    void withoutAServiceTheIconSpeaks()
    {
        m_notes->show(trouble(u"auth-failed"_s));
        QCOMPARE(m_balloons->notes.size(), 1);
        QVERIFY(!m_notes->isInhibited());
    }

    void aNoteHasButtonsAndTheySayWhatWasChosen()
    {
        FakeDesktop desktop({u"actions"_s, u"body"_s});
        QTRY_VERIFY(m_notes->isThere()); // it came after us
        m_notes->show(trouble(u"auth-failed"_s));
        QTRY_COMPARE(desktop.shown().size(), 1);
        const Shown shown = desktop.shown().first();
        QCOMPARE(shown.actions,
                 QStringList({u"default"_s, u"Show"_s, u"retry"_s, u"Try again"_s, u"mute"_s, u"Mute this"_s}));
        QCOMPARE(shown.hints.value(u"urgency"_s).toUInt(), 1U);
        QCOMPARE(m_balloons->notes.size(), 0);
        QTest::qWait(20); // the answer with the number is on its way
        QSignalSpy acted(m_notes.get(), &NoteSink::acted);
        Q_EMIT desktop.ActionInvoked(shown.id + 7, u"mute"_s); // of somebody else's note
        Q_EMIT desktop.ActionInvoked(shown.id, u"retry"_s);
        Q_EMIT desktop.ActionInvoked(shown.id, u"default"_s);
        QTRY_COMPARE(acted.size(), 2);
        QCOMPARE(acted[0].at(0).toString(), NoteAction::retry());
        QCOMPARE(acted[0].at(1).toString(), u"auth-failed"_s);
        QCOMPARE(acted[1].at(0).toString(), NoteAction::open());
    }

    void aNewerNoteTakesThePlaceOfTheOlderOfItsCause()
    {
        FakeDesktop desktop({u"actions"_s});
        QTRY_VERIFY(m_notes->isThere());
        m_notes->show(trouble(u"auth-failed"_s));
        m_notes->show(trouble(u"conflict"_s));
        QTRY_COMPARE(desktop.shown().size(), 2);
        QTest::qWait(20);
        m_notes->show(trouble(u"auth-failed"_s, u"3 repositories"_s));
        QTRY_COMPARE(desktop.shown().size(), 3);
        QCOMPARE(desktop.shown()[2].id, desktop.shown()[0].id);
        QVERIFY(desktop.shown()[1].id != desktop.shown()[0].id);
        QTest::qWait(20);
        Q_EMIT desktop.NotificationClosed(desktop.shown()[0].id, 2);
        QTest::qWait(20);
        m_notes->show(trouble(u"auth-failed"_s));
        QTRY_COMPARE(desktop.shown().size(), 4);
        QVERIFY(desktop.shown()[3].id != desktop.shown()[0].id); // what was closed is not brought back in place
    }

    void whatTheDaemonSaysIsNoMarkup()
    {
        FakeDesktop desktop({u"body-markup"_s});
        QTRY_VERIFY(m_notes->isThere());
        m_notes->show(trouble(u"conflict"_s, u"<a href=\"x\">a & b</a>"_s));
        QTRY_COMPARE(desktop.shown().size(), 1);
        QVERIFY(!desktop.shown().first().text.contains(u'<'));
        QVERIFY(desktop.shown().first().actions.isEmpty()); // this desktop has no buttons
    }

    void doNotDisturbIsKnownAsItChanges()
    {
        FakeDesktop desktop({});
        QTRY_VERIFY(m_notes->isThere());
        QVERIFY(!m_notes->isInhibited());
        QSignalSpy changed(m_notes.get(), &NoteSink::inhibitedChanged);
        desktop.setInhibited(true);
        QTRY_VERIFY(m_notes->isInhibited());
        desktop.setInhibited(false);
        QTRY_VERIFY(!m_notes->isInhibited());
        QVERIFY(changed.size() >= 2);
    }

    void aServiceThatGoesLeavesTheIcon()
    {
        {
            FakeDesktop desktop({});
            QTRY_VERIFY(m_notes->isThere());
        }
        QTRY_VERIFY(!m_notes->isThere());
        m_notes->show(trouble(u"conflict"_s));
        QCOMPARE(m_balloons->notes.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestDesktopNotes)
#include "tst_desktopnotes.moc"
