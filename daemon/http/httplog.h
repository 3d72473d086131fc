#pragma once

#include <QLoggingCategory>

namespace AutoCommit {

/// The access log is at debug level: method, path without query, status, size, time. Never fields, never bodies.
Q_DECLARE_LOGGING_CATEGORY(logHttp)

} // namespace AutoCommit
