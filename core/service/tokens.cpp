#include "core/service/tokens.h"

#include "core/base/log.h"
#include "core/config/privatedir.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QSaveFile>

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr std::array scopeTable{
    std::pair{TokenScope::Monitor, "monitor"_L1},
    std::pair{TokenScope::Generate, "generate"_L1},
    std::pair{TokenScope::Record, "record"_L1},
    std::pair{TokenScope::Control, "control"_L1},
};
constexpr TokenScopes allScopes
    = TokenScopes(TokenScope::Monitor) | TokenScope::Generate | TokenScope::Record | TokenScope::Control;
constexpr qsizetype tokenBytes = 32;
constexpr qsizetype maxTokenLength = 256;
constexpr auto onlyOwner = QFile::ReadOwner | QFile::WriteOwner;

QByteArray hashOf(QByteArrayView token)
{
    return QCryptographicHash::hash(token.toByteArray(), QCryptographicHash::Sha256);
}

QByteArray newToken()
{
    std::array<quint32, tokenBytes / sizeof(quint32)> random{};
    QRandomGenerator::system()->fillRange(random.data(), static_cast<qsizetype>(random.size()));
    return QByteArray(reinterpret_cast<const char *>(random.data()), tokenBytes)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

Status writePrivate(const QString &path, const QByteArray &text)
{
    if (const Status made = ensurePrivateDir(QFileInfo(path).path()); !made)
        return Error{ErrorKind::IoError, u"%1: cannot be written: %2"_s.arg(path, made.error().message)};
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(onlyOwner)
        && file.write(text) == text.size() && file.commit();
    if (!written)
        return Error{ErrorKind::IoError, u"%1: cannot be written: %2"_s.arg(path, file.errorString())};
    return {};
}

void narrow(const QString &path)
{
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    if (QFile::permissions(path) & others)
        QFile::setPermissions(path, onlyOwner);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(1 << 20) : QByteArray();
}

TokenRecord recordOf(const QJsonObject &object)
{
    const auto scopes = scopesFromNames(object[u"scopes"].toVariant().toStringList());
    return {
        .name = object[u"name"].toString(),
        .sha256 = QByteArray::fromHex(object[u"sha256"].toString().toLatin1()),
        .scopes = scopes ? *scopes : TokenScopes(),
        .host = object[u"host"].toString(),
        .created = fromIsoText(object[u"created"].toString()).value_or(Timestamp()),
    };
}

bool isFit(const QString &name)
{
    return !name.isEmpty() && name.size() <= 64 && std::ranges::all_of(name, [](QChar c) {
        return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.';
    });
}

} // namespace

bool equalInConstantTime(QByteArrayView one, QByteArrayView other)
{
    unsigned different = one.size() == other.size() ? 0U : 1U;
    for (qsizetype i = 0; i < one.size(); ++i) {
        const char against = i < other.size() ? other[i] : '\0';
        different |= static_cast<unsigned>(static_cast<unsigned char>(one[i] ^ against));
    }
    return different == 0;
}

QStringList scopeNames(TokenScopes scopes)
{
    QStringList names;
    for (const auto &[scope, name] : scopeTable) {
        if (scopes.testFlag(scope))
            names += name;
    }
    return names;
}

Result<TokenScopes> scopesFromNames(const QStringList &names)
{
    TokenScopes scopes;
    for (const QString &name : names) {
        const auto *row = std::ranges::find(scopeTable, name, [](const auto &pair) { return QString(pair.second); });
        if (row == scopeTable.end())
            return Error{ErrorKind::Usage, u"a scope is one of monitor, generate, record, control"_s};
        scopes |= row->first;
    }
    return scopes;
}

TokenStore::TokenStore(const Paths &paths, const Clock &clock)
    : m_ownerFile(paths.configDir() + u"/token"_s)
    , m_listFile(paths.configDir() + u"/tokens.json"_s)
    , m_clock(clock)
{ }

