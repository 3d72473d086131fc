#include "core/stages/background.h"

#include "core/model/background.h"
#include "core/model/effort.h"
#include "core/model/readme.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

QString askService(RetrievalClient &service, ChangeContext &change, const QList<qsizetype> &files)
{
    const milliseconds within
        = std::min<milliseconds>(change.settings.retrievalTimeout, milliseconds(change.models->patience()) / 4);
    const Result<QString> found = askForBackground(
        service,
        {.change = change.changes, .files = files, .repository = change.repository, .scanner = change.gate.scanner()},
        within, change.cancel);
    if (!found) {
        change.decided(StageId::Retrieve, u"no passages: %1"_s.arg(found.error().message));
        return {};
    }
    change.decided(StageId::Retrieve, u"%1 passages found"_s.arg(found->isEmpty() ? 0 : found->count(u'\n') + 1));
    return *found;
}

} // namespace

QString backgroundOf(ChangeContext &change, const QList<qsizetype> &files)
{
    if (change.background)
        return *change.background;
    if (!change.models || change.models->health().state == ModelHealth::State::Down
        || effortFor(change.changes, files) == Effort::None)
        return {};
    QStringList found;
    if (change.readme)
        found += backgroundFrom({readmeExcerpt(change.readme())}, change.gate.scanner());
    if (RetrievalClient *service = change.models->retrieval())
        found += askService(*service, change, files);
    found.removeAll(QString());
    change.background = found.join(u'\n');
    return *change.background;
}

} // namespace AutoCommit
