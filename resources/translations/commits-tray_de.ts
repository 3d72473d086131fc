<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>AutoCommit::Activity</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model, corrected</source>
        <translation>Modell, korrigiert</translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation>Eingebaute Engine</translation>
    </message>
</context>
<context>
    <name>AutoCommit::ActivityPage</name>
    <message>
        <source>commits today</source>
        <translation>Commits heute</translation>
    </message>
    <message>
        <source>commits in a year</source>
        <translation>Commits in einem Jahr</translation>
    </message>
    <message>
        <source>days in a row</source>
        <translation>Tage in Folge</translation>
    </message>
    <message>
        <source>on the busiest day</source>
        <translation>am vollsten Tag</translation>
    </message>
    <message>
        <source>The last year</source>
        <translation>Das letzte Jahr</translation>
    </message>
    <message>
        <source>Who wrote the messages</source>
        <translation>Wer die Texte schrieb</translation>
    </message>
    <message>
        <source>Busiest repositories</source>
        <translation>Aktivste Repositories</translation>
    </message>
    <message>
        <source>Right now</source>
        <translation>Gerade jetzt</translation>
    </message>
    <message>
        <source>No commits yet</source>
        <translation>Noch keine Commits</translation>
    </message>
    <message>
        <source>Sweep %1: %2 of %3 repositories</source>
        <translation>Durchlauf %1: %2 von %3 Repositories</translation>
    </message>
    <message>
        <source>The model does not answer at %1; messages wait or come from the built-in engine</source>
        <translation>Das Modell unter %1 antwortet nicht; Texte warten oder kommen von der eingebauten Engine</translation>
    </message>
    <message>
        <source>Nothing is being worked on.</source>
        <translation>Im Moment ist nichts zu tun.</translation>
    </message>
</context>
<context>
    <name>AutoCommit::Banner</name>
    <message>
        <source>For 15 minutes</source>
        <translation>Für 15 Minuten</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>Für 1 Stunde</translation>
    </message>
    <message>
        <source>Until tomorrow</source>
        <translation>Bis morgen</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Jetzt abgleichen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>AutoCommit::CheckTable</name>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n Repository</numerusform>
            <numerusform>%n Repositorys</numerusform>
        </translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message numerus="yes">
        <source>answers for %n repositories</source>
        <translation>
            <numerusform>antwortet für %n Repository</numerusform>
            <numerusform>antwortet für %n Repositorys</numerusform>
        </translation>
    </message>
    <message>
        <source>Hub</source>
        <translation>Hub</translation>
    </message>
    <message>
        <source>no repository has one; commits stay on this computer</source>
        <translation>kein Repository hat einen; Commits bleiben auf diesem Rechner</translation>
    </message>
    <message>
        <source>Nothing has been tested.</source>
        <translation>Nichts wurde geprüft.</translation>
    </message>
    <message>
        <source>Some of it does not work yet. You can go on: what works is committed, and the rest is named until it is mended.</source>
        <translation>Einiges geht noch nicht. Du kannst weitermachen: Was geht, wird committet, der Rest wird genannt, bis er behoben ist.</translation>
    </message>
    <message>
        <source>All that is needed works.</source>
        <translation>Alles Nötige funktioniert.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Befund</translation>
    </message>
</context>
<context>
    <name>AutoCommit::CommitDetail</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Open in the forge</source>
        <translation>In der Forge öffnen</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>Rückgängig …</translation>
    </message>
    <message>
        <source>Files of the commit</source>
        <translation>Dateien des Commits</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Hash</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Address in the forge</source>
        <translation>Adresse in der Forge</translation>
    </message>
    <message>
        <source>Choose a commit to see what is in it</source>
        <translation>Wähle einen Commit, um zu sehen, was er enthält</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… und %n weitere</numerusform>
            <numerusform>… und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the changes…</source>
        <translation>Änderungen werden gelesen …</translation>
    </message>
    <message>
        <source>Undo this commit?</source>
        <translation>Diesen Commit rückgängig machen?</translation>
    </message>
    <message>
        <source>The hub has it already, so a new commit will revert it. Nothing is lost.</source>
        <translation>Der Hub hat ihn schon, deshalb macht ihn ein neuer Commit rückgängig. Nichts geht verloren.</translation>
    </message>
    <message>
        <source>It has not been pushed: it is taken back, and its changes stay in your files.</source>
        <translation>Er ist noch nicht übertragen: Er wird zurückgenommen, seine Änderungen bleiben in deinen Dateien.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig machen</translation>
    </message>
    <message>
        <source>on the hub</source>
        <translation>auf dem Hub</translation>
    </message>
</context>
<context>
    <name>AutoCommit::CommitList</name>
    <message>
        <source>Commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>Repository</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Hub</source>
        <translation>Hub</translation>
    </message>
    <message>
        <source>on hub</source>
        <translation>auf dem Hub</translation>
    </message>
    <message>
        <source>pushed</source>
        <translation>übertragen</translation>
    </message>
    <message>
        <source>only here</source>
        <translation>nur hier</translation>
    </message>
    <message>
        <source>described by the built-in engine</source>
        <translation>beschrieben von der eingebauten Engine</translation>
    </message>
    <message>
        <source>described by %1, corrected</source>
        <translation>beschrieben von %1, korrigiert</translation>
    </message>
    <message>
        <source>described by %1</source>
        <translation>beschrieben von %1</translation>
    </message>
