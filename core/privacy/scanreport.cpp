#include "core/privacy/scanreport.h"

#include "core/base/cleantext.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QJsonObject findingToJson(const QString &path, const Finding &finding)
{
    return {{u"path"_s, path},
            {u"line"_s, finding.line},
            {u"column"_s, finding.column},
            {u"rule"_s, QString::fromUtf8(finding.rule)},
            {u"preview"_s, finding.preview},
            {u"fingerprint"_s, QString::fromUtf8(finding.fingerprint)},
            {u"allowed"_s, allowanceName(finding.allowance)}};
}

/// Where a result is, as SARIF says it. Paths are URIs there.
QJsonObject sarifLocation(const QByteArray &path, int line, int column)
{
    QJsonObject physical{
        {u"artifactLocation"_s, QJsonObject{{u"uri"_s, QString::fromLatin1(path.toPercentEncoding("/"))}}}};
    if (line > 0)
        physical.insert(u"region"_s, QJsonObject{{u"startLine"_s, line}, {u"startColumn"_s, column}});
    return {{u"physicalLocation"_s, physical}};
}

QJsonObject sarifResult(const QByteArray &path, const Finding &finding)
{
    QJsonObject result{
        {u"ruleId"_s, QString::fromUtf8(finding.rule)},
        {u"level"_s, finding.blocks() ? u"error"_s : u"note"_s},
        {u"message"_s, QJsonObject{{u"text"_s, u"A secret: %1"_s.arg(finding.preview)}}},
        {u"locations"_s, QJsonArray{sarifLocation(path, finding.line, finding.column)}},
        {u"partialFingerprints"_s, QJsonObject{{u"autoCommit/v1"_s, QString::fromUtf8(finding.fingerprint)}}}};
    if (!finding.blocks()) {
        const bool inSource = finding.allowance == Allowance::Inline;
        result.insert(u"suppressions"_s,
                      QJsonArray{QJsonObject{{u"kind"_s, inSource ? u"inSource"_s : u"external"_s},
                                             {u"justification"_s, allowanceName(finding.allowance)}}});
    }
    return result;
}

QJsonObject sarifName(const ScannedFile &file)
{
    return {{u"ruleId"_s, u"name-"_s + pathVerdictName(file.name.verdict)},
            {u"level"_s, file.name.verdict == PathVerdict::Secret ? u"error"_s : u"warning"_s},
            {u"message"_s, QJsonObject{{u"text"_s, file.name.reason}}},
            {u"locations"_s, QJsonArray{sarifLocation(file.path, 0, 0)}}};
}

/// Says whether all was read; SARIF keeps that apart from the results.
QJsonObject sarifInvocation(const ScanSummary &summary)
{
    QJsonArray notices;
    for (const UnreadFile &file : summary.unread)
        notices.append(QJsonObject{{u"level"_s, u"error"_s},
                                   {u"message"_s, QJsonObject{{u"text"_s, u"not read: %1"_s.arg(file.why)}}},
                                   {u"locations"_s, QJsonArray{sarifLocation(file.path, 0, 0)}}});
    return {{u"executionSuccessful"_s, summary.unread.isEmpty()}, {u"toolExecutionNotifications"_s, notices}};
}

} // namespace

int ScanSummary::exitCode() const
{
    const bool held = std::any_of(told.begin(), told.end(), [](const ScannedFile &file) {
        return file.name.verdict == PathVerdict::Secret
            || std::any_of(file.findings.begin(), file.findings.end(), [](const Finding &f) { return f.blocks(); });
    });
    return held || !unread.isEmpty() ? 1 : 0;
}

QJsonObject scanToJson(const ScanSummary &summary)
{
    QJsonArray findings;
    QJsonArray blocked;
    QJsonArray names;
    int allowed = 0;
    for (const ScannedFile &file : summary.told) {
        const QString path = displayPath(file.path);
        for (const Finding &finding : file.findings) {
            findings.append(findingToJson(path, finding));
            allowed += finding.blocks() ? 0 : 1;
        }
        if (file.name.verdict == PathVerdict::Secret)
            blocked.append(path);
        if (file.name.blocks())
            names.append(QJsonObject{{u"path"_s, path},
                                     {u"verdict"_s, pathVerdictName(file.name.verdict)},
                                     {u"reason"_s, file.name.reason},
                                     {u"ignore"_s, displayPath(file.name.ignoreLine)}});
    }
    QJsonArray unread;
    for (const UnreadFile &file : summary.unread)
        unread.append(QJsonObject{{u"path"_s, displayPath(file.path)}, {u"reason"_s, file.why}});
    return {{u"files"_s, summary.files}, {u"bytes"_s, summary.bytes},   {u"findings"_s, findings},
            {u"allowed"_s, allowed},     {u"blocked_names"_s, blocked}, {u"names"_s, names},
            {u"unread"_s, unread}};
}

QJsonObject scanToSarif(const ScanSummary &summary, const QString &version)
{
    QJsonArray results;
    QSet<QString> ruleIds;
    const auto add = [&](const QJsonObject &result) {
        ruleIds.insert(result.value(u"ruleId"_s).toString());
        results.append(result);
    };
    for (const ScannedFile &file : summary.told) {
        for (const Finding &finding : file.findings)
            add(sarifResult(file.path, finding));
        if (file.name.blocks())
            add(sarifName(file));
    }
    QStringList sorted(ruleIds.begin(), ruleIds.end());
    sorted.sort();
    QJsonArray rules;
    for (const QString &id : sorted)
        rules.append(QJsonObject{{u"id"_s, id}});
    const QJsonObject driver{{u"name"_s, u"auto-commit"_s}, {u"version"_s, version}, {u"rules"_s, rules}};
    const QJsonObject run{{u"tool"_s, QJsonObject{{u"driver"_s, driver}}},
                          {u"columnKind"_s, u"unicodeCodePoints"_s},
                          {u"invocations"_s, QJsonArray{sarifInvocation(summary)}},
                          {u"results"_s, results}};
    return {{u"$schema"_s, u"https://json.schemastore.org/sarif-2.1.0.json"_s},
            {u"version"_s, u"2.1.0"_s},
            {u"runs"_s, QJsonArray{run}}};
}

QString allowanceName(Allowance allowance)
{
    switch (allowance) {
    case Allowance::No:
        return u"no"_s;
    case Allowance::Inline:
        return u"inline"_s;
    case Allowance::FalseAlarm:
        return u"false-alarm"_s;
    case Allowance::UserPolicy:
        return u"user-policy"_s;
    case Allowance::RepositoryPolicy:
        return u"repository-policy"_s;
    }
    return {};
}

} // namespace AutoCommit
