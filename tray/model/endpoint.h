#pragma once

#include "core/api/apiclient.h"
#include "core/config/paths.h"
#include "tray/model/firstruncommands.h"

namespace AutoCommit {

/// What the user named on the command line; empty fields are looked up.
struct EndpointWish
{
    QString url{};
    QString tokenFile{};
    QString certificateSha256{}; ///< hex; empty: the system's authorities decide
};

/// Where the daemon is: the command line, then AUTO_COMMIT_API_URL and AUTO_COMMIT_API_TOKEN_FILE, then the daemons
/// that registered themselves (the one called "default" first), then what the settings say (`configured`: api_url and
/// what belongs to it), then port 8200 of this machine. A token goes over plain http to this machine only; for any
/// other address it takes https or an explicit --insecure-http. A registered daemon's certificate is the one it wrote
/// down.
Result<ApiEndpoint> findEndpoint(const EndpointWish &wish, const QProcessEnvironment &environment, const Paths &paths,
                                 bool plainHttpAllowed, const EndpointWish &configured = {});

/// What the user typed into the guide. Usage: no address of a daemon, or no fingerprint.
Result<ApiEndpoint> endpointOf(const RemotePlace &place);

/// The registry of running daemons (PRODUCT section 8).
QString daemonsFile(const Paths &paths);

} // namespace AutoCommit
