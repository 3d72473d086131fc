#include "tests/core/message/messagesupport.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Test;
using namespace Qt::StringLiterals;

/// What is said of changes to code, one row a kind of fact and language.
class TestMessageCode : public QObject, SubjectTable
{
    Q_OBJECT

private Q_SLOTS:
    void newDefinitionsAreNamed_data()
    {
        columns();
        row("C++ method", "feat",
            "== src/parser.cpp\n }\n+\n+bool Parser::atEnd() const\n+{\n+    return m_at == m_end;\n+}\n",
            "feat: add atEnd() to Parser");
        row("C function", "feat", "== src/util.c\n }\n+\n+static int clamp(int v)\n+{\n+  return v;\n+}\n",
            "feat: add clamp()");
        row("C macro", "feat", "== src/util.h\n+#define MAX_DEPTH 12\n", "feat: add MAX_DEPTH");
        row("Python function", "feat",
            "== app/io.py\n     return x\n \n+\n+def read_all(path):\n+    return open(path).read()\n",
            "feat: add read_all()");
        row("Python method", "feat",
            "== app/io.py\n@@ class Reader:\n         return 1\n \n+    def rewind(self):\n+        self.at = 0\n",
            "feat: add rewind() to Reader");
        row("TypeScript function", "feat",
            "== src/a.ts\n }\n+\n+export async function loadAll(a: string): Promise<void> {\n+  await go(a)\n+}\n",
            "feat: add loadAll()");
        row("arrow function", "feat", "== src/a.js\n+export const sumAll = (xs) => {\n+  return 0\n+}\n",
            "feat: add sumAll()");
        row("JavaScript method", "feat",
            "== src/a.js\n@@ class Cart {\n   }\n \n+  addItem(item) {\n+    this.items.push(item)\n+  }\n",
            "feat: add addItem() to Cart");
        row("interface", "feat", "== src/a.ts\n+export interface Shape {\n+  sides: number\n+}\n", "feat: add Shape");
        row("Go function", "feat", "== pkg/a.go\n }\n+\n+func ParseAll(in string) error {\n+\treturn nil\n+}\n",
            "feat: add ParseAll()");
        row("Go method", "feat", "== pkg/a.go\n }\n+\n+func (s *Store) Compact() error {\n+\treturn nil\n+}\n",
            "feat: add Compact() to Store");
        row("Rust function", "feat", "== src/lib.rs\n }\n+\n+pub fn fold_all(x: u8) -> u8 {\n+    x\n+}\n",
            "feat: add fold_all()");
        row("Rust impl", "feat",
            "== src/lib.rs\n }\n+\n+impl<T> Iterator for Walker<T> {\n+    type Item = T;\n+    fn next(&mut self) -> "
            "Option<T> {\n+        None\n+    }\n+}\n",
            "feat: implement Iterator for Walker");
        row("Java method", "feat",
            "== src/A.java\n@@ public class A {\n   }\n \n+  public int totalSize(List<X> xs) {\n+    return "
            "xs.size();\n+  }\n",
            "feat: add totalSize() to A");
        row("Kotlin function", "feat", "== src/A.kt\n+fun String.shorten(n: Int): String {\n+    return take(n)\n+}\n",
            "feat: add shorten() to String");
        row("C# class", "feat", "== src/A.cs\n+public sealed class RetryPolicy : IPolicy\n+{\n+}\n",
            "feat: add RetryPolicy");
        row("Swift function", "feat", "== Sources/A.swift\n+public func normalize(_ s: String) -> String {\n+  s\n+}\n",
            "feat: add normalize()");
        row("Ruby method", "feat",
            "== lib/a.rb\n@@ class Router\n   end\n \n+  def forwarded?\n+    @forwarded\n+  end\n",
            "feat: add forwarded() to Router");
        row("PHP method", "feat",
            "== src/A.php\n@@ class Router\n     }\n \n+    public function withPrefix(string $p): self\n+    {\n+     "
            "   return $this;\n+    }\n",
            "feat: add withPrefix() to Router");
        row("shell function", "feat", "== bin/tool.sh\n }\n+\n+cleanup_all() {\n+  rm -f x\n+}\n",
            "feat: add cleanup_all()");
        row("shell alias", "feat", "== plugins/npm.zsh\n+alias npmrd=\"npm run dev\"\n", "feat: add npmrd alias");
        row("SQL table", "feat", "== db/schema.sql\n+CREATE TABLE IF NOT EXISTS users (\n+  id integer\n+);\n",
            "feat: add users table");
        row("SQL column", "feat", "== db/schema.sql\n+ALTER TABLE users ADD COLUMN email text;\n",
            "feat: add email column to users");
        row("Make target", "build", "== Makefile\n+release-compress:\n+\tgzip x\n",
            "build: add release-compress target");
        row("CMake target", "build", "== src/CMakeLists.txt\n+add_library(ac_core STATIC a.cpp)\n",
            "build: add ac_core target");
        row("protobuf message", "feat", "== api/a.proto\n+message Login {\n+  string name = 1;\n+}\n",
            "feat: add Login message");
        row("two", "feat",
            "== src/util.c\n }\n+\n+int first_one(int v)\n+{\n+  return v;\n+}\n+\n+int second_one(int v)\n+{\n+  "
            "return v;\n+}\n",
            "feat: add first_one() and second_one()");
    }
    void newDefinitionsAreNamed() { check(); }

