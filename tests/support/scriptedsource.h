#pragma once

#include "core/pipeline/modelsource.h"
#include "tests/support/scriptedmodel.h"

namespace AutoCommit {

/// The models of a program, answering by a script.
class ScriptedSource final : public ModelSource
{
public:
    ScriptedSource(InferenceClient &model, const Clock &clock)
        : m_writer(makeModelWriter(model, m_names, clock))
    { }

    ModelWriter *writer() override { return m_writer.get(); }
    const ModelNames &names() const override { return m_names; }
    std::chrono::seconds patience() const override { return std::chrono::seconds(60); }
    RequestClass requestClass() const override { return RequestClass::Batch; }
    std::optional<KeptMessage> kept(const QByteArray &) override { return std::nullopt; }
    void keep(const QByteArray &, const KeptMessage &) override { ++keeps; }

    RetrievalClient *retrieval() override { return service; }

    int keeps = 0;
    RetrievalClient *service = nullptr;

private:
    ModelNames m_names{{}, QStringLiteral("writer")};
    std::unique_ptr<ModelWriter> m_writer;
};

} // namespace AutoCommit
