#include "core/doctor/doctor.h"

#include "core/doctor/repochecks.h"
#include "core/service/models.h"
#include "core/service/retrieval.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QList<Check> askModels(const DoctorParts &parts, const QProcessEnvironment &environment)
{
    const Settings &settings = parts.loaded.settings;
    QStringList names{settings.reasoningModelId, settings.instructModelId};
    names.removeAll(QString());
    names.removeDuplicates();
    QList<std::pair<QString, QList<ServerFacts>>> facts;
    if (!settings.coordinatorUrl.isEmpty() && !names.isEmpty()) {
        const Result<std::unique_ptr<InferenceClient>> client = makeModelClient(parts.loaded, environment);
        if (!client)
            return {failed({.id = u"models"_s, .title = u"Models"_s}, client.error())};
        for (const QString &name : std::as_const(names))
            facts.append({name, (*client)->survey(name, parts.cancel)});
    }
    return checkModels(settings, parts.loaded.origin.contains(u"coordinator_url"_s), facts);
}

/// Where one is set up: a question without anything of a checkout in it.
QList<Check> askRetrieval(const DoctorParts &parts)
{
    const std::unique_ptr<RetrievalClient> service = makeRetrieval(parts.loaded.settings);
    if (!service)
        return {};
    const Result<QStringList> found = service->passages({.text = RedactedText("how is this repository organised?")},
                                                        parts.loaded.settings.retrievalTimeout, parts.cancel);
    return {checkRetrieval(service->name(), found)};
}

} // namespace

QList<Check> examine(const QStringList &checkouts, const DoctorParts &parts, const Paths &paths,
                     const QProcessEnvironment &environment)
{
    QList<Check> checks = checkMachine(paths, parts);
    if (parts.network)
        checks += askModels(parts, environment) + askRetrieval(parts);
    for (const QString &path : checkouts) {
        if (parts.cancel.isCancelled())
            break;
        checks += checkRepository(path, parts);
    }
    return checks;
}

} // namespace AutoCommit