</context>
<context>
    <name>AutoCommit::CommitsPage</name>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Commits</source>
        <translation>Commits</translation>
    </message>
    <message>
        <source>Commits of %1</source>
        <translation>Commits von %1</translation>
    </message>
    <message>
        <source>Commits of all repositories, newest first</source>
        <translation>Commits aller Repositories, neueste zuerst</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>Historie wird gelesen …</translation>
    </message>
    <message>
        <source>There are no commits yet. They appear here as they are made.</source>
        <translation>Es gibt noch keine Commits. Sie erscheinen hier, sobald sie entstehen.</translation>
    </message>
</context>
<context>
    <name>AutoCommit::ComputerCard</name>
    <message>
        <source>Start this program when I log in</source>
        <translation>Dieses Programm beim Anmelden starten</translation>
    </message>
    <message>
        <source>Started that way, it also commits this computer&apos;s repositories…</source>
        <translation>So gestartet, committet es auch die Repositorys dieses Rechners…</translation>
    </message>
    <message>
        <source>For a computer whose commits are described by another computer&apos;s daemon. Leave it off where a daemon runs: that one commits already.</source>
        <translation>Für einen Rechner, dessen Commits der Dienst eines anderen beschreibt. Lass es aus, wo ein Dienst läuft: Der committet schon.</translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation>Einrichten…</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Show notifications when something needs me, and when all is well again</source>
        <translation>Melden, wenn etwas mich braucht und wenn alles wieder gut ist</translation>
    </message>
    <message>
        <source>Which repositories? Choose the folder they are in</source>
        <translation>Welche Repositorys? Wähle den Ordner, in dem sie liegen</translation>
    </message>
</context>
<context>
    <name>AutoCommit::DaemonActions</name>
    <message>
        <source>A sweep over all repositories has begun</source>
        <translation>Ein Durchlauf über alle Repositories hat begonnen</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Running again</source>
        <translation>Läuft wieder</translation>
    </message>
    <message>
        <source>The repository is being looked at</source>
        <translation>Das Repository wird geprüft</translation>
    </message>
    <message>
        <source>The repository is paused</source>
        <translation>Das Repository ist angehalten</translation>
    </message>
    <message>
        <source>The repository is no longer paused</source>
        <translation>Das Repository ist nicht mehr angehalten</translation>
    </message>
    <message>
        <source>The commit is taken back; its changes are in the work tree</source>
        <translation>Der Commit ist zurückgenommen; seine Änderungen sind im Arbeitsverzeichnis</translation>
    </message>
    <message>
        <source>A new commit reverts this one</source>
        <translation>Ein neuer Commit macht diesen rückgängig</translation>
    </message>
    <message>
        <source>Marked as dealt with</source>
        <translation>Als erledigt markiert</translation>
    </message>
    <message>
        <source>For this machine only: the daemon does not answer</source>
        <translation>Nur für diesen Rechner: Der Dienst antwortet nicht</translation>
    </message>
    <message>
        <source>For this machine only: the token of this user lacks the scope &quot;control&quot; at the daemon</source>
        <translation>Nur für diesen Rechner: Dem Token dieses Benutzers fehlt beim Dienst das Recht „control“</translation>
    </message>
    <message>
        <source>The checkouts of this machine are being looked at</source>
        <translation>Die Checkouts dieses Rechners werden angesehen</translation>
    </message>
    <message>
        <source>This machine could not be paused: %1</source>
        <translation>Dieser Rechner konnte nicht angehalten werden: %1</translation>
    </message>
    <message>
        <source>The checkouts of this machine are left alone</source>
        <translation>Die Checkouts dieses Rechners werden in Ruhe gelassen</translation>
    </message>
    <message>
        <source>This machine could not be resumed: %1</source>
        <translation>Auf diesem Rechner konnte es nicht weitergehen: %1</translation>
    </message>
    <message>
        <source>The checkouts of this machine are committed again</source>
        <translation>Die Checkouts dieses Rechners werden wieder committet</translation>
    </message>
</context>
<context>
    <name>AutoCommit::DaemonModel</name>
    <message>
        <source>The daemon does not answer</source>
        <translation>Der Dienst antwortet nicht</translation>
    </message>
    <message>
        <source>The token of this user lacks the scope &quot;control&quot; at the daemon (commits token create --help)</source>
        <translation>Dem Token dieses Benutzers fehlt beim Dienst das Recht „control“ (commits token create --help)</translation>
    </message>
</context>
<context>
    <name>AutoCommit::DesktopNotes</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>AutoCommit::DiffView</name>
    <message>
        <source>Changes of the commit</source>
        <translation>Änderungen des Commits</translation>
    </message>
    <message>
        <source>… the diff is %1 MB long; the rest is not shown.</source>
        <translation>… der Diff ist %1 MB lang; der Rest wird nicht gezeigt.</translation>
    </message>
</context>
<context>
    <name>AutoCommit::DiffWords</name>
    <message>
        <source>reading the commit</source>
        <translation>Lesen des Commits</translation>
    </message>
    <message>
        <source>The checkout is on %1; only changes of checkouts on this machine can be shown here.</source>
        <translation>Der Checkout liegt auf %1; hier lassen sich nur Änderungen von Checkouts auf diesem Rechner zeigen.</translation>
    </message>
    <message>
        <source>The checkout is not where the daemon saw it: %1</source>
        <translation>Der Checkout ist nicht dort, wo der Dienst ihn sah: %1</translation>
    </message>
