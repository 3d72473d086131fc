#pragma once

#include "core/base/advice.h"

#include <QString>

namespace AutoCommit {

/// What an answer that failed says: {"error":{"kind","message","advice"}}.
struct ApiError
{
    int status = 500;
    QString kind = {};
    QString message = {};
    QString advice = {};
};

/// The one place where the kinds of errors meet the codes of HTTP.
int httpStatusOf(ErrorKind kind);
ApiError apiErrorOf(const Error &error);

} // namespace AutoCommit
