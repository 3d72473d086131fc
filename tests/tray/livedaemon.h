#pragma once

#include "tests/support/fakeapi.h"
#include "tray/model/daemonmodel.h"

namespace AutoCommit::Testing {

/// A model of a pretend daemon, connected over a real socket.
struct LiveDaemon
{
    explicit LiveDaemon(FakeWorld world = normalWorld())
        : server(std::move(world))
    {
        events.setWaits(std::chrono::milliseconds(5), std::chrono::milliseconds(20), std::chrono::seconds(45));
        daemon.start();
    }

    bool isUp() const
    {
        return daemon.picture().loaded && server.streams() == 1
            && daemon.picture().hosts.size() == server.world.hosts.size();
    }

    FakeApi server;
    ApiClient api{server.endpoint()};
    EventStream events{server.endpoint()};
    DaemonModel daemon{api, events};
};

} // namespace AutoCommit::Testing
