#include "core/release/manifest.h"

#include "core/base/tomltext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QXmlStreamReader>


namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

using Reading = std::optional<PackageVersion>;

QByteArray fileName(const QByteArray &path)
{
    return path.mid(path.lastIndexOf('/') + 1);
}

Reading made(const QString &name, const QString &version, const QString &registry)
{
    static const QRegularExpression literal(u"^v?[0-9]+(\\.[0-9A-Za-z]+)*([-+][0-9A-Za-z.+-]+)?$"_s);
    if (!literal.match(version).hasMatch())
        return std::nullopt;
    return PackageVersion {.name = name, .version = version, .registry = registry};
}

Reading readJson(const QByteArray &content, const QString &registry)
{
    const QJsonObject object = QJsonDocument::fromJson(content).object();
    const bool isPrivate = object.value("private"_L1).toBool();
    return made(object.value("name"_L1).toString(), object.value("version"_L1).toString(), isPrivate ? QString() : registry);
}

QString tomlText(const toml::node_view<const toml::node> &node)
{
    const auto text = node.value<std::string>();
    return text ? QString::fromStdString(*text) : QString();
}

Reading readToml(const QByteArray &content, const QList<QByteArray> &tables, const QString &registry)
{
    const toml::parse_result document = parseToml(content);
    if (!document)
        return std::nullopt; // a manifest in the middle of an edit
    for (const QByteArray &table : tables) {
        const auto section = document.table().at_path(std::string_view(table.constData(), static_cast<size_t>(table.size())));
        if (Reading found = made(tomlText(section["name"]), tomlText(section["version"]), registry))
            return found;
    }
    return std::nullopt;
}

/// Children of the root element only: a dependency's version is not the project's.
Reading readPom(const QByteArray &content)
{
    QXmlStreamReader xml(content);
    QString group, artifact, version, parentGroup;
    if (!xml.readNextStartElement())
        return std::nullopt;
    while (xml.readNextStartElement()) {
        if (xml.name() == u"groupId")
            group = xml.readElementText(QXmlStreamReader::SkipChildElements).trimmed();
        else if (xml.name() == u"artifactId")
            artifact = xml.readElementText(QXmlStreamReader::SkipChildElements).trimmed();
        else if (xml.name() == u"version")
            version = xml.readElementText(QXmlStreamReader::SkipChildElements).trimmed();
        else
            xml.skipCurrentElement();
    }
    const QString name = group.isEmpty() ? artifact : group + u':' + artifact;
    return xml.hasError() ? std::nullopt : made(name, version, u"maven"_s);
}

Reading readByPattern(const QByteArray &content, const QString &versionPattern, const QString &namePattern, const QString &registry)
{
    const QString text = QString::fromUtf8(content.left(1 << 20));
    const auto capture = [&](const QString &pattern) {
        const QRegularExpression expression(pattern, QRegularExpression::MultilineOption | QRegularExpression::CaseInsensitiveOption);
        return pattern.isEmpty() ? QString() : expression.match(text).captured(1);
    };
    return made(capture(namePattern), capture(versionPattern), registry);
}

/// name and version at the top level of a small YAML file; a full YAML reader is not needed for two scalars.
Reading readYaml(const QByteArray &content, const QString &registry)
{
    return readByPattern(content, u"^version:[ \\t]*[\"']?([^\"'\\s#]+)"_s, u"^name:[ \\t]*[\"']?([^\"'\\s#]+)"_s, registry);
}

} // namespace

bool isManifest(const QByteArray &path)
{
    static const QList<QByteArray> names {"package.json", "Cargo.toml", "pyproject.toml", "setup.cfg", "CMakeLists.txt", "pom.xml", "composer.json",
                                          "pubspec.yaml", "Chart.yaml", "build.gradle", "build.gradle.kts", "VERSION", "version.txt"};
    const QByteArray name = fileName(path);
    return names.contains(name) || name.endsWith(".gemspec");
}

std::optional<PackageVersion> readManifest(const QByteArray &path, const QByteArray &content)
{
    const QByteArray name = fileName(path);
    if (name == "package.json")
        return readJson(content, u"npm"_s);
    if (name == "composer.json")
        return readJson(content, u"packagist"_s);
    if (name == "Cargo.toml")
        return readToml(content, {"package", "workspace.package"}, u"crates.io"_s);
    if (name == "pyproject.toml")
        return readToml(content, {"project", "tool.poetry"}, u"pypi"_s);
    if (name == "setup.cfg")
        return readByPattern(content, u"^version\\s*=\\s*(\\S+)"_s, u"^name\\s*=\\s*(\\S+)"_s, u"pypi"_s);
    if (name == "CMakeLists.txt")
        return readByPattern(content, u"^\\s*project\\s*\\([^)]*\\bVERSION\\s+([0-9][\\w.]*)"_s, u"^\\s*project\\s*\\(\\s*([\\w.+-]+)"_s, {});
    if (name == "pom.xml")
        return readPom(content);
    if (name == "pubspec.yaml")
        return readYaml(content, u"pub.dev"_s);
    if (name == "Chart.yaml")
        return readYaml(content, {});
    if (name == "build.gradle" || name == "build.gradle.kts")
        return readByPattern(content, u"^version\\s*=?\\s*[\"']([^\"']+)[\"']"_s, {}, u"maven"_s);
    if (name.endsWith(".gemspec"))
        return readByPattern(content, u"\\.version\\s*=\\s*[\"']([^\"']+)[\"']"_s, u"\\.name\\s*=\\s*[\"']([^\"']+)[\"']"_s, u"rubygems"_s);
    if (name == "VERSION" || name == "version.txt")
        return made({}, QString::fromUtf8(content.left(200)).trimmed(), {});
    return std::nullopt;
}

} // namespace AutoCommit