</context>
<context>
    <name>AutoCommit::EndpointWords</name>
    <message>
        <source>%1 is no SHA-256 fingerprint: that is 64 hexadecimal digits</source>
        <translation>%1 ist kein SHA-256-Fingerabdruck: das sind 64 hexadezimale Ziffern</translation>
    </message>
    <message>
        <source>%1 is no address of a daemon; an example is http://127.0.0.1:8200</source>
        <translation>%1 ist keine Adresse eines Dienstes; ein Beispiel ist http://127.0.0.1:8200</translation>
    </message>
    <message>
        <source>%1 would send the token unencrypted over the network. Use https, an SSH tunnel, or say --insecure-http.</source>
        <translation>%1 würde das Token unverschlüsselt über das Netz senden. Nimm https, einen SSH-Tunnel, oder sage --insecure-http.</translation>
    </message>
    <message>
        <source>the token file %1 cannot be read: %2</source>
        <translation>die Token-Datei %1 kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>the token file %1 is empty</source>
        <translation>die Token-Datei %1 ist leer</translation>
    </message>
</context>
<context>
    <name>AutoCommit::ErrorsPage</name>
    <message>
        <source>Errors by cause</source>
        <translation>Fehler nach Ursache</translation>
    </message>
    <message>
        <source>Nothing needs you.</source>
        <translation>Nichts braucht dich.</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Dealt with</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>No more notifications about this cause; it stays in the list</source>
        <translation>Keine Meldungen mehr zu dieser Ursache; sie bleibt in der Liste</translation>
    </message>
    <message>
        <source>Closes it until it is seen again</source>
        <translation>Schließt den Fehler, bis er wieder auftritt</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Nicht mehr stumm</translation>
    </message>
    <message>
        <source>Whether something needs you is not known: nothing was heard of the daemon yet.</source>
        <translation>Ob etwas dich braucht, ist nicht bekannt: Vom Dienst war noch nichts zu hören.</translation>
    </message>
    <message>
        <source>Nothing needed you when the daemon was last heard, %1.</source>
        <translation>Nichts brauchte dich, als der Dienst zuletzt zu hören war, %1.</translation>
    </message>
    <message>
        <source>%1 on this machine</source>
        <translation>%1 auf diesem Rechner</translation>
    </message>
</context>
<context>
    <name>AutoCommit::Explanation</name>
    <message>
        <source>Why %1 is where it is</source>
        <translation>Warum %1 so steht, wie es steht</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Decisions of the last run</source>
        <translation>Entscheidungen des letzten Laufs</translation>
    </message>
    <message>
        <source>Left out on purpose</source>
        <translation>Absichtlich ausgelassen</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Files that are not committed</source>
        <translation>Dateien, die nicht committet werden</translation>
    </message>
</context>
<context>
    <name>AutoCommit::FirstRun</name>
    <message numerus="yes">
        <source>That took longer than %n seconds and was ended.</source>
        <translation>
            <numerusform>Das dauerte länger als %n Sekunde und wurde beendet.</numerusform>
            <numerusform>Das dauerte länger als %n Sekunden und wurde beendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look, change nothing</source>
        <translation>Nachsehen, nichts ändern</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Go on all the same</source>
        <translation>Trotzdem weiter</translation>
    </message>
    <message>
        <source>Test and go on</source>
        <translation>Prüfen und weiter</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>Fenster zeigen</translation>
    </message>
    <message>
        <source>Looking for repositories…</source>
        <translation>Suche Repositorys…</translation>
    </message>
    <message>
        <source>Asking the hubs and the models…</source>
        <translation>Frage die Hubs und die Modelle…</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>Frage %1…</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Starte…</translation>
    </message>
    <message>
        <source>This program commits what is in %1. %2 describes the commits: changes that may leave this computer are sent there, secrets never.</source>
        <translation>Dieses Programm committet, was in %1 liegt. %2 beschreibt die Commits: Änderungen, die diesen Rechner verlassen dürfen, werden dorthin geschickt, Geheimnisse nie.</translation>
    </message>
    <message>
        <source>A daemon on this computer commits what is in %1, every few minutes and shortly after you save.</source>
        <translation>Ein Dienst auf diesem Rechner committet, was in %1 liegt, alle paar Minuten und kurz nach dem Speichern.</translation>
    </message>
    <message>
        <source>Commits are pulled and pushed where a branch has a counterpart on a hub. Nothing is ever forced, and you can pause or stop it in the tray.</source>
        <translation>Commits werden geholt und geschickt, wo ein Branch ein Gegenstück auf einem Hub hat. Nichts wird je erzwungen, und anhalten kannst du es im Tray.</translation>
    </message>
    <message>
        <source>auto-commit runs.</source>
        <translation>auto-commit läuft.</translation>
    </message>
</context>
<context>
    <name>AutoCommit::FirstRunGuide</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Set up auto-commit</source>
        <translation>auto-commit einrichten</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>auto-commit keeps the git repositories below these folders committed in small, well-described commits and in step with their hub. Choose where your repositories are. Nothing is changed before the last step.</source>
        <translation>auto-commit hält die Git-Repositories unter diesen Ordnern in kleinen, gut beschriebenen Commits fest und mit ihrem Hub im Gleichschritt. Wähle, wo deine Repositories liegen. Vor dem letzten Schritt wird nichts geändert.</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Where are your repositories?</source>
        <translation>Wo liegen deine Repositories?</translation>
    </message>
    <message>
        <source>What would be committed</source>
        <translation>Was committet würde</translation>
    </message>
    <message>
        <source>This is what would happen</source>
        <translation>Das würde geschehen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Does it reach what it needs?</source>
        <translation>Erreicht es, was es braucht?</translation>
    </message>
    <message>
        <source>What was tested</source>
        <translation>Was geprüft wurde</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Start this program when I log in</source>
        <translation>Dieses Programm beim Anmelden starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>AutoCommit::GuideWords</name>
    <message>
        <source>The preview could not be read.</source>
        <translation>Die Vorschau ließ sich nicht lesen.</translation>
    </message>
    <message>
        <source>The program commits is not installed beside this one.</source>
        <translation>Das Programm commits ist nicht neben diesem installiert.</translation>
    </message>
    <message>
        <source>%1 (auto-commit %2)</source>
        <translation>%1 (auto-commit %2)</translation>
    </message>
    <message>
        <source>The daemon runs until this computer is restarted, because the system does not keep it running: %1</source>
        <translation>Der Dienst läuft bis zum Neustart dieses Rechners, weil das System ihn nicht am Laufen hält: %1</translation>
    </message>
    <message>
        <source>a daemon has run on this computer</source>
        <translation>auf diesem Rechner lief schon ein Dienst</translation>
    </message>
    <message>
        <source>The token is kept in %1, which only you can read, and not in the keychain: %2</source>
        <translation>Das Token liegt in %1, lesbar nur für dich, und nicht im Schlüsselbund: %2</translation>
    </message>
