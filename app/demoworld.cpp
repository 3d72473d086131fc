#include "app/demoworld.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <ctime>
#include <sys/time.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr auto parser = R"(// Reads one line of a list: "- [ ] buy milk @home".
export function parseItem(line) {
  const match = /^- \[( |x)\] (.*)$/.exec(line);
  if (!match) return null;
  return { done: match[1] === 'x', text: match[2] };
}
)";

constexpr auto parserAfter = R"(// Reads one line of a list: "- [ ] buy milk @home".
export function parseItem(line) {
  const match = /^- \[( |x)\] (.*)$/.exec(line);
  if (!match) return null;
  const { text, tags } = parseTags(match[2]);
  return { done: match[1] === 'x', text, tags };
}

// Splits "buy milk @home @today" into its text and its tags.
export function parseTags(text) {
  const tags = [...text.matchAll(/@(\w+)/g)].map((tag) => tag[1]);
  return { text: text.replace(/\s*@\w+/g, ''), tags };
}
)";

constexpr auto parserTest = R"(import { parseItem } from '../src/parser.js';

test('reads an open item', () => {
  expect(parseItem('- [ ] buy milk').text).toBe('buy milk');
});
)";

constexpr auto parserTestAfter = R"(import { parseItem, parseTags } from '../src/parser.js';

test('reads an open item', () => {
  expect(parseItem('- [ ] buy milk').text).toBe('buy milk');
});

test('splits tags from the text', () => {
  expect(parseTags('buy milk @home @today').tags).toEqual(['home', 'today']);
});
)";

constexpr auto sorter = R"(// Open items first, in the order they were written.
export function sortItems(items) {
  return items.sort((a, b) => a.done - b.done);
}
)";

constexpr auto sorterAfter = R"(// Open items first, in the order they were written.
export function sortItems(items) {
  if (!items) return [];
  return [...items].sort((a, b) => a.done - b.done);
}
)";

constexpr auto sorterTest = R"(import { sortItems } from '../src/sorter.js';

test('puts open items first', () => {
  expect(sortItems([{ done: true }, { done: false }])[0].done).toBe(false);
});
)";

constexpr auto sorterTestAfter = R"(import { sortItems } from '../src/sorter.js';

test('puts open items first', () => {
  expect(sortItems([{ done: true }, { done: false }])[0].done).toBe(false);
});

test('takes a missing list as an empty one', () => {
  expect(sortItems(undefined)).toEqual([]);
});
)";

constexpr auto readme = R"(# tidy-list

Keeps a plain-text todo list tidy.

## Usage

Call `tidy todo.md` and it will seperate what is done from what is open.
)";

QByteArray package(const char *version)
{
    return QByteArray(
               "{\n  \"name\": \"tidy-list\",\n  \"version\": \"0.4.0\",\n  \"dependencies\": {\n    \"kleur\": \"^")
        + version + "\"\n  }\n}\n";
}

QByteArray lock(const char *version)
{
    return QByteArray("{\n  \"name\": \"tidy-list\",\n  \"lockfileVersion\": 3,\n  \"packages\": {\n    "
                      "\"node_modules/kleur\": {\n      \"version\": \"")
        + version + "\"\n    }\n  }\n}\n";
}

/// Made anew each time: it looks like a secret and never was one.
QByteArray pretendSecret()
{
    static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    QByteArray text;
    for (int i = 0; i < 40; ++i)
        text += letters[QRandomGenerator::global()->bounded(static_cast<int>(sizeof letters) - 1)];
    return text;
}

} // namespace

DemoWorld::DemoWorld(const GitTools &real, const ProcessRunner &processes)
    : m_root(QDir::tempPath() + u"/auto-commit-demo-XXXXXX"_s)
    , m_environment(QProcessEnvironment::Initialization{})
    , m_tools(real)
    , m_processes(processes)
{
    m_environment.insert(u"HOME"_s, root() + u"/home"_s);
    m_environment.insert(u"PATH"_s, real.environment.searchPath().join(u':'));
    m_tools.environment = GitEnvironment(m_environment, {});
}

Result<std::unique_ptr<DemoWorld>> DemoWorld::create(const GitTools &real, const ProcessRunner &processes, bool keep)
{
    std::unique_ptr<DemoWorld> world(new DemoWorld(real, processes));
    if (!world->m_root.isValid())
        return Error{ErrorKind::IoError, u"%1: %2"_s.arg(QDir::tempPath(), world->m_root.errorString())};
    world->m_root.setAutoRemove(!keep);
    AC_TRY(world->build());
    return world;
}

