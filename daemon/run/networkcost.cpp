#include "daemon/run/networkcost.h"

#include <QNetworkInformation>

#include <utility>

namespace AutoCommit {

std::optional<bool> NetworkCost::isMetered()
{
    constexpr auto metered = QNetworkInformation::Feature::Metered;
    if (!std::exchange(m_asked, true))
        QNetworkInformation::loadBackendByFeatures(metered);
    const QNetworkInformation *network = QNetworkInformation::instance();
    if (!network || !network->supports(metered))
        return std::nullopt;
    return network->isMetered();
}

} // namespace AutoCommit