</context>
<context>
    <name>AutoCommit::HeatMap</name>
    <message>
        <source>Commits per day</source>
        <translation>Commits pro Tag</translation>
    </message>
    <message>
        <source>%1: no commits</source>
        <translation>%1: keine Commits</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n commits</source>
        <translation>
            <numerusform>%1: %n Commit</numerusform>
            <numerusform>%1: %n Commits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AutoCommit::HostsPage</name>
    <message>
        <source>Repositories across hosts</source>
        <translation>Repositories auf den Rechnern</translation>
    </message>
    <message>
        <source>No host has reported yet.</source>
        <translation>Noch hat sich kein Rechner gemeldet.</translation>
    </message>
    <message>
        <source>seen %1</source>
        <translation>gesehen %1</translation>
    </message>
    <message>
        <source>This window: version %1, protocol %2</source>
        <translation>Dieses Fenster: Version %1, Protokoll %2</translation>
    </message>
    <message>
        <source>version %1, protocol %2</source>
        <translation>Version %1, Protokoll %2</translation>
    </message>
</context>
<context>
    <name>AutoCommit::LoginSetting</name>
    <message>
        <source>This program is not started when you log in.</source>
        <translation>Beim Anmelden wird dieses Programm nicht gestartet.</translation>
    </message>
    <message>
        <source>%1 would be started, but is not there any more. Switch this off and on again.</source>
        <translation>%1 würde gestartet, ist aber nicht mehr da. Schalte dies aus und wieder ein.</translation>
    </message>
    <message>
        <source>%1 is started when you log in.</source>
        <translation>%1 wird beim Anmelden gestartet.</translation>
    </message>
    <message>
        <source>The program that runs now is %1.</source>
        <translation>Das Programm, das jetzt läuft, ist %1.</translation>
    </message>
    <message>
        <source>It commits what is in %1.</source>
        <translation>Es committet, was in %1 liegt.</translation>
    </message>
</context>
<context>
    <name>AutoCommit::LoginStart</name>
    <message>
        <source>Move auto-commit to the Applications folder and open it there first.</source>
        <translation>Lege auto-commit zuerst in den Ordner Programme und öffne es dort.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>%1 does not hold what was written.</source>
        <translation>%1 enthält nicht, was geschrieben wurde.</translation>
    </message>
    <message>
        <source>%1 cannot be removed: %2</source>
        <translation>%1 lässt sich nicht entfernen: %2</translation>
    </message>
</context>
<context>
    <name>AutoCommit::Notifier</name>
    <message>
        <source>The daemon does not answer</source>
        <translation>Der Dienst antwortet nicht</translation>
    </message>
    <message>
        <source>The daemon is back</source>
        <translation>Der Dienst ist wieder da</translation>
    </message>
    <message>
        <source>All is well again</source>
        <translation>Alles ist wieder gut</translation>
    </message>
    <message>
        <source>Nothing needs you any more.</source>
        <translation>Nichts braucht dich mehr.</translation>
    </message>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n Repository</numerusform>
            <numerusform>%n Repositories</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Mute this</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>%1 on this machine: %2</source>
        <translation>%1 auf diesem Rechner: %2</translation>
    </message>
</context>
<context>
    <name>AutoCommit::ParityTable</name>
    <message>
        <source>Repository</source>
        <translation>Repository</translation>
    </message>
    <message>
        <source>Parity</source>
        <translation>Gleichstand</translation>
    </message>
    <message>
        <source>In step</source>
        <translation>Im Gleichschritt</translation>
    </message>
    <message>
        <source>One is behind</source>
        <translation>Einer liegt zurück</translation>
    </message>
    <message>
        <source>Drifted apart</source>
        <translation>Auseinandergelaufen</translation>
    </message>
    <message>
        <source>Different branches</source>
        <translation>Verschiedene Branches</translation>
    </message>
    <message>
        <source>On one host only</source>
        <translation>Nur auf einem Rechner</translation>
    </message>
    <message>
        <source>No recent report</source>
        <translation>Keine neue Meldung</translation>
    </message>