    void definitionsThatWentMovedOrChangedAreNamed_data()
    {
        columns();
        row("removed", "refactor", "== pkg/a.go\n }\n-\n-func (k *KeyMsg) IsRune() bool {\n-\treturn true\n-}\n",
            "refactor: remove IsRune() from KeyMsg");
        row("renamed", "refactor",
            "== src/gtls.c\n-static int handshake(struct x *a)\n+static int gtls_handshake(struct x *a)\n {\n",
            "refactor: rename handshake() to gtls_handshake()");
        row("moved", "refactor",
            "== src/a.c\n-int clamp_value(int v)\n-{\n-  return v < 0 ? 0 : v;\n-}\n== src/b.c\n+int clamp_value(int "
            "v)\n+{\n+  return v < 0 ? 0 : v;\n+}\n",
            "refactor: move clamp_value() to b.c");
        row("parameter added", "refactor", "== a/git.py\n-def clone(url):\n+def clone(url, depth=None):\n     pass\n",
            "refactor: add depth parameter to clone()");
        row("parameter on its own line", "refactor", "== a/git.py\n def clone(\n     url,\n+    depth=None,\n ):\n",
            "refactor: add depth parameter to clone()");
        row("parameter dropped", "refactor",
            "== src/a.ts\n-export function build(a: string, legacy: boolean): void {\n+export function build(a: "
            "string): void {\n",
            "refactor: drop legacy parameter from build()");
        row("return type", "refactor", "== src/a.rs\n-pub fn size(&self) -> usize {\n+pub fn size(&self) -> u64 {\n",
            "refactor: return u64 from size()");
        row("made async", "refactor", "== src/a.js\n-export function load(a) {\n+export async function load(a) {\n",
            "refactor: make load() async");
        row("made public", "refactor", "== src/a.rs\n-fn size(&self) -> usize {\n+pub fn size(&self) -> usize {\n",
            "refactor: make size() public");
        row("base class", "refactor",
            "== Sources/A.swift\n-public struct Visibility {\n+public struct Visibility: Hashable {\n",
            "refactor: derive Visibility from Hashable");
        row("field", "feat",
            "== src/options.go\n type Options struct {\n \tName string\n+\tTimeout time.Duration\n }\n",
            "feat: add Timeout field to Options");
        row("enum member", "feat", "== src/kind.rs\n pub enum Kind {\n     Word,\n+    Number,\n }\n",
            "feat: add Number to Kind");
        row("entry of a list", "chore", "== src/a.js\n const languages = [\n   'c',\n+  'zig',\n ]\n",
            "chore: add zig to languages");
        row("deprecated", "refactor",
            "== src/A.java\n@@ public class A {\n+  @Deprecated\n   public int oldSize(int a) {\n",
            "refactor: deprecate oldSize()");
        row("derived", "feat", "== src/a.rs\n-#[derive(Debug)]\n+#[derive(Debug, Clone)]\n pub struct Point {\n",
            "feat: derive Clone for Point");
    }
    void definitionsThatWentMovedOrChangedAreNamed() { check(); }

