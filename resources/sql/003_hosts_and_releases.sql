-- Other hosts, releases, messages kept for reuse, and who did what. (How to change the schema: see 001_history.sql.)

CREATE TABLE hosts (
    name        @text@ NOT NULL PRIMARY KEY,
    version     @text@ NOT NULL,   -- of the program
    protocol    @int@ NOT NULL,
    system      @text@ NOT NULL,   -- linux, macos
    first_seen  @text@ NOT NULL,
    last_seen   @text@ NOT NULL
) @strict@;

-- Branch and HEAD of every repository as its host last reported them: the same origin on two rows can be compared.
CREATE TABLE repo_heads (
    host         @text@ NOT NULL,
    repo         @text@ NOT NULL,
    origin       @text@ NOT NULL,
    branch       @text@ NOT NULL,
    head         @text@ NOT NULL,
    ahead        @int@ NOT NULL,
    behind       @int@ NOT NULL,
    reported_at  @text@ NOT NULL,
    PRIMARY KEY (host, repo)
) @strict@;
CREATE INDEX repo_heads_by_origin ON repo_heads (origin);

-- A version that was committed, and whether its registry shows it.
CREATE TABLE releases (
    id            @autoid@,
    host          @text@ NOT NULL,
    repo          @text@ NOT NULL,
    package       @text@ NOT NULL,
    registry      @text@ NOT NULL,
    version       @text@ NOT NULL,
    sha           @text@ NOT NULL,  -- the commit that brought it
    state         @text@ NOT NULL,  -- pending, published, failed
    first_seen    @text@ NOT NULL,
    last_checked  @text@,
    next_check    @text@,           -- NULL = no more
    checks        @int@ NOT NULL,
    detail        @text@ NOT NULL
) @strict@;
CREATE UNIQUE INDEX releases_once ON releases (host, repo, registry, package, version);
CREATE INDEX releases_by_time ON releases (first_seen, id);
CREATE INDEX releases_due ON releases (next_check) WHERE next_check IS NOT NULL;

-- A message written for exactly this snapshot: a commit that failed for another reason need not ask the model again.
CREATE TABLE cached_messages (
    snapshot    @text@ NOT NULL PRIMARY KEY,
    subject     @text@ NOT NULL,
    body        @text@ NOT NULL,
    source      @text@ NOT NULL,
    model       @text@ NOT NULL,
    created_at  @text@ NOT NULL
) @strict@;
CREATE INDEX cached_messages_by_time ON cached_messages (created_at);

-- Who asked for what, when, from where.
CREATE TABLE audit (
    id       @autoid@,
    done_at  @text@ NOT NULL,
    who      @text@ NOT NULL,
    what     @text@ NOT NULL,
    target   @text@ NOT NULL,   -- for instance a repository's id
    origin   @text@ NOT NULL,   -- address or 'local'
    detail   @text@ NOT NULL
) @strict@;
CREATE INDEX audit_by_time ON audit (done_at, id);