</context>
<context>
    <name>AutoCommit::PlanTable</name>
    <message>
        <source>There is no git repository in these folders.</source>
        <translation>In diesen Ordnern ist kein Git-Repository.</translation>
    </message>
    <message numerus="yes">
        <source>%n repositories found.</source>
        <translation>
            <numerusform>%n Repository gefunden.</numerusform>
            <numerusform>%n Repositorys gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n commits would be made now.</source>
        <translation>
            <numerusform>%n Commit würde jetzt entstehen.</numerusform>
            <numerusform>%n Commits würden jetzt entstehen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has been changed yet.</source>
        <translation>Noch ist nichts geändert.</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>Repository</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>Branch</translation>
    </message>
    <message>
        <source>What would happen</source>
        <translation>Was geschehen würde</translation>
    </message>
    <message>
        <source>nothing to commit</source>
        <translation>nichts zu committen</translation>
    </message>
    <message>
        <source>left out: %1</source>
        <translation>ausgelassen: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n left out: %1</source>
        <translation>
            <numerusform>%n ausgelassen: %1</numerusform>
            <numerusform>%n ausgelassen: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more left out</source>
        <translation>
            <numerusform>… und %n weitere ausgelassen</numerusform>
            <numerusform>… und %n weitere ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files would be left out.</source>
        <translation>
            <numerusform>%n Datei würde ausgelassen.</numerusform>
            <numerusform>%n Dateien würden ausgelassen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AutoCommit::ProblemTree</name>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>%1 (muted)</source>
        <translation>%1 (stumm)</translation>
    </message>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n Repository</numerusform>
            <numerusform>%n Repositories</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, this machine</source>
        <translation>%1, dieser Rechner</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>dieser Rechner</translation>
    </message>
</context>
<context>
    <name>AutoCommit::ProblemWords</name>
    <message>
        <source>The hub does not let this machine in</source>
        <translation>Der Hub lässt diesen Rechner nicht hinein</translation>
    </message>
    <message>
        <source>The hub shows another host key than before</source>
        <translation>Der Hub zeigt einen anderen Schlüssel als früher</translation>
    </message>
    <message>
        <source>The connection to the hub cannot be trusted</source>
        <translation>Der Verbindung zum Hub ist nicht zu trauen</translation>
    </message>
    <message>
        <source>The hub cannot be reached</source>
        <translation>Der Hub ist nicht erreichbar</translation>
    </message>
    <message>
        <source>The hub does not know this repository</source>
        <translation>Der Hub kennt dieses Repository nicht</translation>
    </message>
    <message>
        <source>The branch has no counterpart on the hub</source>
        <translation>Der Branch hat kein Gegenstück auf dem Hub</translation>
    </message>
    <message>
        <source>The branch was deleted on the hub</source>
        <translation>Der Branch wurde auf dem Hub gelöscht</translation>
    </message>
    <message>
        <source>The hub has commits that are not here</source>
        <translation>Der Hub hat Commits, die hier fehlen</translation>
    </message>
    <message>
        <source>The hub protects this branch</source>
        <translation>Der Hub schützt diesen Branch</translation>
    </message>
    <message>
        <source>The hub refused the commits</source>
        <translation>Der Hub hat die Commits abgelehnt</translation>
    </message>
    <message>
        <source>The hub found a secret in the commits</source>
        <translation>Der Hub hat ein Geheimnis in den Commits gefunden</translation>
    </message>
    <message>
        <source>The hub refused a file because of its size</source>
        <translation>Der Hub hat eine Datei wegen ihrer Größe abgelehnt</translation>
    </message>
    <message>
        <source>The hub is locked at the moment</source>
        <translation>Der Hub ist im Moment gesperrt</translation>
    </message>
    <message>
        <source>The hub has no space left</source>
        <translation>Der Hub hat keinen Platz mehr</translation>
    </message>
    <message>
        <source>The hub does not show what was pushed</source>
        <translation>Der Hub zeigt nicht, was übertragen wurde</translation>
    </message>
    <message>
        <source>Two hosts changed the same lines</source>
        <translation>Zwei Rechner haben dieselben Zeilen geändert</translation>
    </message>
    <message>
        <source>The history on the hub was rewritten</source>
        <translation>Die Historie auf dem Hub wurde umgeschrieben</translation>
    </message>
    <message>
        <source>Incoming commits would overwrite files</source>
        <translation>Ankommende Commits würden Dateien überschreiben</translation>
    </message>
    <message>
        <source>A hook of the repository refused the commit</source>
        <translation>Ein Hook des Repositorys hat den Commit abgelehnt</translation>
    </message>
    <message>
        <source>A hook changed what was to be committed</source>
        <translation>Ein Hook hat den Inhalt des Commits geändert</translation>
    </message>
    <message>
        <source>The commit could not be signed</source>
        <translation>Der Commit konnte nicht signiert werden</translation>
    </message>
    <message>
        <source>Large files need git-lfs, which is not there</source>
        <translation>Große Dateien brauchen git-lfs, das fehlt</translation>
    </message>
    <message>
        <source>Git does not know your name and address</source>
        <translation>Git kennt deinen Namen und deine Adresse nicht</translation>
    </message>
    <message>
        <source>A merge or rebase waits to be finished</source>
        <translation>Ein Merge oder Rebase ist noch nicht beendet</translation>
    </message>
    <message>
        <source>There are unresolved conflicts</source>
        <translation>Es gibt ungelöste Konflikte</translation>
    </message>
    <message>
        <source>No branch is checked out</source>
        <translation>Es ist kein Branch ausgecheckt</translation>
    </message>
    <message>
        <source>The branch has no commit yet</source>
        <translation>Der Branch hat noch keinen Commit</translation>
    </message>
    <message>
        <source>A very large change is held back</source>
        <translation>Eine sehr große Änderung wird zurückgehalten</translation>
    </message>
    <message>
        <source>The repository wants to run a program nobody approved</source>
        <translation>Das Repository will ein Programm starten, das niemand erlaubt hat</translation>
    </message>
    <message>
        <source>The files belong to somebody else</source>
        <translation>Die Dateien gehören jemand anderem</translation>
    </message>
    <message>
        <source>A lock was left behind</source>
        <translation>Eine Sperre ist liegen geblieben</translation>
    </message>
    <message>
        <source>Another git is at work</source>
        <translation>Ein anderes Git arbeitet gerade</translation>
    </message>
    <message>
        <source>The index of the repository is damaged</source>
        <translation>Der Index des Repositorys ist beschädigt</translation>
    </message>
    <message>
        <source>An object of the repository is damaged</source>
        <translation>Ein Objekt des Repositorys ist beschädigt</translation>
    </message>
    <message>
        <source>An object of the repository is missing</source>
        <translation>Ein Objekt des Repositorys fehlt</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Die Festplatte ist voll</translation>
    </message>
    <message>
        <source>The file system cannot be written to</source>
        <translation>Auf das Dateisystem lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>A file may not be read or written</source>
        <translation>Eine Datei darf nicht gelesen oder geschrieben werden</translation>
    </message>
    <message>
        <source>The machine has run out of resources</source>
        <translation>Dem Rechner fehlen Mittel</translation>
    </message>
    <message>
        <source>The model does not answer</source>
        <translation>Das Modell antwortet nicht</translation>
    </message>
    <message>
        <source>A setting is wrong</source>
        <translation>Eine Einstellung ist falsch</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>A secret is held back</source>
        <translation>Ein Geheimnis wird zurückgehalten</translation>
    </message>
    <message>
        <source>Staged files wait for their user</source>
        <translation>Vorgemerkte Dateien warten auf ihren Benutzer</translation>
    </message>
    <message>
        <source>A repository was left alone</source>
        <translation>Ein Repository wurde in Ruhe gelassen</translation>
    </message>
