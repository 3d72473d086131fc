#include "core/git/argvguard.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestArgvGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void destructiveCommandsAreRefused_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line : {"push --force origin main",
                                 "push -f origin main",
                                 "push --forc origin main",
                                 "push --force-with-lease=main origin main",
                                 "push origin +refs/heads/main:refs/heads/main",
                                 "push origin :refs/heads/main",
                                 "push --mirror origin",
                                 "push -fd origin main",
                                 "push --delete origin main",
                                 "push --no-verify origin main",
                                 "push --all origin",
                                 "push --tags origin",
                                 "push --prune origin",
                                 "fetch --force origin",
                                 "fetch --prune-tags origin",
                                 "fetch origin +refs/heads/a:refs/heads/a",
                                 "commit -m x",
                                 "commit --no-verify -m x",
                                 "clean -fd",
                                 "stash",
                                 "stash push",
                                 "checkout -f",
                                 "checkout main",
                                 "switch main",
                                 "gc --prune=now",
                                 "filter-branch",
                                 "rebase origin/main",
                                 "pull",
                                 "merge origin/main",
                                 "reset --hard",
                                 "reset",
                                 "reset HEAD",
                                 "reset --keep --pathspec-from-file=-",
                                 "update-ref -d refs/heads/main",
                                 "branch -D main",
                                 "add -A",
                                 "add -u",
                                 "add .",
                                 "add --all",
                                 "add --force x",
                                 "rm x",
                                 "config --unset user.name",
                                 "config --add a.b c",
                                 "tag -d v1",
                                 "tag -f v1",
                                 "read-tree --reset -u HEAD",
                                 "read-tree -u HEAD",
                                 "worktree add x",
                                 "submodule update",
                                 "cherry-pick a",
                                 "am",
                                 "apply",
                                 "restore x"})
            QTest::newRow(line) << QString::fromLatin1(line);
    }
    void destructiveCommandsAreRefused()
    {
        QFETCH(QString, line);
        const Status checked = checkArguments(line.split(u' '));
        QVERIFY2(!checked.ok(), qPrintable(line));
        QCOMPARE(checked.error().kind, ErrorKind::Internal);
    }

    void whatTheProgramNeedsPasses_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line :
             {"status --porcelain=v2 --branch -z --untracked-files=all",
              "push --porcelain origin refs/heads/main:refs/heads/main",
              "fetch --no-tags origin refs/heads/main:refs/remotes/origin/main", "read-tree -m -u a b",
              "read-tree --empty", "reset -q --refresh --pathspec-from-file=- --pathspec-file-nul HEAD",
              "update-ref -m x --stdin", "commit-tree -p a -S -F - b",
              "add --ignore-errors --pathspec-from-file=- --pathspec-file-nul", "merge-tree --write-tree a b",
              "log -n 300 --no-merges -p -U0 HEAD --", "config --list --show-scope -z",
              "hook run --ignore-missing pre-commit -- --force"})
            QTest::newRow(line) << QString::fromLatin1(line);
    }
    void whatTheProgramNeedsPasses()
    {
        QFETCH(QString, line);
        const Status checked = checkArguments(line.split(u' '));
        QVERIFY2(checked.ok(), checked.ok() ? "" : qPrintable(checked.error().message));
    }
};

QTEST_APPLESS_MAIN(TestArgvGuard)
#include "tst_argvguard.moc"
