#pragma once

#include <QByteArray>
#include <QJsonObject>

namespace AutoCommit {

/// OpenAPI 3.1 of the route table and of resources/api/schemas.json.
QJsonObject openApiDocument();

/// The same as a page to be read: no scripts, nothing loaded from anywhere, light and dark.
QByteArray docsPage(const QJsonObject &document);

/// What a browser without a token gets to see in its place. `url` is where the page is.
QByteArray docsPageWithoutToken(const QString &url, const QString &tokenFile);

} // namespace AutoCommit