Status TokenStore::prepare()
{
    if (contentOf(m_ownerFile).trimmed().size() < 43)
        AC_TRY(writePrivate(m_ownerFile, newToken() + '\n'));
    m_prepared = true;
    narrow(m_ownerFile);
    narrow(m_listFile);
    return {};
}

TokenStore::Seen TokenStore::look(const QString &file)
{
    const QFileInfo info(file);
    return info.exists() ? Seen{info.lastModified(), info.size()} : Seen{};
}

void TokenStore::refresh()
{
    // Without the file neither the command line nor the tray could speak to a daemon that runs.
    if (m_prepared && m_ownerSeen != Seen() && !QFileInfo::exists(m_ownerFile)) {
        if (const Status made = writePrivate(m_ownerFile, newToken() + '\n'); !made)
            qCWarning(logService) << "the owner's token is gone:" << made.error().message;
        else
            m_ownerSeen = {}; // another content, perhaps of the same size and millisecond
    }
    if (const Seen now = look(m_ownerFile); now != m_ownerSeen) {
        m_ownerSeen = now;
        const QByteArray token = contentOf(m_ownerFile).trimmed();
        m_owner.reset();
        if (token.size() >= 43)
            m_owner = TokenRecord{.name = u"owner"_s, .sha256 = hashOf(token), .scopes = allScopes, .owner = true};
    }
    if (const Seen now = look(m_listFile); now != m_listSeen) {
        m_listSeen = now;
        m_records.clear();
        for (const QJsonValue &value : QJsonDocument::fromJson(contentOf(m_listFile)).array()) {
            if (const TokenRecord record = recordOf(value.toObject()); record.sha256.size() == tokenBytes)
                m_records.append(record);
        }
    }
}

Status TokenStore::save(const QList<TokenRecord> &records)
{
    QJsonArray array;
    for (const TokenRecord &record : records) {
        array.append(QJsonObject{
            {u"name"_s, record.name},
            {u"sha256"_s, QString::fromLatin1(record.sha256.toHex())},
            {u"scopes"_s, QJsonArray::fromStringList(scopeNames(record.scopes))},
            {u"host"_s, record.host},
            {u"created"_s, isoText(record.created)},
        });
    }
    AC_TRY(writePrivate(m_listFile, QJsonDocument(array).toJson()));
    m_listSeen = look(m_listFile);
    m_records = records;
    return {};
}

Result<QString> TokenStore::create(const QString &name, TokenScopes scopes, const QString &host)
{
    refresh();
    const bool taken = name == u"owner"_s || std::ranges::find(m_records, name, &TokenRecord::name) != m_records.end();
    if (!isFit(name) || taken || !scopes)
        return Error{ErrorKind::Usage,
                     taken ? u"there is a token named %1 already"_s.arg(name)
                           : u"a token needs a name of letters, digits, '-', '_', '.' and a scope"_s};
    const QByteArray token = newToken();
    AC_TRY(save(m_records + QList{TokenRecord{name, hashOf(token), scopes, host, wallTime(m_clock), false}}));
    return QString::fromLatin1(token);
}

Result<bool> TokenStore::revoke(const QString &name)
{
    refresh();
    QList<TokenRecord> left = m_records;
    if (left.removeIf([&](const TokenRecord &record) { return record.name == name; }) == 0)
        return false;
    AC_TRY(save(left));
    return true;
}

Result<QList<TokenRecord>> TokenStore::list()
{
    refresh();
    return m_records;
}

std::optional<TokenRecord> TokenStore::verify(QByteArrayView token)
{
    refresh();
    const QByteArray hash = hashOf(token.first(std::min(token.size(), maxTokenLength)));
    std::optional<TokenRecord> found;
    if (m_owner && equalInConstantTime(hash, m_owner->sha256))
        found = m_owner;
    for (const TokenRecord &record : std::as_const(m_records)) {
        if (equalInConstantTime(hash, record.sha256))
            found = record;
    }
    return token.size() <= maxTokenLength ? found : std::nullopt;
}

} // namespace AutoCommit