</context>
<context>
    <name>AutoCommit::Program</name>
    <message>
        <source>This desktop shows no tray icons, so auto-commit stays in this window. Closing it ends the program, not the daemon.</source>
        <translation>Dieser Desktop zeigt keine Symbole in der Leiste, deshalb bleibt auto-commit in diesem Fenster. Wer es schließt, beendet das Programm, nicht den Dienst.</translation>
    </message>
</context>
<context>
    <name>AutoCommit::RepoTable</name>
    <message>
        <source>Repository</source>
        <translation>Repository</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>Branch</translation>
    </message>
    <message>
        <source>On the hosts</source>
        <translation>Auf den Rechnern</translation>
    </message>
    <message>
        <source>Last commit</source>
        <translation>Letzter Commit</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Was safe</source>
        <translation>War sicher</translation>
    </message>
    <message>
        <source>(no branch)</source>
        <translation>(kein Branch)</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>%1 (this machine)</source>
        <translation>%1 (dieser Rechner)</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
</context>
<context>
    <name>AutoCommit::RepoWords</name>
    <message>
        <source>searching for secrets</source>
        <translation>sucht nach Geheimnissen</translation>
    </message>
    <message>
        <source>reading the change</source>
        <translation>liest die Änderung</translation>
    </message>
    <message>
        <source>reading the history</source>
        <translation>liest die Historie</translation>
    </message>
    <message>
        <source>sorting files into commits</source>
        <translation>ordnet Dateien in Commits</translation>
    </message>
    <message>
        <source>understanding the change</source>
        <translation>versteht die Änderung</translation>
    </message>
    <message>
        <source>writing the message</source>
        <translation>schreibt den Text</translation>
    </message>
    <message>
        <source>committing</source>
        <translation>committet</translation>
    </message>
    <message>
        <source>fetching from the hub</source>
        <translation>holt vom Hub</translation>
    </message>
    <message>
        <source>pushing to the hub</source>
        <translation>überträgt zum Hub</translation>
    </message>
    <message>
        <source>recovering</source>
        <translation>behebt einen Fehler</translation>
    </message>
    <message>
        <source>Safe on the hub</source>
        <translation>Sicher auf dem Hub</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Arbeitet</translation>
    </message>
    <message numerus="yes">
        <source>%n commits to push</source>
        <translation>
            <numerusform>%n Commit zu übertragen</numerusform>
            <numerusform>%n Commits zu übertragen</numerusform>
        </translation>
    </message>
    <message>
        <source>To be pushed</source>
        <translation>Zu übertragen</translation>
    </message>
    <message>
        <source>Committed, no hub</source>
        <translation>Committet, kein Hub</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Braucht dich</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>Noch nicht geprüft</translation>
    </message>
    <message numerus="yes">
        <source>%n files left out on purpose</source>
        <translation>
            <numerusform>%n Datei absichtlich ausgelassen</numerusform>
            <numerusform>%n Dateien absichtlich ausgelassen</numerusform>
        </translation>
    </message>
    <message>
        <source>No commit yet</source>
        <translation>Noch kein Commit</translation>
    </message>
</context>
<context>
    <name>AutoCommit::ReposPage</name>
    <message>
        <source>Repositories</source>
        <translation>Repositories</translation>
    </message>
    <message>
        <source>Filter by name, path, branch or origin</source>
        <translation>Filtern nach Name, Pfad, Branch oder Herkunft</translation>
    </message>
    <message>
        <source>Filter repositories</source>
        <translation>Repositories filtern</translation>
    </message>
    <message>
        <source>Which repositories are shown</source>
        <translation>Welche Repositories gezeigt werden</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Braucht dich</translation>
    </message>
    <message>
        <source>To be pushed</source>
        <translation>Zu übertragen</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n Repository</numerusform>
            <numerusform>%n Repositories</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>The repositories appear here as soon as the daemon answers.</source>
        <translation>Die Repositories erscheinen hier, sobald der Dienst antwortet.</translation>
    </message>
    <message>
        <source>No repository fits the filter.</source>
        <translation>Kein Repository passt zum Filter.</translation>
    </message>
    <message>
        <source>Look at it now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause for 1 hour</source>
        <translation>1 Stunde anhalten</translation>
    </message>
    <message>
        <source>Pause for 1 day</source>
        <translation>1 Tag anhalten</translation>
    </message>
    <message>
        <source>Explain…</source>
        <translation>Erklären …</translation>
    </message>
    <message>
        <source>Show its commits</source>
        <translation>Seine Commits zeigen</translation>
    </message>
    <message>
        <source>Open in the forge</source>
        <translation>In der Forge öffnen</translation>
    </message>
    <message>
        <source>The daemon watches no repository yet. Give it folders with Set up… in the settings, or with: commits start -R ~/code</source>
        <translation>Der Dienst beobachtet noch kein Repository. Gib ihm Ordner mit „Einrichten…“ in den Einstellungen, oder mit: commits start -R ~/code</translation>
    </message>
