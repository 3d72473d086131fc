#pragma once

#include "core/base/messagesource.h"
#include "core/model/background.h"
#include "core/model/modelwriter.h"

#include <chrono>
#include <optional>

namespace AutoCommit {

/// A message that a model wrote for exactly this change, kept from an earlier run that did not get to commit it.
struct KeptMessage
{
    QString subject;
    QString body;
    MessageSource source = MessageSource::Llm;
    QString model;
};

/// What the last question to the model servers, or a look at them, has shown.
struct ModelHealth
{
    enum class State {
        Unset, ///< none is set up, and none listens where one usually does
        Unknown, ///< nobody has asked yet
        Ok,
        Down,
    };
    State state = State::Unset;
    QString problem{}; ///< of Down: what a person should know
    std::optional<std::chrono::sys_time<std::chrono::milliseconds>> at{}; ///< when it showed
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

    virtual std::chrono::seconds waitsFor() const { return {}; } ///< within a run, for a server that is down
    /// How long a checkout's commit may be put off, run after run, while no server answers; 0: not at all.
    virtual std::chrono::seconds putsOffFor() const { return {}; }
    virtual std::chrono::seconds patience() const = 0; ///< for one run, beside what is waited for a server
    virtual RequestClass requestClass() const = 0;

    virtual ModelHealth health() const { return {}; }
    /// Finds passages about a repository; none where none is set up, the usual case. Lives as long as this.
    virtual RetrievalClient *retrieval() { return nullptr; }

    /// Asks the servers how they are, where there are any; takes as long as they do, seconds at most.
    virtual void look(const CancelToken &) { }

    virtual std::optional<KeptMessage> kept(const QByteArray &key) = 0;
    virtual void keep(const QByteArray &key, const KeptMessage &message) = 0;
};

} // namespace AutoCommit