    void whatAFunctionDoesOtherwiseIsTold_data()
    {
        columns();
        row("null guard", "fix",
            "== src/a.cpp\n void save(Doc *doc)\n {\n+    if (doc == nullptr)\n+        return;\n     write(doc);\n",
            "fix: check for null doc in save()");
        row("guard with a declaration", "fix",
            "== src/a.cpp\n void save(Doc *doc)\n {\n+    if (const QString path = doc->path(); !isWritable(path))\n"
            "+        return;\n     write(doc);\n",
            "fix: check isWritable() in save()");
        row("declaring guard", "fix",
            "== src/a.cpp\n void save(Doc *doc)\n {\n+    if (const Error error = prepare(doc))\n"
            "+        return;\n     write(doc);\n",
            "fix: check prepare() in save()");
        row("nil guard", "fix",
            "== pkg/a.go\n func Save(doc *Doc) {\n+\tif doc == nil {\n+\t\treturn\n+\t}\n \twrite(doc)\n",
            "fix: check for nil doc in Save()");
        row("empty guard", "fix",
            "== a/b.py\n def total(rows):\n+    if len(rows) == 0:\n+        return 0\n     return sum(rows)\n",
            "fix: check for empty rows in total()");
        row("raising guard", "fix",
            "== a/b.py\n def total(rows):\n+    if rows is None:\n+        raise ValueError('no')\n     return "
            "sum(rows)\n",
            "fix: reject missing rows in total()");
        row("flag guard", "fix",
            "== src/a.ts\n export function flush(s: S) {\n+  if (!s.isOpen()) return\n   s.write()\n",
            "fix: check s.isOpen() in flush()");
        row("operand added", "fix",
            "== src/a.js\n function check(node) {\n-  if (hasName(node)) {\n+  if (hasName(node) && !isHidden(node)) "
            "{\n",
            "fix: also check isHidden() in check()");
        row("operand on its own line", "fix",
            "== src/a.ts\n export function plugin(config) {\n-  if (config.native === true) {\n+  if (\n+    "
            "config.native === true &&\n+    config.command === 'build'\n+  ) {\n",
            "fix: also check config.command in plugin()");
        row("operand dropped", "fix",
            "== src/a.js\n function check(node) {\n-  if (hasName(node) && !isHidden(node)) {\n+  if (hasName(node)) "
            "{\n",
            "fix: drop check of isHidden() in check()");
        row("inverted", "fix", "== pkg/a.go\n func Run() {\n-\tif isTTY {\n+\tif !isTTY {\n",
            "fix: invert check of isTTY in Run()");
        row("case", "feat",
            "== src/a.rs\n fn run(c: Command) {\n     match c {\n+        Command::Choose => choose(),\n         _ => "
            "{}\n",
            "feat: handle Command::Choose in run()");
        row("catch", "fix",
            "== a/b.py\n def load(p):\n     try:\n         return read(p)\n+    except FileNotFoundError:\n+        "
            "return None\n",
            "fix: catch FileNotFoundError in load()");
        row("error handled", "fix",
            "== pkg/a.go\n func Save() error {\n \tf, err := openFile(name)\n+\tif err != nil {\n+\t\treturn "
            "err\n+\t}\n",
            "fix: handle error of openFile() in Save()");
        row("call", "fix", "== src/a.c\n int start_up(int a)\n {\n+  init_tables(a);\n   return 0;\n",
            "fix: call init_tables() in start_up()");
        row("call dropped", "fix", "== src/a.c\n int start_up(int a)\n {\n-  init_tables(a);\n   return 0;\n",
            "fix: drop init_tables() from start_up()");
        row("argument", "fix",
            "== src/a.js\n function build(o) {\n-  return render(o.page)\n+  return render(o.page, o.locale)\n }\n",
            "fix: pass o.locale to render()");
        row("keyword argument", "fix", "== a/b.py\n def go():\n-    run(cmd)\n+    run(cmd, check=True)\n",
            "fix: pass check=True to run()");
        row("property", "fix",
            "== src/a.ts\n function options(o) {\n   return {\n+    extglob: false,\n     dot: true,\n",
            "fix: set extglob in options()");
        row("literal", "fix", "== src/a.cpp\n-constexpr int retryLimit = 3;\n+constexpr int retryLimit = 5;\n",
            "fix: raise retryLimit from 3 to 5");
        row("lowered", "perf", "== a/b.py\n-TIMEOUT = 60\n+TIMEOUT = 30\n", "perf: lower TIMEOUT from 60 to 30");
        row("flag value", "fix", "== a/b.py\n-DEBUG = True\n+DEBUG = False\n", "fix: set DEBUG to False");
        row("default", "feat",
            "== src/a.ts\n-export const chunks = parse(env.CHUNKS) ?? false;\n+export const chunks = parse(env.CHUNKS) "
            "?? true;\n",
            "feat: set chunks to true");
        row("substitution", "refactor",
            "== a.go\n-\ta := lo.Map(x)\n+\ta := xslices.Map(x)\n@@\n-\tb := lo.Map(y)\n+\tb := xslices.Map(y)\n",
            "refactor: replace lo.Map with xslices.Map");
        row("type", "fix",
            "== a.c\n-  unsigned int key = 20;\n-  unsigned int key2 = 25;\n+  uint32_t key = 20;\n+  uint32_t key2 = "
            "25;\n",
            "fix: replace unsigned int with uint32_t");
        row("cast", "fix",
            "== a.c\n int space(const char *end)\n {\n-  return isspace(*end);\n+  return isspace((unsigned "
            "char)*end);\n",
            "fix: cast end to unsigned char in space()");
        row("message", "fix",
            "== a/b.py\n def start():\n-    raise ValueError('no such file')\n+    raise ValueError('no such file "
            "here')\n",
            "fix: reword error message in start()");
        row("method", "fix",
            "== src/a.rs\n fn find(text: &str) {\n-    if regex.is_match(text) {\n+    if regex.is_match(text.trim()) "
            "{\n",
            "fix: trim text in find()");
        row("return value", "fix", "== nvm.sh\n install_it() {\n     echo failed\n-    return\n+    return 1\n",
            "fix: return 1 from install_it()");
        row("conditional element", "fix",
            "== src/Menu.vue\n-  <DropdownSeparator />\n+  <DropdownSeparator v-if=\"canDelete\" />\n",
            "fix: render DropdownSeparator conditionally");
        row("comment says why", "fix",
            "== src/a.ts\n export function shown(s: number) {\n   const seconds = s % 60\n+  // Handle case where "
            "seconds rounds to 60\n+  if (seconds === 60) {\n+    return `1m`\n+  }\n",
            "fix: handle case where seconds rounds to 60 in shown()");
    }
    void whatAFunctionDoesOtherwiseIsTold() { check(); }

