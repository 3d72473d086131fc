#include "core/git/journal.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

const QStringList actNames{u"land"_s, u"move-tree"_s, u"network"_s};

} // namespace

Journal::Journal(const RepoLocation &location)
    : m_path(location.stateDir() + u"/journal"_s)
{ }

std::optional<JournalEntry> Journal::read() const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(file.read(65536)).object();
    const qsizetype act = actNames.indexOf(object.value("act"_L1).toString());
    if (act < 0)
        return std::nullopt;
    return JournalEntry{.act = static_cast<JournalEntry::Act>(act),
                        .ref = object.value("ref"_L1).toString().toUtf8(),
                        .from = object.value("from"_L1).toString().toLatin1(),
                        .to = object.value("to"_L1).toString().toLatin1(),
                        .startedAt = object.value("started_at"_L1).toString().toLongLong(),
                        .begun = object.value("begun"_L1).toBool()};
}

Status Journal::write(const JournalEntry &entry) const
{
    const QJsonObject object{
        {u"act"_s, actNames[static_cast<int>(entry.act)]},   {u"ref"_s, QString::fromUtf8(entry.ref)},
        {u"from"_s, QString::fromLatin1(entry.from)},        {u"to"_s, QString::fromLatin1(entry.to)},
        {u"started_at"_s, QString::number(entry.startedAt)}, {u"begun"_s, entry.begun}};
    QSaveFile file(m_path); // syncs before it renames
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(object).toJson(QJsonDocument::Compact)) < 0
        || !file.commit())
        return Error{ErrorKind::IoError, u"%1: %2"_s.arg(m_path, file.errorString())};
    return {};
}

void Journal::clear() const
{
    QFile::remove(m_path);
}

} // namespace AutoCommit