</context>
<context>
    <name>AutoCommit::SettingsForm</name>
    <message>
        <source>default: empty</source>
        <translation>Vorgabe: leer</translation>
    </message>
    <message>
        <source>default: %1</source>
        <translation>Vorgabe: %1</translation>
    </message>
    <message>
        <source>Only the owner of the daemon can change it, on the daemon&apos;s own machine</source>
        <translation>Nur wem der Dienst gehört, kann das ändern, und nur auf dessen Rechner</translation>
    </message>
</context>
<context>
    <name>AutoCommit::SettingsPage</name>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen suchen</translation>
    </message>
    <message>
        <source>Saved in %1</source>
        <translation>Gespeichert in %1</translation>
    </message>
    <message>
        <source>Settings of the daemon, kept in %1</source>
        <translation>Einstellungen des Dienstes, aus %1</translation>
    </message>
    <message>
        <source>set by the %1</source>
        <translation>festgelegt durch: %1</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>one, two, three</source>
        <translation>eins, zwei, drei</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
</context>
<context>
    <name>AutoCommit::StateWindow</name>
    <message>
        <source>auto-commit</source>
        <translation>auto-commit</translation>
    </message>
    <message>
        <source>Repositories</source>
        <translation>Repositories</translation>
    </message>
    <message>
        <source>Commits</source>
        <translation>Commits</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>%1 · version %2</source>
        <translation>%1 · Version %2</translation>
    </message>
</context>
<context>
    <name>AutoCommit::StateWords</name>
    <message>
        <source>idle</source>
        <translation>in Ruhe</translation>
    </message>
    <message>
        <source>working</source>
        <translation>arbeitet</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>needs you</source>
        <translation>braucht dich</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>vor %1 h</translation>
    </message>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>vor %n Tag</numerusform>
            <numerusform>vor %n Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>tomorrow %1</source>
        <translation>morgen %1</translation>
    </message>
    <message>
        <source>This window speaks protocol %1, the daemon on %2 speaks %3. Update the older of the two.</source>
        <translation>Dieses Fenster spricht Protokoll %1, der Dienst auf %2 spricht %3. Aktualisiere den älteren von beiden.</translation>
    </message>
    <message>
        <source>This window is version %1, the daemon on %2 is %3. Update the older one and start it again.</source>
        <translation>Dieses Fenster ist Version %1, der Dienst auf %2 ist %3. Aktualisiere den älteren und starte ihn neu.</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Asking the daemon at %1…</source>
        <translation>Der Dienst unter %1 wird gefragt …</translation>
    </message>
    <message>
        <source>The daemon at %1 does not accept this user&apos;s token</source>
        <translation>Der Dienst unter %1 nimmt das Token dieses Benutzers nicht an</translation>
    </message>
    <message>
        <source>No daemon answers at %1</source>
        <translation>Unter %1 antwortet kein Dienst</translation>
    </message>
    <message>
        <source>, last heard %1</source>
        <translation>, zuletzt gehört %1</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Braucht dich</translation>
    </message>
    <message numerus="yes">
        <source>%n repositories need you</source>
        <translation>
            <numerusform>%n Repository braucht dich</numerusform>
            <numerusform>%n Repositories brauchen dich</numerusform>
        </translation>
    </message>
    <message>
        <source>The daemon asks for you</source>
        <translation>Der Dienst fragt nach dir</translation>
    </message>
    <message>
        <source>Paused until %1</source>
        <translation>Angehalten bis %1</translation>
    </message>
    <message>
        <source>Paused until you resume</source>
        <translation>Angehalten, bis du fortsetzt</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>The daemon is starting</source>
        <translation>Der Dienst startet</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Hält an</translation>
    </message>
    <message>
        <source>The daemon finishes what it is doing and stops</source>
        <translation>Der Dienst beendet, was er tut, und hält an</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Arbeitet</translation>
    </message>
    <message>
        <source>%1 of %2 repositories looked at in this sweep</source>
        <translation>%1 von %2 Repositories in diesem Durchlauf geprüft</translation>
    </message>
    <message>
        <source>Committing and synchronising</source>
        <translation>Committet und gleicht ab</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Nichts zu tun</translation>
    </message>
    <message>
        <source>No repositories are watched yet</source>
        <translation>Noch wird kein Repository beobachtet</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message numerus="yes">
        <source>%n repositories have not been looked at yet</source>
        <translation>
            <numerusform>%n Repository ist noch nicht geprüft</numerusform>
            <numerusform>%n Repositories sind noch nicht geprüft</numerusform>
        </translation>
    </message>
    <message>
        <source>No recent check</source>
        <translation>Keine neue Prüfung</translation>
    </message>
    <message>
        <source>The last check was %1; the daemon has not looked at every repository since</source>
        <translation>Die letzte Prüfung war %1; seither hat der Dienst nicht jedes Repository geprüft</translation>
    </message>
    <message>
        <source>All is safe</source>
        <translation>Alles ist sicher</translation>
    </message>
    <message numerus="yes">
        <source>All %n repositories are safe on the hub, checked %1</source>
        <translation>
            <numerusform>Das Repository ist sicher auf dem Hub, geprüft %1</numerusform>
            <numerusform>Alle %n Repositories sind sicher auf dem Hub, geprüft %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 repositories are safe on the hub, checked %3</source>
        <translation>%1 von %2 Repositories sind sicher auf dem Hub, geprüft %3</translation>
    </message>
    <message numerus="yes">
        <source>%n wait to be pushed</source>
        <translation>
            <numerusform>%n wartet auf Übertragung</numerusform>
            <numerusform>%n warten auf Übertragung</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are committed here only, without a hub</source>
        <translation>
            <numerusform>%n ist nur hier committet, ohne Hub</numerusform>
            <numerusform>%n sind nur hier committet, ohne Hub</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are paused</source>
        <translation>
            <numerusform>%n ist angehalten</numerusform>
            <numerusform>%n sind angehalten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were skipped</source>
        <translation>
            <numerusform>%n wurde übersprungen</numerusform>
            <numerusform>%n wurden übersprungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Nearly there</source>
        <translation>Fast fertig</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>In Ruhe</translation>
    </message>
    <message>
        <source>%1 shows a certificate that is not the expected one (api_certificate_sha256)</source>
        <translation>%1 zeigt ein anderes Zertifikat als das erwartete (api_certificate_sha256)</translation>
    </message>
    <message>
        <source>%1 on this machine: %2</source>
        <translation>%1 auf diesem Rechner: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n repositories on this machine need you: %1</source>
        <translation>
            <numerusform>%n Repository auf diesem Rechner braucht dich: %1</numerusform>
            <numerusform>%n Repositories auf diesem Rechner brauchen dich: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>This machine is paused until %1</source>
        <translation>Dieser Rechner ist angehalten bis %1</translation>
    </message>
    <message>
        <source>This machine is paused until you resume</source>
        <translation>Dieser Rechner ist angehalten, bis du ihn fortsetzt</translation>
    </message>
    <message>
        <source>Only the daemon is paused</source>
        <translation>Nur der Dienst ist angehalten</translation>
    </message>
    <message>
        <source>This machine&apos;s checkouts are committed; the daemon: %1</source>
        <translation>Die Checkouts dieses Rechners werden committet; der Dienst: %1</translation>
    </message>
    <message>
        <source>The daemon at %1 wants a token, and %2</source>
        <translation>Der Dienst unter %1 verlangt ein Token, und %2</translation>
    </message>
    <message>
        <source>The daemon at %1 does not let this token watch: it lacks the scope &quot;monitor&quot;</source>
        <translation>Der Dienst unter %1 lässt dieses Token nicht zusehen: Ihm fehlt das Recht „monitor“</translation>
    </message>