    void whatUsersOfAProgramSeeComesFirst_data()
    {
        columns();
        row("argparse", "feat",
            "== a/cli.py\n def parser():\n+    p.add_argument('--dry-run', action='store_true')\n+    "
            "p.add_argument_group('x')\n",
            "feat: add --dry-run option");
        row("commander", "feat", "== src/cli.js\n+  .option('--watch', 'run again on changes')\n",
            "feat: add --watch option");
        row("cobra", "feat", "== cmd/root.go\n+\tcmd.Flags().BoolVar(&o.all, \"all-namespaces\", false, \"x\")\n",
            "feat: add --all-namespaces flag");
        row("environment", "feat", "== src/a.ts\n+const level = process.env.APP_LOG_LEVEL\n",
            "feat: add APP_LOG_LEVEL environment variable");
        row("route", "feat", "== src/server.js\n+app.get('/api/health', (req, res) => res.send('ok'))\n",
            "feat: add /api/health route");
        row("a constant is no variable", "fix",
            "== src/A.php\n public function x()\n {\n-        if (getenv('TERM')) {\n+        if (DIRECTORY_SEPARATOR "
            "=== '/' && getenv('TERM')) {\n",
            "fix: also check DIRECTORY_SEPARATOR in x()");
    }
    void whatUsersOfAProgramSeeComesFirst() { check(); }

    void aLocalVariableIsNoMemberOfTheClassGitNames()
    {
        const QString subject = describeAll(changeOf("== a/git.py\n@@ class Git:\n         repo = open(path)\n+        "
                                                     "kwargs = {}\n         return repo\n"))
                                    .subject;
        QVERIFY2(!subject.contains("kwargs property"_L1) && !subject.contains("kwargs field"_L1), qPrintable(subject));
    }

    void indentationIsNoFormatWherePythonReadsIt()
    {
        const QString subject
            = describeAll(
                  changeOf(
                      "== a/b.py\n def f(xs):\n     for x in xs:\n         use(x)\n-        done(xs)\n+    done(xs)\n"))
                  .subject;
        QVERIFY2(!subject.contains("reformat"_L1), qPrintable(subject));
    }
};

QTEST_APPLESS_MAIN(TestMessageCode)
#include "tst_messagecode.moc"
