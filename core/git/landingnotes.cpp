#include "core/git/landingnotes.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace AutoCommit {

using namespace Qt::StringLiterals;

LandingNotes::LandingNotes(const RepoLocation &location)
    : m_directory(location.stateDir())
{ }

Result<QString> LandingNotes::write(const LandingNote &note, qint64 now) const
{
    QJsonObject renamed;
    for (auto it = note.renamed.cbegin(); it != note.renamed.cend(); ++it)
        renamed.insert(QString::fromLatin1(it.key()), QString::fromLatin1(it.value()));
    const QJsonObject object{
        {u"tip"_s, QString::fromLatin1(note.tip)}, {u"commits"_s, note.commits}, {u"renamed"_s, renamed}};
    const QString name = u"untold-%1-%2"_s.arg(now, 20, 10, QChar(u'0')).arg(QString::fromLatin1(note.tip.left(12)));
    const QString path = m_directory + u'/' + name;
    QFile file(m_directory + u"/new-note"_s); // renamed when it is whole
    if (!file.open(QIODevice::WriteOnly, QFile::ReadOwner | QFile::WriteOwner)
        || file.write(QJsonDocument(object).toJson(QJsonDocument::Compact)) < 0 || !file.flush())
        return Error{ErrorKind::IoError, u"%1: %2"_s.arg(file.fileName(), file.errorString())};
    file.close();
    QFile::remove(path);
    if (!file.rename(path))
        return Error{ErrorKind::IoError, u"%1: %2"_s.arg(path, file.errorString())};
    return path;
}

QList<LandingNote> LandingNotes::read() const
{
    QList<LandingNote> notes;
    const QStringList names = QDir(m_directory).entryList(QDir::Files, QDir::Name);
    for (const QString &name : names) {
        if (!name.startsWith("untold-"_L1)) // a name filter is a regular expression: dear for a clean checkout
            continue;
        LandingNote note{.tip = {}, .commits = {}, .renamed = {}, .file = m_directory + u'/' + name};
        QFile file(note.file);
        if (file.open(QIODevice::ReadOnly)) {
            const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
            note.tip = object.value("tip"_L1).toString().toLatin1();
            note.commits = object.value("commits"_L1).toArray();
            const QJsonObject renamed = object.value("renamed"_L1).toObject();
            for (auto it = renamed.begin(); it != renamed.end(); ++it)
                note.renamed.insert(it.key().toLatin1(), it.value().toString().toLatin1());
        }
        notes += note;
    }
    return notes;
}

void LandingNotes::forget(const QStringList &files)
{
    for (const QString &file : files)
        QFile::remove(file);
}

} // namespace AutoCommit
