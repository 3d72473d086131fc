#pragma once

#include "daemon/api/apicontext.h"
#include "daemon/api/route.h"

namespace AutoCommit::Handlers {

// status.cpp
void health(ApiContext &, const ApiCall &, const Reply &);
void version(ApiContext &, const ApiCall &, const Reply &);
void status(ApiContext &, const ApiCall &, const Reply &);
void currentCycle(ApiContext &, const ApiCall &, const Reply &);
void events(ApiContext &, const ApiCall &, const Reply &);
void openApi(ApiContext &, const ApiCall &, const Reply &);
void docs(ApiContext &, const ApiCall &, const Reply &);

// repositories.cpp
void repos(ApiContext &, const ApiCall &, const Reply &);
void repo(ApiContext &, const ApiCall &, const Reply &);
void explain(ApiContext &, const ApiCall &, const Reply &);

// history.cpp
void commits(ApiContext &, const ApiCall &, const Reply &);
void commit(ApiContext &, const ApiCall &, const Reply &);
void errors(ApiContext &, const ApiCall &, const Reply &);
void cycles(ApiContext &, const ApiCall &, const Reply &);
void statistics(ApiContext &, const ApiCall &, const Reply &);
void hosts(ApiContext &, const ApiCall &, const Reply &);
void parity(ApiContext &, const ApiCall &, const Reply &);
void releases(ApiContext &, const ApiCall &, const Reply &);

// configuration.cpp
void config(ApiContext &, const ApiCall &, const Reply &);
void changeConfig(ApiContext &, const ApiCall &, const Reply &);

// diagnosis.cpp
void doctor(ApiContext &, const ApiCall &, const Reply &);
void logs(ApiContext &, const ApiCall &, const Reply &);
void metrics(ApiContext &, const ApiCall &, const Reply &);

// control.cpp
void startCycle(ApiContext &, const ApiCall &, const Reply &);
void pause(ApiContext &, const ApiCall &, const Reply &);
void resume(ApiContext &, const ApiCall &, const Reply &);
void syncRepo(ApiContext &, const ApiCall &, const Reply &);
void pauseRepo(ApiContext &, const ApiCall &, const Reply &);
void resumeRepo(ApiContext &, const ApiCall &, const Reply &);
void undo(ApiContext &, const ApiCall &, const Reply &);
void resolve(ApiContext &, const ApiCall &, const Reply &);
void reload(ApiContext &, const ApiCall &, const Reply &);
void shutdown(ApiContext &, const ApiCall &, const Reply &);

// generate.cpp, agents.cpp, webhook.cpp
void generateMessage(ApiContext &, const ApiCall &, const Reply &);
void recordCommit(ApiContext &, const ApiCall &, const Reply &);
void heartbeat(ApiContext &, const ApiCall &, const Reply &);
void forgejo(ApiContext &, const ApiCall &, const Reply &);

} // namespace AutoCommit::Handlers