</context>
<context>
    <name>AutoCommit::TrayAgent</name>
    <message numerus="yes">
        <source>%n commit(s) not reported yet</source>
        <translation>
            <numerusform>%n Commit noch nicht gemeldet</numerusform>
            <numerusform>%n Commits noch nicht gemeldet</numerusform>
        </translation>
    </message>
    <message>
        <source>Take the secret out of the file, or let it pass with an allow rule (commits explain --held).</source>
        <translation>Nimm das Geheimnis aus der Datei, oder lass es mit einer Ausnahme durch (commits explain --held).</translation>
    </message>
    <message>
        <source>Commit or unstage it: what was staged by hand is left to you.</source>
        <translation>Committe es, oder nimm die Vormerkung zurück: Was von Hand vorgemerkt wurde, bleibt dir überlassen.</translation>
    </message>
</context>
<context>
    <name>AutoCommit::TrayIcon</name>
    <message>
        <source>That did not work</source>
        <translation>Das ging nicht</translation>
    </message>
    <message>
        <source>Open window</source>
        <translation>Fenster öffnen</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Jetzt abgleichen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Recent commits</source>
        <translation>Letzte Commits</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>This machine: committed here</source>
        <translation>Dieser Rechner: wird hier committet</translation>
    </message>
    <message>
        <source>This machine&apos;s checkouts: not committed by this program</source>
        <translation>Checkouts dieses Rechners: nicht von diesem Programm committet</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>Errors (%1)</source>
        <translation>Fehler (%1)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation>Einrichten…</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>Auf diesem Rechner</translation>
    </message>
    <message>
        <source>%1 (this machine): %2</source>
        <translation>%1 (dieser Rechner): %2</translation>
    </message>
</context>
<context>
    <name>AutoCommit::WayPage</name>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Another computer, which runs the daemon and has the models</source>
        <translation>Ein anderer Rechner, auf dem der Dienst läuft und der die Modelle hat</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>printed by: commits token create NAME</source>
        <translation>druckt: commits token create NAME</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>SHA-256 of its certificate, if it made that itself</source>
        <translation>SHA-256 seines Zertifikats, wenn es das selbst gemacht hat</translation>
    </message>
    <message>
        <source>Who describes the commits?</source>
        <translation>Wer beschreibt die Commits?</translation>
    </message>
    <message>
        <source>A daemon here does everything. Without a model it writes the messages by itself.</source>
        <translation>Ein Dienst hier macht alles. Ohne Modell schreibt er die Nachrichten selbst.</translation>
    </message>
    <message>
        <source>This program commits here and asks there for the messages. The two never exchange commits directly, only through the hub.</source>
        <translation>Dieses Programm committet hier und fragt dort nach den Nachrichten. Die beiden tauschen Commits nie direkt aus, nur über den Hub.</translation>
    </message>
</context>
</TS>
