#include "core/stages/stages.h"

#include "core/base/cleantext.h"
#include "core/privacy/gitleaksfiles.h"
#include "core/stages/candidates.h"
#include "core/stages/capture.h"
#include "core/stages/filterattributes.h"
#include "core/stages/inspection.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

class PreFilter final : public Stage
{
public:
    StageId id() const override { return StageId::PreFilter; }

    Result<Next> run(RepoContext &repo) const override
    {
        if (repo.status.isClean())
            return Next::Continue;
        repo.gate = gateOf(repo);
        QList<Candidate> candidates = chooseCandidates(repo);
        AC_TRY(dropUnusableFilters(repo, candidates));
        AC_TRY(waitUntilQuiet(repo, candidates));
        AC_ASSIGN(const QList<Inspected> passed, inspectAll(repo, candidates));
        AC_TRY(captureSnapshot(repo, passed));
        for (const Exclusion &entry : repo.excluded)
            repo.decided(id(), u"left out %1: %2"_s.arg(displayPath(entry.path), entry.reason));
        return Next::Continue;
    }

private:
    static Gate gateOf(const RepoContext &repo)
    {
        const auto bytes = [](const QStringList &list) {
            QByteArrayList result;
            for (const QString &entry : list)
                result += QFile::encodeName(entry);
            return result;
        };
        GatePolicy policy{.salt = repo.salt};
        for (const QString &fingerprint : repo.settings.allowSecrets)
            policy.falseAlarms.insert(fingerprint.toLatin1());
        policy.repository = repositoryPolicy(repo);
        return Gate(
            {.policy = policy, .exclude = bytes(repo.settings.exclude), .allowNames = bytes(repo.settings.allowNames)});
    }

    /// What the repository says of itself may add rules and narrow allowances, never switch the gate off.
    static RepositoryPolicy repositoryPolicy(const RepoContext &repo)
    {
        const auto read = [&](const QByteArray &name) {
            QFile file(QFile::decodeName(repo.absolute(name)));
            return FileStamp::of(repo.absolute(name)).isRegular() && file.open(QIODevice::ReadOnly) ? file.read(1 << 20)
                                                                                                    : QByteArray();
        };
        RepositoryPolicy policy;
        if (Result<RepositoryPolicy> own = readGitleaksConfig(read(".gitleaks.toml")))
            policy = std::move(own).value();
        policy.ignored = readGitleaksIgnore(read(".gitleaksignore"));
        return policy;
    }

    static Result<QList<Inspected>> inspectAll(RepoContext &repo, const QList<Candidate> &candidates)
    {
        QList<Inspected> passed;
        for (const Candidate &candidate : candidates) {
            if (candidate.deleted) {
                passed.append({.file = candidate});
                continue;
            }
            const Result<Inspection> inspection = inspectFile(repo, candidate.path, candidate.stamp);
            if (!inspection) {
                repo.exclude(candidate.path, u"being-written"_s,
                             u"it changed while it was read; the next run takes it"_s);
                continue;
            }
            AC_ASSIGN(const auto objection, objectionTo(repo, candidate.path, inspection->verdict, candidate.headBlob));
            if (objection)
                repo.excluded += *objection;
            else
                passed.append({.file = candidate, .blob = inspection->blob});
        }
        return passed;
    }
};

} // namespace

StagePtr makePreFilter()
{
    return std::make_unique<PreFilter>();
}

} // namespace AutoCommit
