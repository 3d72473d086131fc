#include "core/recovery/recoveryfacts.h"

#include "core/base/cleantext.h"

#include <QCryptographicHash>
#include <QSet>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype maxText = 2048;

/// The words that git, ssh, curl and the system use in errors. A word that is not here says nothing to the model.
constexpr auto knownWords
    = "a able aborted aborting above access account accepted across added after again agent ahead allowed already also "
      "an and another any are argument as at attempt attempted authentication bad be because been before behind being "
      "between blob blocked branch broken but by bytes called can cannot cert certificate change changed changes check "
      "checked checkout cherry-pick child clean clone close closed code command commit commits commit-msg config "
      "configuration configured conflict conflicts connect connected connecting connection contains content corrupt "
      "could couldn't create created credentials current currently data database deadline declined delete deleted "
      "denied destination detached device did died different directory disabled disk does doesn't done due duplicate "
      "early empty encrypted end entry eof error errors exceeded exceeds executable execute exist existing exists exit "
      "exited expected external failed failing failure fast-forward fatal fetch fetching file files filter first for "
      "force forward found from full gc git git-lfs got gpg had handshake has have head help hint history hook hooks "
      "host hung identity if ignored in incoming incorrect index inside inflate input internal interrupted into "
      "invalid "
      "io is it its kept key keys killed known large lfs limit line local lock locked log long lost malformed matching "
      "maximum memory merge message method missing mode more moved must name network new no non-fast-forward non-zero "
      "none not nothing now object objects of off on one only open operation option or origin other out output over "
      "pack packed packfile packet packed-refs password patch path permission permitted pid please pre-commit "
      "prepare-commit-msg pre-push pre-receive pre-rebase problem process program protected protocol provided proxy "
      "publickey pull push pushed quota read reading ready reason rebase received reconcile ref refs reference "
      "references refspec refused refusing refuse rejected remote remove removed rename repository request required "
      "reset resolve resource resources response retry returned revision rights rule run running same secret see "
      "server session set shallow shared sha1 side sign signal signature signing size slow smudge space ssh ssl stale "
      "start status stderr still stop stopped stream submodule such support switched symbolic symlink system tag "
      "tags temporarily temporary terminal than that the there they this time timed timeout to token too took tree try "
      "trying type unable unavailable unborn under unexpected unexpectedly unknown unlink unmerged unpack unreachable "
      "unrelated unresolved unsupported until untracked up update updated updates upstream usage use used user using "
      "valid verification verify version wait waiting warning was when where which while will with without work "
      "working worktree would wrong write writing written you your zero";

const QSet<QByteArray> &vocabulary()
{
    static const QSet<QByteArray> words = [] {
        const QList<QByteArray> list = QByteArray(knownWords).split(' ');
        return QSet<QByteArray>(list.begin(), list.end());
    }();
    return words;
}

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '\'';
}

/// A table name, a word of git's or a small number stays.
QByteArray keptWord(const QByteArray &word)
{
    const bool number = word.size() <= 3 && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
    return number || vocabulary().contains(word.toLower()) ? word.toLower() : QByteArray("_");
}

/// What stands between blanks, in pieces.
QByteArray keptToken(const QByteArray &token)
{
    qsizetype begin = 0;
    qsizetype end = token.size();
    while (begin < end && QByteArrayView("('\"[<`").contains(token[begin]))
        ++begin;
    while (end > begin && QByteArrayView(")'\"]>`.,:;!").contains(token[end - 1]))
        --end;
    const QByteArray core = token.mid(begin, end - begin);
    if (core.isEmpty())
        return {};
    const QByteArray stop = end < token.size() && token[end] == ':' ? QByteArray(":") : QByteArray();
    const bool plain = std::ranges::all_of(core, isWordByte);
    return (plain ? keptWord(core) : QByteArray("_")) + stop;
}

/// "\x01" and a letter stand for a name of the table until the words are judged.
QByteArray namesReplaced(QByteArray text, const RecoveryFacts &facts, QList<QByteArray> &stand)
{
    QList<std::pair<QByteArray, QByteArray>> names;
    for (qsizetype i = 0; i < std::min(facts.paths.size(), RecoveryFacts::maxPaths); ++i)
        names += {facts.paths[i], "P" + QByteArray::number(i + 1)};
    names += {facts.branch, "B1"};
    names += {facts.remote, "R1"};
    std::ranges::stable_sort(names, [](const auto &a, const auto &b) { return a.first.size() > b.first.size(); });
    for (const auto &[name, id] : names) {
        if (name.size() < 2)
            continue;
        stand += id;
        text.replace(name, " \x01" + QByteArray::number(stand.size() - 1) + ' ');
    }
    return text;
}

QByteArray yesNo(bool value)
{
    return value ? "yes" : "no";
}

} // namespace

QByteArray withoutForeignWords(const QString &text, const RecoveryFacts &facts)
{
    QList<QByteArray> stand;
    QByteArray clean = cleanText(text).toUtf8();
    clean.replace('\x01', ' ');
    clean = namesReplaced(clean, facts, stand);
    QByteArray kept;
    for (const QByteArray &line : clean.split('\n')) {
        QByteArrayList words;
        for (const QByteArray &token : line.simplified().split(' ')) {
            const QByteArray word
                = token.startsWith('\x01') ? stand.value(token.mid(1).toInt(), "_") : keptToken(token);
            if (!word.isEmpty() && (word != "_" || words.isEmpty() || words.last() != "_"))
                words += word;
        }
        if (!words.isEmpty())
            kept += words.join(' ') + '\n';
    }
    return kept.right(maxText);
}

QByteArray recoveryFactsText(const RecoveryFacts &facts, const QByteArray &fence)
{
    QByteArray text = "error class: " + errorKindName(facts.failure.kind).toLatin1() + '\n';
    text += "upstream configured: " + yesNo(facts.hasUpstream) + '\n';
    text += "commits here that the hub lacks: " + QByteArray::number(facts.ahead) + '\n';
    text += "commits of the hub that are not here: " + QByteArray::number(facts.behind) + '\n';
    text += "changed paths in the work tree: " + QByteArray::number(facts.changed) + '\n';
    text += "earlier failures of this kind in a row: " + QByteArray::number(facts.earlierFailures) + '\n';
    text += "interrupted update of the work tree: " + yesNo(facts.openMove) + '\n';
    text += "lock files: " + (facts.locks.isEmpty() ? QByteArray("none") : facts.locks.join(", ")) + '\n';
    const qsizetype paths = std::min(facts.paths.size(), RecoveryFacts::maxPaths);
    text += "paths: "
        + (paths == 0 ? QByteArray("none") : "P1" + (paths > 1 ? " to P" + QByteArray::number(paths) : QByteArray()))
        + '\n';
    return text + "<<<" + fence + '\n'
        + withoutForeignWords(facts.failure.message + u'\n' + facts.failure.detail, facts) + fence + ">>>\n";
}

QByteArray failureFingerprint(const Error &failure, const QByteArray &head, const QByteArray &hubTip)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QByteArray &part : {errorKindName(failure.kind).toUtf8(),
                                   withoutForeignWords(failure.message + u'\n' + failure.detail, {}), head, hubTip})
        hash.addData(part + '\0');
    return hash.result().toHex();
}

} // namespace AutoCommit
