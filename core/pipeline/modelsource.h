#pragma once

#include "core/base/messagesource.h"
#include "core/model/modelwriter.h"

namespace AutoCommit {

/// A message that a model wrote for exactly this change, kept from an earlier run that did not get to commit it.
struct KeptMessage
{
    QString subject;
    QString body;
    MessageSource source = MessageSource::Llm;
    QString model;
};

/// The models of one program, for all its runs. Any thread may call it.
class ModelSource
{
public:
    virtual ~ModelSource() = default;

    /// Whom to ask; none where no server is set up, or none listens on this machine. The first call may take some
    /// milliseconds.
    virtual ModelWriter *writer() = 0;
    virtual const ModelNames &names() const = 0;

    virtual bool waits() const = 0; ///< for a server that is down
    virtual std::chrono::seconds patience() const = 0; ///< for one run
    virtual RequestClass requestClass() const = 0;

    virtual std::optional<KeptMessage> kept(const QByteArray &key) = 0;
    virtual void keep(const QByteArray &key, const KeptMessage &message) = 0;
};

} // namespace AutoCommit
