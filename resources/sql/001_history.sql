-- The history of auto-commit: what was committed, what each cycle did, what went wrong.
--
-- WHO MAY WRITE
--   Only the class Store of the program itself, from one thread of each process that has it open. Everybody else reads:
--   sqlite3 -readonly ~/.cache/commits/auto_commit.db, psql, a dashboard. Rows written by hand are not in activity.jsonl
--   and are gone when a damaged file is rebuilt from it.
--   With SQLite never copy, rename or delete the file while a daemon runs; `sqlite3 -readonly FILE ".backup COPY"` copies.
--
-- HOW TO CHANGE IT
--   A numbered file is never edited once released: add the next number. Each file runs in one transaction and its
--   number is then entered in the table schema_version. A program refuses a database with a number it does not know, so
--   prefer changes an older program can live with (new tables, new columns with a default).
--   The same text runs on SQLite and PostgreSQL. The only differences are four words replaced before it runs:
--     @autoid@  a whole number the database hands out, primary key
--     @int@     a whole number of 64 bits
--     @text@    text that is compared by its bytes
--     @strict@  at the end of a table: values must have the column's type
--   A statement ends at a semicolon that ends a line; no triggers, no functions, no JSON operators.
--
-- CONVENTIONS
--   Times are UTC text of fixed width, 2026-08-22T10:11:12.345Z: their order as text is their order in time.
--   Yes or no is 1 or 0. Unknown text is '', a moment that has not come is NULL.
--   Paths are bytes: text when they are valid UTF-8, else base64:....
--   `repo` is repos.id; a host's repository is always the pair (host, repo).

-- One row per commit the program made, on whichever host. The same report twice is one row.
CREATE TABLE commits (
    id            @autoid@,
    host          @text@ NOT NULL,
    repo          @text@ NOT NULL,
    origin        @text@ NOT NULL,  -- normalised URL of the hub: the same repository on another host; '' = none
    path          @text@ NOT NULL,  -- of the work tree
    branch        @text@ NOT NULL,
    sha           @text@ NOT NULL,
    parent        @text@ NOT NULL,  -- '' = the first commit
    subject       @text@ NOT NULL,
    body          @text@ NOT NULL,
    authored_at   @text@ NOT NULL,
    committed_at  @text@ NOT NULL,
    source        @text@ NOT NULL,  -- who wrote the message: llm, llm-repaired, builtin
    model         @text@ NOT NULL,  -- '' for builtin
    paths         @text@ NOT NULL,  -- JSON array of the first paths of the commit
    path_count    @int@ NOT NULL,   -- of all of them
    recorded_at   @text@ NOT NULL,
    pushed_at     @text@,           -- git push said yes
    verified_at   @text@            -- the hub's ref was read back and shows it
) @strict@;
CREATE UNIQUE INDEX commits_once ON commits (host, repo, sha);
CREATE INDEX commits_by_time ON commits (committed_at, id, source, host, repo);  -- all that statistics need
CREATE INDEX commits_by_repo ON commits (repo, committed_at, id);
CREATE INDEX commits_by_sha ON commits (sha);
CREATE INDEX commits_unpushed ON commits (host, repo, branch) WHERE pushed_at IS NULL;

-- One row per sweep over all repositories, written when it is over.
CREATE TABLE cycles (
    id            @autoid@,
    host          @text@ NOT NULL,
    daemon        @text@ NOT NULL,  -- name of the daemon; '' = in the foreground
    reason        @text@ NOT NULL,  -- what started it: timer, event, webhook, user
    started_at    @text@ NOT NULL,
    finished_at   @text@ NOT NULL,
    repos         @int@ NOT NULL,   -- looked at
    committed     @int@ NOT NULL,   -- commits made
    pulled        @int@ NOT NULL,   -- repositories
    pushed        @int@ NOT NULL,   -- repositories
    skipped       @int@ NOT NULL,   -- repositories
    failed        @int@ NOT NULL,   -- repositories
    note          @text@ NOT NULL
) @strict@;
CREATE INDEX cycles_by_time ON cycles (started_at, id);

-- One row per standing cause, not per occurrence: the same error every three minutes is one row with a count. What was
-- resolved and comes back starts a row of its own.
CREATE TABLE errors (
    id            @autoid@,
    fingerprint   @text@ NOT NULL,  -- of host, repo, kind and message with the numbers taken out
    host          @text@ NOT NULL,
    repo          @text@ NOT NULL,  -- '' = not about one repository
    kind          @text@ NOT NULL,
    message       @text@ NOT NULL,  -- as last seen
    detail        @text@ NOT NULL,  -- as last seen; stays on this machine
    first_seen    @text@ NOT NULL,
    last_seen     @text@ NOT NULL,
    count         @int@ NOT NULL,
    announced_at  @text@ NOT NULL,  -- when a person was last told
    resolved_at   @text@,
    resolved_by   @text@ NOT NULL
) @strict@;
CREATE UNIQUE INDEX errors_standing ON errors (fingerprint) WHERE resolved_at IS NULL;
CREATE INDEX errors_by_time ON errors (last_seen, id);
CREATE INDEX errors_by_repo ON errors (repo, last_seen, id);

-- How far activity.jsonl has been taken over, one row per log: what was logged but never stored is stored at the next
-- start.
CREATE TABLE activity_position (
    log           @text@ NOT NULL PRIMARY KEY,
    inode         @int@ NOT NULL,   -- of the log file
    position      @int@ NOT NULL    -- bytes of it that are in this database
) @strict@;
