#pragma once

#include "core/api/apihistory.h"
#include "core/base/result.h"

#include <functional>

class QObject;

namespace AutoCommit {

/// Where the text of a commit comes from. The API never carries file content, so only checkouts on this machine can be
/// shown.
class DiffSource
{
public:
    virtual ~DiffSource() = default;

    /// `path` is the checkout's, as the API shows it ("~/code/x"), `host` the machine it is on. Answers once, later, in
    /// the caller's thread, and not after `context` is gone. An Error says in one sentence why there is nothing.
    virtual void diff(const ApiCommit &commit, const QString &path, const QString &host, QObject *context,
                      std::function<void(const Result<QByteArray> &)> answer)
        = 0;
};

} // namespace AutoCommit
