-- What is known about each repository of each host. (How to change the schema: see 001_history.sql.)

-- The last look at a repository. `state` is a word of the pipeline's, `reason` the sentence that goes with it.
CREATE TABLE repos (
    host            @text@ NOT NULL,
    id              @text@ NOT NULL,  -- made from the common git directory: opaque, stable, [a-z0-9]
    path            @text@ NOT NULL,
    common_dir      @text@ NOT NULL,
    origin          @text@ NOT NULL,
    branch          @text@ NOT NULL,
    head            @text@ NOT NULL,
    upstream        @text@ NOT NULL,
    ahead           @int@ NOT NULL,
    behind          @int@ NOT NULL,
    state           @text@ NOT NULL,
    reason          @text@ NOT NULL,
    device          @int@ NOT NULL,   -- st_dev and st_ino of .git: another filesystem in its place is not a deletion
    inode           @int@ NOT NULL,
    first_seen      @text@ NOT NULL,
    last_looked     @text@ NOT NULL,
    last_committed  @text@,
    last_pulled     @text@,
    last_pushed     @text@,
    PRIMARY KEY (host, id)
) @strict@;

-- A pause holds until it is lifted or its time is over, across restarts. repo '' = everything on that host.
CREATE TABLE pauses (
    host        @text@ NOT NULL,
    repo        @text@ NOT NULL,
    reason      @text@ NOT NULL,
    paused_by   @text@ NOT NULL,
    since       @text@ NOT NULL,
    until       @text@,            -- NULL = until lifted
    PRIMARY KEY (host, repo)
) @strict@;

-- What a person agreed to: the hash over everything in the repository's configuration that could run a program.
CREATE TABLE trust (
    host        @text@ NOT NULL,
    repo        @text@ NOT NULL,
    surface     @text@ NOT NULL,
    agreed_by   @text@ NOT NULL,   -- '' = first sight
    agreed_at   @text@ NOT NULL,
    PRIMARY KEY (host, repo)
) @strict@;

-- A branch whose tip is not known to be on the hub. Durable before the commit is reported.
CREATE TABLE needs_push (
    host          @text@ NOT NULL,
    repo          @text@ NOT NULL,
    branch        @text@ NOT NULL,
    sha           @text@ NOT NULL,
    since         @text@ NOT NULL,
    attempts      @int@ NOT NULL,
    last_attempt  @text@,
    last_error    @text@ NOT NULL,
    PRIMARY KEY (host, repo, branch)
) @strict@;

-- Paths left out of commits right now, and why. The key stands for the path, which may be too long for an index.
CREATE TABLE exclusions (
    host        @text@ NOT NULL,
    repo        @text@ NOT NULL,
    path_key    @text@ NOT NULL,
    path        @text@ NOT NULL,
    reason      @text@ NOT NULL,   -- for people; never the content
    rule        @text@ NOT NULL,   -- id of the rule
    first_seen  @text@ NOT NULL,
    last_seen   @text@ NOT NULL,
    PRIMARY KEY (host, repo, path_key)
) @strict@;

-- Paths put off because they were still being written, and how often in a row.
CREATE TABLE deferrals (
    host        @text@ NOT NULL,
    repo        @text@ NOT NULL,
    path_key    @text@ NOT NULL,
    path        @text@ NOT NULL,
    reason      @text@ NOT NULL,
    count       @int@ NOT NULL,
    first_seen  @text@ NOT NULL,
    last_seen   @text@ NOT NULL,
    PRIMARY KEY (host, repo, path_key)
) @strict@;

-- The trace behind `commits explain`: the newest few hundred of each repository.
CREATE TABLE decisions (
    id          @autoid@,
    host        @text@ NOT NULL,
    repo        @text@ NOT NULL,
    decided_at  @text@ NOT NULL,
    stage       @text@ NOT NULL,
    what        @text@ NOT NULL,
    why         @text@ NOT NULL
) @strict@;
CREATE INDEX decisions_by_repo ON decisions (host, repo, id);
