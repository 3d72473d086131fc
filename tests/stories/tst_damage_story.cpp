#include "tests/stories/checkoutlab.h"
#include "tests/support/mounted.h"

#include <QDirIterator>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// Checkouts that are broken, or made to look like something else: nothing is written there, and nothing is believed.
class TestDamageStory final : public QObject
{
    Q_OBJECT

    std::unique_ptr<CheckoutLab> m_lab;

    const TempRepo &repo() const { return m_lab->repo; }
    RunReport once() const { return m_lab->once(); }

    /// Of the repository's own: objects that are there as files, and where refs point.
    QMap<QByteArray, QByteArray> store() const
    {
        QMap<QByteArray, QByteArray> files;
        for (const QString &part : {u"objects"_s, u"refs"_s}) {
            QDirIterator each(repo().path() + u"/.git/"_s + part, QDir::Files, QDirIterator::Subdirectories);
            while (each.hasNext()) {
                QFile file(each.next());
                if (file.open(QIODevice::ReadOnly))
                    files.insert(QFile::encodeName(file.fileName()), file.readAll());
            }
        }
        return files;
    }

    QString objectFile(const QByteArray &name) const
    {
        return repo().path() + u"/.git/objects/"_s + QString::fromLatin1(name.left(2)) + u'/'
            + QString::fromLatin1(name.mid(2));
    }

    static void overwrite(const QString &path, const QByteArray &content)
    {
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(content);
    }

private Q_SLOTS:
    void init()
    {
        m_lab = std::make_unique<CheckoutLab>();
        repo().write("kept", "kept\n");
        repo().git({u"add"_s, u"kept"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"keep"_s});
    }

    void aDamagedCheckoutIsLeftAsItIsAndSaid_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QList<ErrorKind>>("expected");
        QTest::newRow("the index is rubbish") << u"index"_s << QList{ErrorKind::IndexCorrupt};
        QTest::newRow("the commit is empty, as after a power cut") << u"HEAD"_s << QList{ErrorKind::ObjectCorrupt};
        QTest::newRow("its tree is empty") << u"HEAD^{tree}"_s << QList{ErrorKind::ObjectCorrupt};
        QTest::newRow("its tree is gone")
            << u"-HEAD^{tree}"_s << QList{ErrorKind::ObjectMissing, ErrorKind::ObjectCorrupt};
    }
    void aDamagedCheckoutIsLeftAsItIsAndSaid()
    {
        QFETCH(const QString, what);
        QFETCH(const QList<ErrorKind>, expected);
        repo().write("new", "uncommitted\n");
        if (what == u"index"_s) {
            overwrite(repo().path() + u"/.git/index"_s, "DIRC rubbish");
        } else {
            const bool gone = what.startsWith(u'-');
            const QString path = objectFile(repo().git({u"rev-parse"_s, gone ? what.mid(1) : what}));
            if (gone)
                QVERIFY(QFile::remove(path));
            else
                overwrite(path, {});
        }
        const auto before = store();
        const RunReport report = once();
        QVERIFY2(report.error, qPrintable(report.reason));
        QVERIFY2(expected.contains(report.error->kind),
                 qPrintable(errorKindName(report.error->kind) + u": "_s + report.reason));
        QCOMPARE(store(), before);
        QCOMPARE(repo().read("new"), "uncommitted\n");
    }

    void anIndexThatIsGoneIsNoDeletionOfEverything()
    {
        const QByteArray head = repo().head();
        QVERIFY(QFile::remove(repo().path() + u"/.git/index"_s));
        once();
        QCOMPARE(repo().head(), head);
        QCOMPARE(repo().read("kept"), "kept\n");
    }

    void aReplacedObjectIsNotTakenForTheRealOne()
    {
        repo().git({u"replace"_s, u"HEAD"_s, u"HEAD~1"_s}); // to git as its user runs it, "kept" is new now
        QVERIFY(!repo().git({u"status"_s, u"--porcelain"_s}).isEmpty());
        const QByteArray head = repo().head();
        QCOMPARE(once().state, RunState::Clean);
        QCOMPARE(repo().head(), head);
    }

    void aBranchWithAStrangeNameIsPushedToItselfAlone_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"-x", "@x", "heads/main", "origin/main", "v1", "\xc3\xbc/\xe2\x9c\x93", "a.b-c+d"})
            QTest::newRow(name) << QString::fromUtf8(name);
    }
    void aBranchWithAStrangeNameIsPushedToItselfAlone()
    {
        QFETCH(const QString, name);
        const QString hub = makeHub(m_lab->world, repo());
        const QByteArray main = m_lab->world.git(hub, {u"rev-parse"_s, u"refs/heads/main"_s});
        const QString ref = u"refs/heads/"_s + name;
        repo().git({u"update-ref"_s, ref, u"HEAD"_s});
        repo().git({u"push"_s, u"-q"_s, u"origin"_s, ref + u':' + ref});
        repo().git({u"tag"_s, u"v1"_s}); // a branch and a tag of one name
        repo().git({u"symbolic-ref"_s, u"HEAD"_s, ref});
        repo().git({u"config"_s, u"branch.%1.remote"_s.arg(name), u"origin"_s});
        repo().git({u"config"_s, u"branch.%1.merge"_s.arg(name), ref});
        repo().write("new", "x\n");
        const RunReport report = once();
        QVERIFY2(report.state == RunState::Committed && report.pushed, qPrintable(report.reason));
        QCOMPARE(m_lab->world.git(hub, {u"rev-parse"_s, ref}), repo().head());
        QCOMPARE(m_lab->world.git(hub, {u"rev-parse"_s, u"refs/heads/main"_s}), main);
    }

    void aDiskThatBecameReadOnlyIsSaidAndTriedNoMoreThanThat()
    {
        QDir().mkpath(m_lab->world.path(u"disk"_s));
        Mounted disk(m_lab->world.path(u"disk"_s));
        if (!disk.asSmallDisk("size=40m"))
            QSKIP("a file system of its own cannot be mounted here");
        const TempRepo there(m_lab->world, u"disk/repo"_s);
        there.write("new", "x\n");
        const QByteArray head = there.head();
        QVERIFY(disk.readOnly());
        const RunReport report = m_lab->runner.once(there);
        QVERIFY(report.error);
        QCOMPARE(report.error->kind, ErrorKind::ReadOnly);
        QVERIFY(disk.writable());
        QCOMPARE(there.head(), head);
        QCOMPARE(m_lab->runner.once(there).state, RunState::Committed);
    }
};

QTEST_GUILESS_MAIN(TestDamageStory)
#include "tst_damage_story.moc"
