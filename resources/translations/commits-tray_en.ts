<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>AutoCommit::CheckTable</name>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n repository</numerusform>
            <numerusform>%n repositories</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>answers for %n repositories</source>
        <translation>
            <numerusform>answers for %n repository</numerusform>
            <numerusform>answers for %n repositories</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AutoCommit::CommitDetail</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AutoCommit::FirstRun</name>
    <message numerus="yes">
        <source>That took longer than %n seconds and was ended.</source>
        <translation>
            <numerusform>That took longer than %n second and was ended.</numerusform>
            <numerusform>That took longer than %n seconds and was ended.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AutoCommit::HeatMap</name>
    <message numerus="yes">
        <source>%1: %n commits</source>
        <translation>
            <numerusform>%1: %n commit</numerusform>
            <numerusform>%1: %n commits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AutoCommit::Notifier</name>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n repository</numerusform>
            <numerusform>%n repositories</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AutoCommit::PlanTable</name>
    <message numerus="yes">
        <source>%n repositories found.</source>
        <translation>
            <numerusform>%n repository found.</numerusform>
            <numerusform>%n repositories found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n commits would be made now.</source>
        <translation>
            <numerusform>%n commit would be made now.</numerusform>
            <numerusform>%n commits would be made now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out: %1</source>
        <translation>
            <numerusform>%n left out: %1</numerusform>
            <numerusform>%n left out: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more left out</source>
        <translation>
            <numerusform>… and %n more left out</numerusform>
            <numerusform>… and %n more left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files would be left out.</source>
        <translation>
            <numerusform>%n file would be left out.</numerusform>
            <numerusform>%n files would be left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AutoCommit::ProblemTree</name>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n repository</numerusform>
            <numerusform>%n repositories</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AutoCommit::RepoWords</name>
    <message numerus="yes">
        <source>%n commits to push</source>
        <translation>
            <numerusform>%n commit to push</numerusform>
            <numerusform>%n commits to push</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files left out on purpose</source>
        <translation>
            <numerusform>%n file left out on purpose</numerusform>
            <numerusform>%n files left out on purpose</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AutoCommit::ReposPage</name>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n repository</numerusform>
            <numerusform>%n repositories</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AutoCommit::StateWords</name>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repositories need you</source>
        <translation>
            <numerusform>%n repository needs you</numerusform>
            <numerusform>%n repositories need you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repositories have not been looked at yet</source>
        <translation>
            <numerusform>%n repository has not been looked at yet</numerusform>
            <numerusform>%n repositories have not been looked at yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n repositories are safe on the hub, checked %1</source>
        <translation>
            <numerusform>The repository is safe on the hub, checked %1</numerusform>
            <numerusform>All %n repositories are safe on the hub, checked %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wait to be pushed</source>
        <translation>
            <numerusform>%n waits to be pushed</numerusform>
            <numerusform>%n wait to be pushed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are committed here only, without a hub</source>
        <translation>
            <numerusform>%n is committed here only, without a hub</numerusform>
            <numerusform>%n are committed here only, without a hub</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are paused</source>
        <translation>
            <numerusform>%n is paused</numerusform>
            <numerusform>%n are paused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were skipped</source>
        <translation>
            <numerusform>%n was skipped</numerusform>
            <numerusform>%n were skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repositories on this machine need you: %1</source>
        <translation>
            <numerusform>%n repository on this machine needs you: %1</numerusform>
            <numerusform>%n repositories on this machine need you: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AutoCommit::TrayAgent</name>
    <message numerus="yes">
        <source>%n commit(s) not reported yet</source>
        <translation>
            <numerusform>%n commit not reported yet</numerusform>
            <numerusform>%n commits not reported yet</numerusform>
        </translation>
    </message>
</context>
</TS>
