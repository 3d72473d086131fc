#include "core/git/statusparser.h"

#include <QStringList>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

Error malformed(const QByteArray &record)
{
    return {ErrorKind::Internal, u"git status printed something unexpected"_s,
            QString::fromUtf8(record.left(200).toHex(' '))};
}

/// Splits off the first `count` blank-separated fields; the rest, blanks included, is the path.
bool splitFields(const QByteArray &record, int count, QList<QByteArray> &fields, QByteArray &path)
{
    qsizetype from = 0;
    for (int i = 0; i < count; ++i) {
        const qsizetype blank = record.indexOf(' ', from);
        if (blank < 0)
            return false;
        fields += record.mid(from, blank - from);
        from = blank + 1;
    }
    path = record.mid(from);
    return !path.isEmpty();
}

void parseHeader(const QByteArray &record, RepoStatus &status)
{
    const auto value = [&](const char *prefix) { return record.mid(qstrlen(prefix)); };
    if (record.startsWith("# branch.oid ")) {
        const QByteArray oid = value("# branch.oid ");
        status.head = oid == "(initial)" ? QByteArray() : oid;
    } else if (record.startsWith("# branch.head ")) {
        const QByteArray name = value("# branch.head ");
        status.branch = name == "(detached)" ? QByteArray() : name;
    } else if (record.startsWith("# branch.upstream ")) {
        status.upstream = value("# branch.upstream ");
    } else if (record.startsWith("# branch.ab ")) { // "+1 -2"
        const QList<QByteArray> counts = value("# branch.ab ").split(' ');
        status.ahead = counts.value(0).mid(1).toInt();
        status.behind = counts.value(1).mid(1).toInt();
    }
}

bool parseTracked(const QByteArray &record, StatusEntry &entry)
{
    QList<QByteArray> f; // 1 XY sub mH mI mW hH hI path
    if (!splitFields(record, 8, f, entry.path) || f[1].size() != 2 || f[2].isEmpty())
        return false;
    entry.index = f[1][0];
    entry.workTree = f[1][1];
    entry.submodule = f[2][0] == 'S';
    entry.headMode = f[3].toUInt(nullptr, 8);
    entry.workTreeMode = f[5].toUInt(nullptr, 8);
    entry.headBlob = f[6];
    return true;
}

bool parseUnmerged(const QByteArray &record, StatusEntry &entry)
{
    QList<QByteArray> f; // u XY sub m1 m2 m3 mW h1 h2 h3 path
    entry.kind = StatusEntry::Kind::Unmerged;
    return splitFields(record, 10, f, entry.path);
}

} // namespace

QStringList statusArguments()
{
    return {u"status"_s,       u"--porcelain=v2"_s,           u"--branch"_s, u"-z"_s, u"--untracked-files=all"_s,
            u"--no-renames"_s, u"--ignore-submodules=dirty"_s};
}

Result<RepoStatus> parseStatus(const QByteArray &output)
{
    RepoStatus status;
    qsizetype from = 0;
    while (from < output.size()) {
        const qsizetype end = output.indexOf('\0', from);
        if (end < 0)
            return malformed(output.mid(from));
        const QByteArray record = output.mid(from, end - from);
        from = end + 1;
        StatusEntry entry;
        bool good = true;
        switch (record.isEmpty() ? '\0' : record[0]) {
        case '#':
            parseHeader(record, status);
            continue;
        case '1':
            good = parseTracked(record, entry);
            break;
        case 'u':
            good = parseUnmerged(record, entry);
            break;
        case '?':
            entry.kind = StatusEntry::Kind::Untracked;
            entry.path = record.mid(2);
            good = !entry.path.isEmpty();
            break;
        default:
            good = false;
        }
        if (!good)
            return malformed(record);
        status.entries += entry;
    }
    return status;
}

} // namespace AutoCommit
