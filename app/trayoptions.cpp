#include "app/trayoptions.h"

#include "app/manpage.h"

#include <QCommandLineParser>
#include <QFileInfo>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString about()
{
    return u"Shows in the tray and in a window that every checkout is committed and safe."_s;
}

QList<QCommandLineOption> declared()
{
    return {
        {u"url"_s, u"Address of the daemon, for instance http://127.0.0.1:8200."_s, u"URL"_s},
        {u"token-file"_s, u"File that holds the daemon's token."_s, u"FILE"_s},
        {u"certificate-sha256"_s, u"SHA-256 fingerprint of the daemon's own certificate, in hex."_s, u"HEX"_s},
        {u"insecure-http"_s, u"Allow plain http to another machine."_s},
        {u"theme"_s, u"system, light or dark."_s, u"THEME"_s, u"system"_s},
        {u"window"_s, u"Open the window at the start."_s},
        {u"start-at-login"_s,
         u"on, off or show: whether the session starts this program, and with which options; then end. The options "
         u"beside "
         "\"on\" are the ones it is started with, so --commit-local only when it stands there."_s,
         u"WORD"_s},
        {u"commit-local"_s, u"Also commit the checkouts at or below PATH on this machine, described by the daemon."_s},
    };
}

} // namespace

TrayOptions parseTrayOptions(const QCoreApplication &app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(about());
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions(declared());
    parser.addPositionalArgument(u"PATH"_s, u"Directories of --commit-local."_s, u"[PATH...]"_s);
    parser.process(app);
    const QString look = parser.value(u"theme"_s);
    return {.endpoint = {.url = parser.value(u"url"_s),
                         .tokenFile = parser.value(u"token-file"_s),
                         .certificateSha256 = parser.value(u"certificate-sha256"_s)},
            .theme = look == u"dark"_s ? ThemeChoice::Dark
                : look == u"light"_s   ? ThemeChoice::Light
                                       : ThemeChoice::System,
            .plainHttp = parser.isSet(u"insecure-http"_s),
            .openWindow = parser.isSet(u"window"_s),
            .commitLocal = parser.isSet(u"commit-local"_s),
            .roots = parser.positionalArguments(),
            .startAtLogin = parser.value(u"start-at-login"_s)};
}

QStringList TrayOptions::viewArguments() const
{
    QStringList words;
    if (!endpoint.url.isEmpty())
        words += {u"--url"_s, endpoint.url};
    if (!endpoint.tokenFile.isEmpty())
        words += {u"--token-file"_s, QFileInfo(endpoint.tokenFile).absoluteFilePath()};
    if (!endpoint.certificateSha256.isEmpty())
        words += {u"--certificate-sha256"_s, endpoint.certificateSha256};
    if (plainHttp)
        words += u"--insecure-http"_s;
    if (theme != ThemeChoice::System)
        words += {u"--theme"_s, theme == ThemeChoice::Dark ? u"dark"_s : u"light"_s};
    return words;
}

QString trayManualPage()
{
    ManPage page(u"commits-tray"_s, u"tray icon and status window of auto-commit"_s);
    page.section(u"SYNOPSIS"_s);
    page.line(ManPage::bold(u"commits-tray"_s) + u" [options] [PATH...]"_s);
    page.section(u"DESCRIPTION"_s);
    page.paragraph(about());
    page.paragraph(
        u"It speaks to the daemon that `commits start` runs, over its HTTP API. It runs once for each daemon: a "
        "second start brings the window of the first to the front, and one with the --url of another daemon "
        "shows that one beside it. One of them at most commits this machine's checkouts."_s);
    page.section(u"OPTIONS"_s);
    for (const QCommandLineOption &option : declared()) {
        const QString value = option.valueName().isEmpty() ? QString() : u' ' + ManPage::italic(option.valueName());
        page.entry(ManPage::bold(u"--"_s + option.names().first()) + value, option.description());
    }
    page.section(u"ENVIRONMENT"_s);
    page.entry(ManPage::bold(u"AUTO_COMMIT_API_URL, AUTO_COMMIT_API_TOKEN_FILE"_s),
               u"The daemon, where `--url` and `--token-file` do not say."_s);
    page.section(u"FILES"_s);
    page.entry(ManPage::italic(u"~/.config/commits/tray.ini"_s), u"What the window remembers."_s);
    page.section(u"EXIT STATUS"_s);
    page.entry(ManPage::bold(u"0"_s), u"It was quit, or one for this daemon runs already."_s);
    page.entry(ManPage::bold(u"2"_s), u"Wrong usage or configuration."_s);
    page.section(u"SEE ALSO"_s);
    page.line(ManPage::bold(u"commits"_s) + u"(1)"_s);
    return page.roff();
}

} // namespace AutoCommit
