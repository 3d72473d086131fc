#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace AutoCommit {

/// What a manifest says of the package it belongs to.
struct PackageVersion {
    QString name; ///< empty where the format has none (VERSION, some CMakeLists.txt)
    QString version;
    QString registry; ///< "npm", "crates.io", "pypi", "maven", "packagist", "pub.dev", "rubygems" or empty
};

/// True for file names that carry a package's version: package.json, Cargo.toml, pyproject.toml, setup.cfg,
/// CMakeLists.txt, pom.xml, composer.json, pubspec.yaml, Chart.yaml, *.gemspec, build.gradle(.kts), VERSION.
bool isManifest(const QByteArray &path);

/// Reads the version out of a manifest's content; nothing when there is none, when it is not literal (a property, a
/// workspace's), or when the file is not well formed. Pure.
std::optional<PackageVersion> readManifest(const QByteArray &path, const QByteArray &content);

} // namespace AutoCommit
