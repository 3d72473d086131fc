#include "app/commands.h"
#include "app/format.h"
#include "core/base/cleantext.h"
#include "core/service/tokens.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// Of the machine that asks for messages and reports what it committed.
constexpr TokenScopes agentScopes = TokenScope::Monitor | TokenScope::Generate | TokenScope::Record;

int fail(const Session &session, const Error &error)
{
    return reportError(session.terminal, error);
}

void printJson(const Session &session, const QJsonObject &object)
{
    session.terminal.out(QString::fromUtf8(QJsonDocument(object).toJson()));
}

int create(const TokenCommand &command, const Session &session, TokenStore &tokens)
{
    Result<TokenScopes> scopes = command.scopes.isEmpty() ? agentScopes : scopesFromNames(command.scopes);
    if (!scopes)
        return fail(session, scopes.error());
    const Result<QString> token = tokens.create(command.name, *scopes, command.host);
    if (!token)
        return fail(session, token.error());
    if (command.json) {
        printJson(session, {{u"name"_s, command.name}, {u"token"_s, *token}});
    } else {
        session.terminal.outLine(*token);
        session.terminal.errLine(
            u"It is shown this once. Put it into ~/.config/commits/token on the other machine (chmod 600)."_s);
    }
    return ExitDone;
}

int list(const TokenCommand &command, const Session &session, TokenStore &tokens)
{
    const Result<QList<TokenRecord>> all = tokens.list();
    if (!all)
        return fail(session, all.error());
    QJsonArray rows;
    Table table({u"NAME"_s, u"SCOPES"_s, u"HOST"_s, u"CREATED"_s});
    for (const TokenRecord &token : *all) {
        const QStringList scopes = scopeNames(token.scopes);
        rows += QJsonObject{{u"name"_s, token.name},
                            {u"scopes"_s, QJsonArray::fromStringList(scopes)},
                            {u"host"_s, token.host},
                            {u"created"_s, isoText(token.created)}};
        table.add({cleanLine(token.name), scopes.join(u' '), token.host.isEmpty() ? u"any"_s : cleanLine(token.host),
                   ageText(token.created, wallTime(session.clock))});
    }
    if (command.json)
        printJson(session, {{u"tokens"_s, rows}});
    else if (table.isEmpty())
        session.terminal.errLine(u"no tokens for other machines; make one with: commits token create NAME"_s);
    else
        session.terminal.out(table.text(session.terminal));
    return ExitDone;
}

} // namespace

int runToken(const TokenCommand &command, Session &session)
{
    TokenStore tokens(session.paths, session.clock);
    if (command.action == u"list"_s)
        return list(command, session, tokens);
    if (command.name.isEmpty())
        return fail(session, {ErrorKind::Usage, u"token %1 needs a NAME"_s.arg(command.action)});
    if (command.action == u"create"_s)
        return create(command, session, tokens);
    const Result<bool> gone = tokens.revoke(command.name);
    if (!gone)
        return fail(session, gone.error());
    if (!*gone)
        return fail(session, {ErrorKind::Usage, u"there is no token named \"%1\""_s.arg(command.name)});
    return ExitDone;
}

} // namespace AutoCommit