Status DemoWorld::build()
{
    QDir().mkpath(root() + u"/home"_s);
    AC_TRY(write(root() + u"/home"_s, u".gitconfig"_s,
                 "[user]\n\tname = Robin\n\temail = robin@example.invalid\n[init]\n\tdefaultBranch = main\n"));
    const QString hub = root() + u"/hub.git"_s;
    AC_TRY(git(root(), {u"init"_s, u"-q"_s, u"--bare"_s, hub}));
    AC_TRY(git(root(), {u"init"_s, u"-q"_s, apricot()}));

    AC_TRY(write(apricot(), u"README.md"_s, readme));
    AC_TRY(write(apricot(), u".gitignore"_s, "node_modules/\n"));
    AC_TRY(commit(apricot(), u"docs: say what tidy-list is for"_s));
    AC_TRY(write(apricot(), u"package.json"_s, package("3.0.0")));
    AC_TRY(write(apricot(), u"package-lock.json"_s, lock("3.0.0")));
    AC_TRY(commit(apricot(), u"build(deps): add kleur 3.0.0"_s));
    AC_TRY(write(apricot(), u"src/parser.js"_s, parser));
    AC_TRY(write(apricot(), u"test/parser.test.js"_s, parserTest));
    AC_TRY(commit(apricot(), u"feat(parser): read one item"_s));
    AC_TRY(write(apricot(), u"src/sorter.js"_s, sorter));
    AC_TRY(write(apricot(), u"test/sorter.test.js"_s, sorterTest));
    AC_TRY(commit(apricot(), u"feat(sorter): put open items first"_s));
    AC_TRY(write(apricot(), u"package.json"_s, package("3.0.1")));
    AC_TRY(write(apricot(), u"package-lock.json"_s, lock("3.0.1")));
    AC_TRY(commit(apricot(), u"build(deps): bump kleur from 3.0.0 to 3.0.1"_s));

    AC_TRY(git(apricot(), {u"remote"_s, u"add"_s, u"origin"_s, hub}));
    AC_TRY(git(apricot(), {u"push"_s, u"-q"_s, u"-u"_s, u"origin"_s, u"main"_s}));
    AC_TRY(git(root(), {u"clone"_s, u"-q"_s, hub, plum()}));
    return {};
}

Status DemoWorld::editOnApricot() const
{
    AC_TRY(edit(apricot(), u"src/parser.js"_s, parserAfter));
    AC_TRY(edit(apricot(), u"test/parser.test.js"_s, parserTestAfter));
    AC_TRY(edit(apricot(), u"README.md"_s, QByteArray(readme).replace("seperate", "separate")));
    AC_TRY(edit(apricot(), u"package.json"_s, package("4.1.5")));
    AC_TRY(edit(apricot(), u"package-lock.json"_s, lock("4.1.5")));
    AC_TRY(edit(apricot(), u".env"_s, "TIDY_API_TOKEN=" + pretendSecret() + '\n'));
    QFile recording(apricot() + u"/recording.mov"_s);
    if (!recording.open(QIODevice::WriteOnly) || !recording.resize(80LL << 20)) // sparse: takes no room
        return Error{ErrorKind::IoError, recording.errorString()};
    return {};
}

Status DemoWorld::editOnPlum() const
{
    AC_TRY(edit(plum(), u"src/sorter.js"_s, sorterAfter));
    return edit(plum(), u"test/sorter.test.js"_s, sorterTestAfter);
}

Status DemoWorld::write(const QString &checkout, const QString &name, const QByteArray &content) const
{
    const QString path = checkout + u'/' + name;
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return Error{ErrorKind::IoError, u"%1: %2"_s.arg(path, file.errorString())};
    return {};
}

/// As if saved a minute ago, so that nothing has to wait for the editor. Not while the past is being built: git, which
/// compares whole seconds, would take two versions of one size for the same.
Status DemoWorld::edit(const QString &checkout, const QString &name, const QByteArray &content) const
{
    AC_TRY(write(checkout, name, content));
    const std::time_t then = std::time(nullptr) - 60;
    const timeval times[2]{{.tv_sec = then, .tv_usec = 0}, {.tv_sec = then, .tv_usec = 0}};
    ::utimes(QFile::encodeName(checkout + u'/' + name).constData(), times);
    return {};
}

Status DemoWorld::commit(const QString &checkout, const QString &message) const
{
    AC_TRY(git(checkout, {u"add"_s, u"-A"_s}));
    AC_TRY(git(checkout, {u"commit"_s, u"-q"_s, u"-m"_s, message}));
    return {};
}

Result<QString> DemoWorld::git(const QString &directory, const QStringList &arguments) const
{
    AC_ASSIGN(const ProcessOutput result,
              m_processes.run({.label = u"git "_s + arguments.value(0),
                               .program = m_tools.program,
                               .arguments = arguments,
                               .workingDirectory = directory,
                               .environment = GitEnvironment(m_environment, {}).variables()
                                   + QList<QByteArray>{"GIT_ALLOW_PROTOCOL=file"}},
                              {}));
    if (!result.succeeded())
        return Error{ErrorKind::Unknown,
                     u"git %1: %2"_s.arg(arguments.join(u' '), QString::fromUtf8(result.errors).trimmed())};
    return QString::fromUtf8(result.output);
}

} // namespace AutoCommit
