#include "core/service/networkcost.h"

#include <QNetworkInformation>

namespace AutoCommit {

std::optional<bool> isNetworkMetered()
{
    constexpr auto metered = QNetworkInformation::Feature::Metered;
    if (!QNetworkInformation::instance())
        QNetworkInformation::loadBackendByFeatures(metered);
    const QNetworkInformation *network = QNetworkInformation::instance();
    if (!network || !network->supports(metered))
        return std::nullopt;
    return network->isMetered();
}

} // namespace AutoCommit
