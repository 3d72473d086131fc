#include "core/doctor/doctor.h"

#include "core/doctor/repochecks.h"
#include "core/service/models.h"

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

} // namespace

QList<Check> examine(const QStringList &checkouts, const DoctorParts &parts, const Paths &paths,
                     const QProcessEnvironment &environment)
{
    QList<Check> checks = checkMachine(paths, parts);
    if (parts.network)
        checks += askModels(parts, environment);
    for (const QString &path : checkouts) {
        if (parts.cancel.isCancelled())
            break;
        checks += checkRepository(path, parts);
    }
    return checks;
}

} // namespace AutoCommit
