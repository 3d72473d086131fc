#pragma once

#include "tests/tray/livedaemon.h"
#include "tray/model/daemonactions.h"
#include "tray/model/diffsource.h"
#include "tray/model/firstrun.h"
#include "tray/window/statewindow.h"

#include <QTemporaryDir>

namespace AutoCommit::Testing {

/// A diff for every commit.
struct PretendDiffs final : DiffSource
{
    QByteArray text = "diff --git a/src/parser.cpp b/src/parser.cpp\n"
                      "index 3f2a9c1..8b7d0e4 100644\n"
                      "--- a/src/parser.cpp\n"
                      "+++ b/src/parser.cpp\n"
                      "@@ -41,9 +41,12 @@ Lines read(QIODevice &input)\n"
                      "     while (const auto end = buffer.indexOf('\\n', start); end >= 0) {\n"
                      "         lines.append(buffer.mid(start, end - start));\n"
                      "         start = end + 1;\n"
                      "     }\n"
                      "-    return lines;\n"
                      "+    // What is left has no line end, and is a line all the same.\n"
                      "+    if (start < buffer.size())\n"
                      "+        lines.append(buffer.mid(start));\n"
                      "+    return lines;\n"
                      " }\n";

    void diff(const ApiCommit &, const QString &, const QString &, QObject *,
              std::function<void(const Result<QByteArray> &)> answer) override
    {
        answer(text);
    }
};

struct PretendCommands final : FirstRunCommands
{
    QList<PlannedRepo> repos;

    void preview(const QStringList &, QObject *,
                 std::function<void(const Result<QList<PlannedRepo>> &)> answer) override
    {
        answer(repos);
    }
    void start(const QStringList &, QObject *, std::function<void(const Status &)> answer) override { answer({}); }
};

/// The whole window over a pretend daemon.
struct PretendWindow
{
    explicit PretendWindow(FakeWorld world = normalWorld())
        : live(std::move(world))
    { }

    QTemporaryDir dir;
    LiveDaemon live;
    TrayMemory memory{dir.filePath(QStringLiteral("tray.ini"))};
    DaemonActions actions{live.daemon};
    PretendDiffs diffs;
    LoginSetting login{LoginStart(LoginForm::DesktopEntry,
                                  dir.filePath(QStringLiteral("autostart/commits-tray.desktop")),
                                  QStringLiteral("/usr/bin/commits-tray")),
                       {},
                       QStringLiteral("/home/ada")};
    StateWindow window{live.daemon, actions, diffs, memory, login};
};

} // namespace AutoCommit::Testing
