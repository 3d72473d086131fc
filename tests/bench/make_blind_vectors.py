#!/usr/bin/env python3
"""A second, independent set of cases for `bench_gate vectors`, so that rules are not tuned on what measures them.

    make_blind_vectors.py [SEED] [--half A|B] > vectors.jsonl

Shares nothing with make_vectors.py: other providers and other kinds of their tokens, other syntaxes, other look-alikes.
Forms, names, templates and password styles are each dealt to one of two halves by the hash of their text: whoever
mends a rule looks at half A only and reports half B. Values are random at every run; nothing here is a secret.
"""

import argparse
import base64
import hashlib
import json
import random
import string
import uuid

ARGS = argparse.ArgumentParser()
ARGS.add_argument("seed", nargs="?", type=int, default=1)
ARGS.add_argument("--half", choices=["A", "B"])
ARGS = ARGS.parse_args()
R = random.Random(ARGS.seed * 7919 + 13)

LOW, UP, DIG = string.ascii_lowercase, string.ascii_uppercase, string.digits
ALPHABETS = {"h": DIG + "abcdef", "H": DIG + "ABCDEF", "9": DIG, "a": LOW, "A": UP, "z": LOW + DIG, "Z": UP + DIG,
             "w": LOW + UP + DIG, "_": LOW + UP + DIG + "_-", "+": LOW + UP + DIG + "+/", "2": UP + "234567",
             "v": "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"}


def take(kind, count):
    return "".join(R.choice(ALPHABETS[kind]) for _ in range(count))


def mine(text):
    half = "AB"[hashlib.md5(str(text).encode()).digest()[0] & 1]
    return ARGS.half in (None, half)


def fill(form):
    """`‹w32›` is 32 of an alphabet, `‹w20,40›` between, `‹uuid›`, `‹a|b|c›` one of them."""
    out, rest = "", form
    while "‹" in rest:
        head, rest = rest.split("‹", 1)
        what, rest = rest.split("›", 1)
        if what == "uuid":
            made = str(uuid.UUID(int=R.getrandbits(128), version=4))
        elif "|" in what:
            made = R.choice(what.split("|"))
        else:
            low, _, high = what[1:].partition(",")
            made = take(what[0], R.randint(int(low), int(high or low)))
        out += head + made
    return out + rest


def b64(text, url=False):
    raw = text.encode() if isinstance(text, str) else text
    return (base64.urlsafe_b64encode(raw).decode().rstrip("=") if url else base64.b64encode(raw).decode())


# Kinds of tokens as their makers document them (or announced them), by what begins or closes them.
TOKENS = """
cfk_‹w40›‹h8›|cloudflare global
cfut_‹w40›‹h8›|cloudflare user
cfat_‹w40›‹h8›|cloudflare account
‹vcp|vci|vca|vcr|vck›_‹w56›|vercel
AQ.Ab8‹_47›|google ai studio
ddpat_‹w22›_‹w32›|datadog pat
ddsat_‹w40›|datadog sat
ddapp_‹w34›|datadog app
sbp_oauth_‹h40›|supabase oauth
sb_secret_‹_31›|supabase secret
sk-None-‹w48›|openai none
sk-svcacct-‹_58›T3BlbkFJ‹_58›|openai service
sk-proj-‹_124›|openai project, unmarked
sk-ant-oat01-‹_93›AA|anthropic oauth
sk-ant-ort01-‹_93›AA|anthropic refresh
sk-ant-sid01-‹_93›AA|anthropic session
tskey-scim-‹w12›CNTRL-‹w32›|tailscale scim
tskey-webhook-‹w12›CNTRL-‹w32›|tailscale webhook
aio_‹w28›|adafruit
s-s4t2ud-‹h64›|intra42
xoxe.xoxb-1-‹w140,170›|slack rotated bot
xoxa-2-‹912›-‹912›-‹912›-‹h32›|slack workspace
xoxs-‹912›-‹912›-‹912›-‹h64›|slack session
xoxd-‹w60›%2F‹w40›%3D|slack cookie
fw_‹w40›|fireworks
sgp_local_‹h40›|sourcegraph local
dnkey-‹226›-‹252›|defined networking
mfb_‹w24›|merge freeze
packagist_‹ort|out|uut|uua|orf›_‹h60›‹h8›|packagist
PMAT-‹Z26›|postman collection
glpat-‹_27›.01.‹z9›|gitlab routable
corp-glpat-‹_20›|gitlab instance prefix
glwt-‹_20›|gitlab workspace
glrtr-‹_20›|gitlab runner
jsrp_‹w40›|jsr
qov_‹w40,60›|qovery
ctrk_‹h40›|callrail
mem9_‹w32›|mem9
sk_sandbox_‹w32›|secret key of a sandbox
sk_org_live_‹w60,90›|stripe organisation
rk_test_‹w99›|stripe restricted
whsec_‹w32›|webhook
ATTA‹h64›‹H8›|trello
ATSTT3xFfG‹_150›=‹H8›|atlassian service
NRAK-‹A27›|new relic user
NRIQ-‹_32›|new relic query
dt0s02.‹Z8›.‹Z64›|dynatrace oauth
dt0s16.‹Z24›.‹Z64›|dynatrace platform
dt0s06.‹Z24›.‹Z64›|dynatrace
hvs.CAES‹_88›|vault
s.‹w24›|skip
dose‹h32›|databricks oauth
dkea‹h32›|databricks
lsv2_‹pt|sk›_‹h32›_‹h10›|langsmith
pk-lf-‹uuid›|skip
sk-lf-‹uuid›|langfuse
llx-‹w48›|llamacloud
gsk_‹w52›|groq
csk-‹z48›|cerebras
sk-or-v1-‹h64›|openrouter
nvapi-‹_64›|nvidia
hf_‹w34›|hugging face
api_org_‹a34›|hugging face organisation
r8_‹w37›|replicate
pplx-‹w48›|perplexity
xai-‹w80›|xai
tvly-dev-‹w32›|tavily
fc-‹h32›|firecrawl
bb_live_‹_27›|browserbase
e2b_‹h40›|e2b
modal: ak-‹w22›|modal id
as-‹w22›|skip
jina_‹h32›‹_28›|jina
voyage pa-‹_43›|voyage
esecret_‹z36›|anyscale
AIzaSy‹_33›|google
GOCSPX-‹_28›|google oauth secret
ya29.a0‹_150,180›|google access
1//0e‹_60,100›|google refresh
AKIA‹216›|aws
ABIA‹216›|aws
aws_session_token=IQoJb3JpZ2luX2Vj‹+300,500›|aws session
ASIA‹216›|aws
ABSKQmVkcm9ja0FQSUtleS‹+110›|bedrock
bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t‹+120›|bedrock short
‹w3›8Q~‹_31›‹w3›|azure ad
‹+76›+ASt‹+6›==|azure storage
‹+76›ACDb‹+6›==|cosmos
‹+33›+ARm‹+6›=|azure relay
‹w76›AzSeA‹w5›=|skip
‹w52›JQQJ99B‹A1›‹w24›|azure ai
AccountKey=‹+86›==|azure account
?sv=2023-08-03&st=2024-01-01T00%3A00%3A00Z&se=2030-01-01T00%3A00%3A00Z&sr=c&sp=rl&sig=‹w40›%2B‹w2›%3D|azure sas
AGPA‹216›|skip
LTAI5t‹w18›|alibaba
AKLT‹_43›|volcengine
t1.9eue‹_70›.‹_86›|yandex iam
y0_‹_55›|yandex oauth
ocid1.credential.oc1..‹z60›|skip
SCW‹Z17›|scaleway
EXO‹h24›|exoscale
K005‹+27›|backblaze
dop_v1_‹h64›|digitalocean
doos_v1_‹h64›|skip
HRKU-‹uuid›|heroku
rnd_‹w28›|render
fm2_lJPE‹+180›|fly macaroon
nfp_‹w36›|netlify
nfc_‹w36›|netlify
railway_‹w40›|skip
pscale_pw_‹_43›|planetscale
napi_‹z64›|neon
ops_eyJ‹w300›|1password
atlas: mdb_sa_sk_‹_40›|mongodb atlas
AVNS_‹_19›|aiven
CCDB1_‹w22›_‹w40›|cockroach
tiger: tsdbcld_‹w40›|skip
xau_‹w38›|xata
cflt‹+60›|confluent
redpanda: rpcld_‹w40›|skip
npm_‹w36›|npm
pypi-AgEIcHlwaS5vcmcCJ‹_100,160›|pypi
rubygems_‹h48›|rubygems
cio‹w32›|crates
oy2‹z43›|nuget
CLOJARS_‹h60›|clojars
dckr_pat_‹_27›|docker
dckr_oat_‹w32›|docker organisation
AKCp8‹w68›|jfrog
cmVmdGtuOjAxO‹w51›|jfrog reference
ghs_‹96›_eyJ‹_120›.eyJ‹_160›.‹_86›|github stateless
ghr_‹w76›|github refresh
github_pat_11‹Z20›_‹w59›|github fine
ATBB‹w24›‹H8›|bitbucket
ATCTT3xFfGN0‹_170›=‹H8›|bitbucket repository
bkua_‹h40›|buildkite
CCIPRJ_‹v22›_‹h40›|circleci
lin_oauth_‹h64›|linear oauth
lin_wh_‹w40›|linear webhook
lin_api_‹w40›|linear
ntn_‹911›‹w35›|notion
figd_‹_43›|figma
figo_‹_40›|figma oauth
patx‹w13›.‹h64›|skip
pat‹w14›.‹h64›|airtable
clickup pk_‹98›_‹Z32›|clickup
PMAK-‹h24›-‹h34›|postman
shpat_‹h32›|shopify
shpss_‹h32›|shopify secret
shptka_‹h32›|shopify theme
sq0idp-‹_22›|skip
sq0csp-‹_43›|square
EAAA‹_60›|square access
access_token$sandbox$‹z16›$‹h32›|braintree
rzp_live_‹w14›|razorpay
FLWSECK_TEST-‹h32›-X|flutterwave
sk_test_‹h40›|paystack
access-sandbox-‹uuid›|plaid
AQEyhmfxK‹w60›-‹w40›|adyen
duffel_live_‹_43›|duffel
EZAK‹w54›|easypost
live_‹h35›|lob
xnd_production_‹w58›|xendit
SB-Mid-server-‹_24›|midtrans
APP_USR-‹916›-‹96›-‹h32›-‹99›|mercado pago
sk_sbox_‹z26›|checkout
pdl_live_apikey_01‹z24›_‹w22›_‹w3›|paddle
polar_oat_‹w43›|polar
mollie live_‹w30›|mollie
gocardless live_‹_40›|gocardless
sntrys_eyJ‹+130›_‹+43›|sentry
sntryu_‹h64›|sentry user
sntryi_‹h64›|sentry integration
glsa_‹w32›_‹h8›|grafana
glc_eyJ‹+100›|grafana cloud
phx_‹w43›|posthog
phs_‹w43›|posthog secret
hcaik_01‹z58›|honeycomb
xaat-‹uuid›|axiom
pylf_v2_us_‹w43›|logfire
logtail: ‹v24›|skip
rollbar|skip
ptlc_‹w43›|pterodactyl
ptla_‹w43›|pterodactyl
SG.‹_22›.‹_43›|sendgrid
key-‹h32›|mailgun
‹h32›-us‹92›|mailchimp
xkeysib-‹h64›-‹w16›|brevo
xsmtpsib-‹h64›-‹w16›|brevo smtp
re_‹w8›_‹w24›|resend
mlsn.‹h64›|mailersend
POSTMARK|skip
SK‹h32›|twilio
AC‹h32›|skip
pat-‹na1|eu1›-‹uuid›|hubspot
‹uuid›-eu1|skip
pk_‹h34›|klaviyo
dG9rOj‹w55›=|intercom
EAA‹w160›|facebook
IGQV‹_150›|instagram
AAAA‹_7›:APA91b‹_134›|firebase server
‹910›:AA‹_33›|telegram
MT‹_24›.G‹_5›.‹_38›|discord
mfa.‹_84›|discord mfa
https://discordapp.com/api/webhooks/‹918›/‹_68›|discord webhook
https://hooks.slack.com/triggers/T‹Z10›/‹913›/‹h32›|slack trigger
https://outlook.office.com/webhook/‹uuid›@‹uuid›/IncomingWebhook/‹h32›/‹uuid›|outlook
https://hooks.zapier.com/hooks/catch/‹97›/‹z7›/|zapier
https://open.feishu.cn/open-apis/bot/v2/hook/‹uuid›|feishu
https://api.telegram.org/bot‹910›:AA‹_33›/sendMessage|telegram url
https://chat.googleapis.com/v1/spaces/‹_11›/messages?key=AIzaSy‹_33›&token=‹_43›|google chat
https://hook.eu1.make.com/‹z32›|make
https://maker.ifttt.com/trigger/door/with/key/‹_43›|ifttt
oauth:‹z30›|twitch
sl.u.‹_140,1000›|dropbox
1000.‹h32›.‹h32›|zoho
00D‹w12›!AQ‹w88›|salesforce
AAAAAAAAAAAAAAAAAAAAA‹w80›|x bearer
‹918›-‹w40›|skip
lip_‹w20›|lichess
tss_‹w32›|thunderstore
nsec1‹z58›|skip
apify_api_‹w36›|apify
signkey-prod-‹h64›|inngest
prod:‹a5›-‹a5›-‹93›|skip
unkey_‹v24›|unkey
tr_prod_‹w20›|trigger
wgp: -|skip
sha256~‹_43›|openshift
eyJrIjoi‹w70›|grafana legacy
K10‹h64›::server:‹h32›|k3s
‹z6›.‹z16›|skip
token-‹z5›:‹z54›|rancher
ory_pat_‹w32›|ory
depot_org_‹h64›|depot
scapi_‹w40›|skip
keygen admin-‹h64›v3|keygen
secret-test-‹_36›=|stytch
sk-admin-‹_58›T3BlbkFJ‹_58›|openai admin
eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdXBhYmFzZSIsInJvbGUiOiJzZXJ2aWNlX3JvbGUi‹_90›.‹_43›|supabase jwt
pul-‹h40›|pulumi
tfe: ‹w14›.atlasv1.‹w67›|terraform
dp.sa.‹w43›|doppler
dp.said.‹w43›|skip
dp.audit.‹w43›|doppler audit
st.‹h24›.‹h32›.‹h32›|infisical
rdme_‹z70›|readme
tfp_‹_44›_‹_12›|typeform
CFPAT-‹_43›|contentful
sk‹w80›|skip
wandb_v1_‹w77›|weights and biases
api-‹uuid›|skip
sdk-‹uuid›|launchdarkly
statsig secret-‹w43›|statsig
ghost: ‹h24›:‹h64›|ghost admin
pnu_‹w36›|prefect
dbtc_‹_40›|dbt cloud
dbtu_‹_40›|dbt user
sqa_‹h40›|sonar
squ_‹h40›|sonar
zpka_‹h32›_‹h8›|zuplo
flb_live_‹w20›|fleetbase
tly-‹w32›|tally
cal_live_‹h32›|cal.com
bxt_‹w40›|brex
userkey_‹w30,46›|skip
ucat_‹w26›|upcloud
mcp_‹w40›|some mcp server
""".strip().splitlines()

# The places a token or password stands in: name, value, and what makes the file what it is.
N, C, K = "«NAME»", "«camel»", "«kebab»"
PLACES = {
    "app/config/prod.yaml": ["service:\n  {K}: {v}\n  retries: 3", "env:\n  - name: {N}\n    value: \"{v}\"", "{s}: '{v}'", "x:\n  - {{ {s}: {v} }}"],
    "config/app.toml": ["[service]\n{s} = \"{v}\"", "{C} = '{v}'", "service = {{ url = \"x\", {s} = \"{v}\" }}"],
    "conf/settings.json": ["{{\n  \"{C}\": \"{v}\",\n  \"port\": 80\n}}", "{{\"{K}\":\"{v}\"}}", "{{\"env\": {{\"{N}\": \"{v}\"}}}}", "{{\"name\": \"{N}\", \"value\": \"{v}\"}}"],
    "src/main/resources/app.properties": ["app.{d}={v}", "{s} = {v}", "{N}:{v}"],
    "conf/server.xml": ["<bean><property name=\"{C}\" value=\"{v}\"/></bean>", "<{C}>{v}</{C}>", "<add key=\"{C}\" value=\"{v}\" />", "<connector {C}=\"{v}\" port=\"1\"/>", "<string name=\"{s}\">{v}</string>"],
    "Info.plist": ["<key>{C}</key>\n\t<string>{v}</string>"],
    "deploy.sh": ["export {N}={v}", "{N}='{v}' ./run --fast", "curl -H \"X-{K}: {v}\" https://api.corp.net/v1", "declare -r {N}=\"{v}\"", "tool --{K}={v} run", "tool --{K} {v}", "echo \"{v}\" | tool login --{K}-stdin"],
    "run.ps1": ["$env:{N} = '{v}'", "[Environment]::SetEnvironmentVariable('{N}', '{v}', 'User')", "Set-Variable -Name {C} -Value \"{v}\""],
    "setup.bat": ["set {N}={v}", "setx {N} {v}"],
    "config.fish": ["set -gx {N} {v}"],
    "Dockerfile": ["FROM debian:12\nENV {N}={v}\nRUN make", "FROM debian:12\nENV {N} {v}", "ARG {N}=\"{v}\""],
    "docker-compose.yml": ["services:\n  a:\n    environment:\n      - {N}={v}", "services:\n  a:\n    environment:\n      {N}: {v}"],
    ".github/workflows/ci.yml": ["jobs:\n  a:\n    env:\n      {N}: {v}", "      - uses: x/y@v3\n        with:\n          {K}: {v}"],
    "infra/main.tf": ["resource \"x\" \"y\" {{\n  {s} = \"{v}\"\n}}", "variable \"{s}\" {{\n  type = string\n  default = \"{v}\"\n}}", "provider \"x\" {{\n  {s}  =  \"{v}\"\n}}"],
    "prod.tfvars": ["{s} = \"{v}\""],
    "playbook.yml": ["- hosts: all\n  vars:\n    {s}: \"{v}\"", "- name: login\n  shell: tool login --{K} {v}"],
    "Program.cs": ["private const string {P} = \"{v}\";", "services.Configure<X>(o => {{ o.{P} = \"{v}\"; }});", "var {C} = @\"{v}\";"],
    "Client.java": ["private static final String {N} = \"{v}\";", "builder.{C}(\"{v}\").build();", "props.setProperty(\"app.{d}\", \"{v}\");", "@Value(\"${{app.{d}:{v}}}\")"],
    "Main.kt": ["val {C} = \"{v}\"", "const val {N} = \"{v}\"", "buildConfigField(\"String\", \"{N}\", \"\\\"{v}\\\"\")"],
    "main.go": ["const {C} = \"{v}\"", "cfg.{P} = \"{v}\"", "\t{P}: \"{v}\",", "os.Setenv(\"{N}\", \"{v}\")", "var {C} = []byte(`{v}`)"],
    "src/lib.rs": ["const {N}: &str = \"{v}\";", "let {s} = String::from(\"{v}\");", "    {s}: \"{v}\".to_string(),", "static {N}: &'static str = \"{v}\";"],
    "settings.py": ["{N} = \"{v}\"", "{s} = '{v}'  # rotate", "os.environ[\"{N}\"] = \"{v}\"", "client = Client({s}=\"{v}\")", "d = dict({s}=\"{v}\")", "{s}: str = \"{v}\"", "headers = {{\"X-{K}\": \"{v}\"}}", "os.getenv('{N}', '{v}')", "os.environ.setdefault('{N}', '{v}')", "{N} = b'{v}'"],
    "web/index.js": ["const {C} = '{v}';", "module.exports = {{ {C}: '{v}' }}", "process.env.{N} = `{v}`", "const c = process.env.{N} || '{v}'", "const k = process.env.{N} ?? \"{v}\";", "new Client({{\"{C}\": \"{v}\"}})", "axios.defaults.headers.common['X-{K}'] = '{v}'"],
    "web/app.ts": ["readonly {C}: string = '{v}';", "export const {N} = '{v}' as const;", "private {C} = \"{v}\""],
    "wp-config.php": ["define( '{N}', '{v}' );", "${s} = '{v}';", "'{s}' => '{v}',", "putenv('{N}={v}');", "$config['{s}'] = \"{v}\";"],
    "config/app.rb": ["{s} = '{v}'", "config.{s} = \"{v}\"", "{s}: '{v}',", ":{s} => '{v}',", "ENV['{N}'] ||= '{v}'", "{N} = '{v}'.freeze"],
    "app.ex": ["config :app, {s}: \"{v}\"", "@{s} \"{v}\""],
    "Main.scala": ["val {C} = \"{v}\"", "{s} = ${{?{N}}}\n{s} = \"{v}\""],
    "App.swift": ["let {C} = \"{v}\"", "static let {C}: String = \"{v}\""],
    "main.dart": ["const {C} = '{v}';", "final String {C} = '{v}';"],
    "lib.pl": ["my ${s} = '{v}';", "{s} => '{v}',"],
    "main.lua": ["local {s} = \"{v}\"", "{s} = [[{v}]]"],
    "analysis.R": ["Sys.setenv({N} = \"{v}\")", "{s} <- \"{v}\""],
    "app.cpp": ["static const char *{C} = \"{v}\";", "#define {N} \"{v}\"", "constexpr std::string_view {C}{{\"{v}\"}};", "const QString {C} = u\"{v}\"_s;"],
    "main.ino": ["char {s}[] = \"{v}\";", "const char* {s} = \"{v}\";"],
    "nb.ipynb": ["{{\"cells\":[{{\"cell_type\":\"code\",\"source\":[\"{s} = \\\"{v}\\\"\\n\",\"run()\"]}}]}}", "{{\"cells\":[{{\"source\":[\"%env {N}={v}\\n\"]}}]}}"],
    "notes.md": ["Use `{N}={v}` for now.", "| {N} | {v} |", "- {s}: {v}"],
    "req.http": ["GET https://api.corp.net/v1/me\nX-{K}: {v}"],
    "values.yaml": ["secrets:\n  {C}: \"{v}\"", "extraEnv:\n- name: {N}\n  value: {v}"],
    ".env.backup": ["{N}={v}", "export {N}=\"{v}\"", "{N}='{v}' # live"],
    "app.log": ["2024-01-01 12:00:00 INFO using {s}={v} for upstream", "DEBUG {{\"{s}\":\"{v}\"}}"],
    "nix/default.nix": ["  {C} = \"{v}\";"], "app.hcl": ["{s} = \"{v}\""], "nginx.conf": ["proxy_set_header X-{K} \"{v}\";"],
    "pipeline.groovy": ["def {C} = '{v}'", "environment {{\n  {N} = '{v}'\n}}"], "build.gradle": ["    {C} '{v}'", "ext.{C} = \"{v}\""],
    "q.sql": ["INSERT INTO settings (name, value) VALUES ('{s}', '{v}');", "SET @{s} = '{v}';"],
    "project.pbxproj": ["\t\t\t{N} = \"{v}\";"], "app.cfg": ["[main]\n{s}={v}", "{s}: {v}"], "unit.service": ["[Service]\nEnvironment={N}={v}", "Environment=\"{N}={v}\""],
}

# What a value that does not identify itself is called, and what it looks like.
NAMES = """
STRIPE_WEBHOOK_SECRET w32|JWT_SECRET _48|SESSION_SECRET h64|APP_SECRET h32|CLIENT_SECRET _40|OAUTH_CLIENT_SECRET w32
ENCRYPTION_KEY h64|SIGNING_KEY +44|MASTER_KEY h32|API_TOKEN w40|ACCESS_TOKEN h40|REFRESH_TOKEN w64|AUTH_TOKEN h32
BEARER_TOKEN _60|SERVICE_ACCOUNT_KEY w48|DEPLOY_TOKEN z40|PERSONAL_ACCESS_TOKEN w40|BOT_TOKEN w44|ADMIN_API_KEY w32
INTERNAL_API_KEY h48|X_API_KEY w40|SUBSCRIPTION_KEY h32|CONSUMER_SECRET w50|APP_KEY +44|SECRET_KEY _50|SECRET_KEY_BASE h128
NEXTAUTH_SECRET +43|COOKIE_SECRET w32|HMAC_SECRET h64|WEBHOOK_SECRET h40|MAILGUN_KEY h32|TWILIO_TOKEN h32|PUSHER_SECRET h20
ALGOLIA_API_KEY h32|PAGERDUTY_KEY w20|SONAR_TOKEN h40|SNYK_API_TOKEN uuid|CODECOV_TOKEN uuid|HEROKU_KEY uuid
VAULT_SECRET_ID uuid|LINEAR_WEBHOOK_SECRET w32|CLOUDINARY_SECRET _27|CONTENTFUL_TOKEN _43|MAPBOX_SECRET w60|OPENWEATHER_API_KEY h32
INFURA_KEY h32|ALCHEMY_KEY _32|ETHERSCAN_KEY Z34|BINANCE_SECRET w64|KUCOIN_SECRET uuid|WALLET_PRIVATE_KEY h64|DEPLOYER_PRIVATE_KEY h64
SAUCE_ACCESS_KEY uuid|BROWSERSTACK_ACCESS_KEY w20|APPLITOOLS_API_KEY w40|PERCY_TOKEN h64|TESTRAIL_KEY w40|JENKINS_TOKEN h34
NEXUS_TOKEN uuid|ARTIFACTORY_API_KEY w73|CLOUDFLARE_TOKEN _40|FASTLY_KEY _32|AKAMAI_CLIENT_SECRET +44|DD_API_KEY h32
NEW_RELIC_API_KEY h47|HONEYBADGER_API_KEY w8h32|BUGSNAG_KEY h32|AIRBRAKE_KEY h32|LOGGLY_TOKEN uuid|PAPERTRAIL_TOKEN w20
SPLUNK_HEC_TOKEN uuid|SUMO_ACCESS_KEY w64|ELASTIC_API_KEY +60|KIBANA_ENCRYPTION_KEY w32|GF_SECURITY_SECRET_KEY w20|RABBITMQ_ERLANG_COOKIE A20
MINIO_SECRET_KEY w40|S3_SECRET +40|AWS_SECRET +40|R2_SECRET_ACCESS_KEY h64|SPACES_SECRET +43|WASABI_SECRET_KEY w40|B2_APP_KEY w31
AZURE_STORAGE_KEY +86|ARM_ACCESS_KEY +86|COSMOS_KEY +86|SERVICEBUS_KEY +43|EVENTHUB_KEY +43|COGNITIVE_KEY h32|SPEECH_KEY h32
GCM_API_KEY _39|RECAPTCHA_SECRET _40|HCAPTCHA_SECRET uuid|TURNSTILE_SECRET _35|DISCOURSE_API_KEY h64|GITEA_TOKEN h40|GOGS_TOKEN h40
DRONE_RPC_SECRET h32|WOODPECKER_AGENT_SECRET h64|ARGOCD_TOKEN w60|K8S_TOKEN w60|CONSUL_HTTP_TOKEN uuid|NOMAD_TOKEN uuid
OKTA_CLIENT_SECRET _40|AUTH0_SECRET _64|COGNITO_CLIENT_SECRET z52|KEYCLOAK_CLIENT_SECRET uuid|FIREBASE_SECRET w40|TWITTER_API_SECRET w50
FACEBOOK_APP_SECRET h32|LINKEDIN_CLIENT_SECRET w16|INSTAGRAM_SECRET h32|SPOTIFY_CLIENT_SECRET h32|REDDIT_SECRET _27|DROPBOX_APP_SECRET z15
PAYPAL_SECRET _80|BRAINTREE_KEY h32|KLARNA_SECRET w16|WORLDPAY_KEY uuid|COINBASE_SECRET w32|ZOOM_CLIENT_SECRET w32|WEBEX_TOKEN _64
TRELLO_KEY h32|ASANA_SECRET h32|JIRA_API_TOKEN w24|CONFLUENCE_TOKEN w44|MONDAY_TOKEN _120|AIRTABLE_KEY w17|SHOPIFY_SECRET h32
ANSIBLE_VAULT_KEY w32|LICENSE_KEY Z25|SENTRY_TOKEN h64|POSTHOG_KEY w43|AMPLITUDE_SECRET h32|MIXPANEL_TOKEN h32|SEGMENT_KEY w32
TAPJOY_KEY w20|UNSPLASH_SECRET _43|GIPHY_KEY w32|DEEPL_AUTH_KEY uuid|NEWSAPI_KEY h32|ABLY_KEY w32|STREAM_SECRET z60|MUX_TOKEN_SECRET +75
""".split()
NAMES = [n for row in NAMES for n in row.split("|")]
PAIRS = []
ROWS = " ".join(NAMES).split(" ")
for at in range(0, len(ROWS) - 1, 2):
    PAIRS.append((ROWS[at], ROWS[at + 1]))

PASSWORD_NAMES = """PASSWORD DB_PASSWORD POSTGRES_PASSWORD MYSQL_ROOT_PASSWORD REDIS_PASSWORD SMTP_PASSWORD ADMIN_PASSWORD LDAP_BIND_PASSWORD
KEYSTORE_PASSWORD TRUSTSTORE_PASSWORD SSH_PASSPHRASE DB_PASS MAIL_PASS FTP_PASSWD SUDO_PASSWORD ROOT_PASSWD WIFI_PASSWORD GPG_PASSPHRASE
RABBITMQ_DEFAULT_PASS MONGO_INITDB_ROOT_PASSWORD ELASTIC_PASSWORD SA_PASSWORD PGPASSWORD MQTT_PASSWORD VNC_PASSWORD SERVICE_PWD PROXY_PASS
BECOME_PASSWORD JENKINS_ADMIN_PASSWORD GRAFANA_ADMIN_PASSWORD NEXUS_PASSWORD CERT_PASSWORD P12_PASSWORD USER_PASSWORD""".split()

WORDS = """amber badger cactus dolphin ember falcon glacier harvest indigo juniper kettle lantern marble nectar orchid pebble
quartz raven saddle timber umbrella velvet willow yonder zephyr copper bishop tractor monkey staple battery horse sunset river
puzzle window garden sailor rocket butter castle dragon forest hammer island jacket ladder meadow needle oyster pirate ribbon
Sommer Berlin Schule Bruder fromage soleil maison jardin perro gato verano playa zima lato kwiat hund katze blume""".split()


def style_word_year():
    return R.choice(WORDS).capitalize() + str(R.randint(1970, 2029)) + R.choice("!#$?%")


def style_leet():
    word = R.choice(WORDS) + R.choice(WORDS)
    table = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"}
    hit = "".join(table[c] if c in table and R.random() < .6 else c for c in word)
    return hit.capitalize() + R.choice("!&*@") + str(R.randint(1, 99))


def style_generated():
    return take("w", R.randint(12, 20)) + R.choice("!#%^*-_+=") + take("w", 4) + R.choice("!@^*")


def style_plain_random():
    return take("w", R.randint(14, 28))


def style_dashes():
    return "-".join([R.choice(WORDS) + str(R.randint(1, 9)), R.choice(WORDS).capitalize(), R.choice(WORDS).capitalize(),
                     str(R.randint(1, 9)) + take("a", 1)])


def style_diceware():
    return R.choice("-_.").join(R.choice(WORDS).lower() for _ in range(R.randint(4, 6)))


def style_short():
    return take("a", 2) + take("A", 1) + take("9", 2) + R.choice("!#$%&*") + take("w", 3)


def style_two_words():
    return R.choice(WORDS).capitalize() + R.choice(WORDS).capitalize() + str(R.randint(10, 999))


def style_apple():
    return "-".join(take("w", 6) for _ in range(3))


def style_prefix_word():
    return R.choice(WORDS) + "_" + take("z", 8)


STYLES = [style_word_year, style_leet, style_generated, style_plain_random, style_dashes, style_diceware, style_short,
          style_two_words, style_apple, style_prefix_word]

# Templates whose password is known by its place. `{p}` the password, `{u}` percent-safe one.
PLACED = """
a.yml|spring:\\n  datasource:\\n    username: app\\n    password: {p}
a.properties|spring.datasource.password={p}
a.properties|hibernate.connection.password={p}
a.ini|[mysqld]\\nuser=app\\npassword={p}
.my.cnf.bak|[client]\\npassword="{p}"
.pgpass.old|db.corp.net:5432:app:svc:{p}
a.netrc.txt|machine git.corp.net\\n  login svc\\n  password {p}
a.cs|"Server=tcp:db.corp.net,1433;Initial Catalog=app;User ID=svc;Password={p};Encrypt=True"
web.config|<add name="Db" connectionString="Data Source=db1;Initial Catalog=x;User Id=sa;Password={p}" />
a.json|{{"ConnectionStrings": {{"Default": "Host=db.corp.net;Database=app;Username=svc;Password={p}"}}}}
a.py|engine = create_engine("postgresql://svc:{u}@db.corp.net/app")
a.py|conn = psycopg2.connect(host="db.corp.net", user="svc", password="{p}")
a.py|conn = psycopg2.connect("host=db.corp.net dbname=app user=svc password={u}")
a.php|$db = new mysqli("db.corp.net", "svc", "{p}", "app");
a.php|new PDO('mysql:host=db.corp.net;dbname=app', 'svc', '{p}');
a.rb|ActiveRecord::Base.establish_connection(adapter: 'pg', host: 'db', password: '{p}')
a.go|db, err := sql.Open("mysql", "svc:{u}@tcp(db.corp.net:3306)/app")
a.go|dsn := "host=db.corp.net user=svc password={u} dbname=app"
a.java|DriverManager.getConnection("jdbc:mysql://db.corp.net/app", "svc", "{p}");
a.java|"jdbc:oracle:thin:svc/{u}@db.corp.net:1521/app"
a.yml|url: amqp://svc:{u}@mq.corp.net:5672/
a.yml|url: mongodb://svc:{u}@m1.corp.net,m2.corp.net/app?replicaSet=rs0
a.yml|redis: redis://:{u}@cache.corp.net:6379/0
a.yml|elasticsearch: https://elastic:{u}@es.corp.net:9200
a.sh|curl -u svc:{p} https://api.corp.net/v1
a.sh|curl --user "svc:{p}" https://api.corp.net/v1
a.sh|wget --user=svc --password={p} https://files.corp.net/a.tgz
a.sh|wget --http-user svc --http-password '{p}' https://files.corp.net/a
a.sh|mysqldump -h db.corp.net -u svc -p'{p}' app > a.sql
a.sh|PGPASSWORD='{p}' psql -h db.corp.net -U svc app
a.sh|mongosh "mongodb://m.corp.net" -u svc -p {p}
a.sh|sshpass -p {p} scp a host.corp.net:
a.sh|echo '{p}' | sudo -S reboot
a.sh|echo "svc:{p}" | chpasswd
a.sh|openssl pkcs12 -in a.p12 -passin pass:{p} -nodes
a.sh|keytool -list -keystore a.jks -storepass {p}
a.sh|az login --service-principal -u app -p {p} --tenant corp
a.sh|docker login -u svc -p {p} registry.corp.net
a.sh|helm registry login r.corp.net --username svc --password {p}
a.sh|lftp -u svc,{p} ftp.corp.net
a.sh|smbclient //fs/share -U svc%{p}
a.sh|mount -t cifs //fs/share /mnt -o username=svc,password={p}
a.sh|ldapsearch -x -D cn=svc -w {p} -b dc=corp
a.sh|snmpget -v3 -u svc -A {p} host .1.3
a.sh|zip -P {p} a.zip b
a.sh|xfreerdp /u:svc /p:{p} /v:host
a.bat|net user svc {p} /add
a.ps1|$pw = ConvertTo-SecureString "{p}" -AsPlainText -Force
a.ps1|New-Object System.Net.NetworkCredential("svc", "{p}")
a.sql|CREATE USER svc WITH PASSWORD '{p}';
a.sql|CREATE USER 'svc'@'%' IDENTIFIED BY '{p}';
a.sql|CREATE LOGIN svc WITH PASSWORD = '{p}';
a.sql|ALTER USER svc IDENTIFIED BY "{p}";
a.xml|<server><id>corp</id><username>svc</username><password>{p}</password></server>
a.xml|<Resource name="jdbc/x" username="svc" password="{p}" driverClassName="y"/>
a.tf|master_password = "{p}"
a.yml|ansible_become_pass: {p}
hosts.ini|web1 ansible_host=10.0.0.5 ansible_ssh_pass={p}
wpa.conf|network={{\\n  ssid="home"\\n  psk="{p}"\\n}}
a.conf|requirepass {p}
a.conf|masterauth {p}
a.conf|bindpw {p}
a.conf|auth_basic_password "{p}";
a.js|mongoose.connect('mongodb+srv://svc:{u}@c0.ab1cd.mongodb.net/app')
a.js|nodemailer.createTransport({{auth: {{user: 'a@corp.net', pass: '{p}'}}}})
a.js|new Sequelize('app', 'svc', '{p}', {{host: 'db'}})
a.py|smtp.login("svc@corp.net", "{p}")
a.py|requests.get(url, auth=HTTPBasicAuth("svc", "{p}"))
a.py|paramiko_client.connect("h.corp.net", username="svc", password="{p}")
a.kt|signingConfigs {{ create("r") {{ storePassword = "{p}" }} }}
build.gradle|storePassword '{p}'
a.cs|new NetworkCredential("svc", "{p}")
a.rs|Credentials::new("svc".to_string(), "{p}".to_string())
a.md|Login: admin / Password: {p}
a.txt|user: admin\\npassword: {p}
a.txt|Passwort: {p}
a.txt|mot de passe : {p}
a.txt|contraseña: {p}
a.ipynb|{{"cells":[{{"source":["conn = connect(user='svc', password='{p}')\\\\n"]}}]}}
a.http|Authorization: Basic {b}
a.yml|  Authorization: "Basic {b}"
k.yaml|apiVersion: v1\\nkind: Secret\\nmetadata:\\n  name: db\\ndata:\\n  password: {q}
k.yaml|apiVersion: v1\\nkind: Secret\\nmetadata:\\n  name: db\\nstringData:\\n  password: {p}
k.json|{{"kind":"Secret","apiVersion":"v1","data":{{"db-password":"{q}"}}}}
a.yml|      - DATABASE_URL=postgres://svc:{u}@db:5432/app
a.env.txt|MAIL_URL=smtp://svc:{u}@mail.corp.net:587
a.env.txt|CELERY_BROKER_URL="amqp://svc:{u}@mq.corp.net//"
pip.conf|[global]\\nindex-url = https://svc:{u}@pypi.corp.net/simple
.gitconfig.bak|[url "https://svc:{u}@git.corp.net/"]
.git-credentials.txt|https://svc:{u}@git.corp.net
a.xml|<add key="ClearTextPassword" value="{p}" />
a.toml|[registry]\\nusername = "svc"\\npassword = "{p}"
a.lua|conn = env:connect("app", "svc", password == "{p}")
""".strip().splitlines()


def cases_of(name):
    words = name.lower().split("_")
    camel = words[0] + "".join(w.capitalize() for w in words[1:])
    return {"N": name, "s": name.lower(), "C": camel, "K": "-".join(words), "d": ".".join(words),
            "P": camel[0].upper() + camel[1:]}


def place(name, value, only=None):
    while True:
        path = R.choice(list(PLACES))
        template = R.choice(PLACES[path])
        if mine(template) and (only is None or only(path)):
            return path, template.format(v=value, **cases_of(name))


def emit(kind, cls, rule, text, path):
    print(json.dumps({"kind": kind, "class": cls, "source": "blind", "rule": rule, "text": text, "path": path}))


AROUND = ["{v}\n", "# settings\n{v}\nend = 1\n", "\ufeff{v}\r\n", "\n\n  {v}\n", "// a\n// b\n{v}\n// c\n"]


def tokens():
    for row in TOKENS:
        form, _, who = row.rpartition("|")
        if who in ("skip", "x") or "‹" not in form or not mine(row):
            continue
        for _ in range(3):
            value = fill(form)
            kind = R.randint(0, 3)
            if kind == 0 or "://" in form or " " in form or "=" in form:
                text = R.choice(["see {v}", "x = \"{v}\"", "- {v}", "`{v}`", "a({v})", "url: {v}", "<td>{v}</td>", "'{v}'", "{v}",
                                 "{{\"a\": \"{v}\"}}", "log {v} done"]).format(v=value)
                path = R.choice(["a.txt", "src/a.py", "b.md", "c.js", "tests/data/d.json", "e.yml"])
            else:
                path, text = place(R.choice(["VALUE", "API_KEY", "SETTING", "CONF", "TOKEN", "X"]), value)
            emit("pos", "A", who, R.choice(AROUND).format(v=text), path)
            if R.random() < .15:
                emit("pos", "A", who + ", base64", "data: " + b64("key is " + value + "\n") + "\n", "a.txt")


def named():
    for name, form in PAIRS:
        if not mine(name):
            continue
        for _ in range(3):
            if form == "uuid":
                value = fill("‹uuid›")
            elif form == "w8h32":
                value = "hbp_" + take("w", 36)
            else:
                value = take(form[0], int(form[1:]))
            value += {"+44": "", "+86": "=="}.get(form, "")
            path, text = place(name, value)
            emit("pos", "B", name, R.choice(AROUND).format(v=text), path)


def passwords():
    for name in PASSWORD_NAMES:
        if not mine(name):
            continue
        for style in STYLES:
            if mine(style.__name__):
                path, text = place(name, style(), lambda p: p not in ("notes.md", "app.log", "q.sql", "nginx.conf", "req.http"))
                emit("pos", "B", "named " + style.__name__, R.choice(AROUND).format(v=text), path)
    for row in PLACED:
        path, template = row.split("|", 1)
        if not mine(template):
            continue
        for style in STYLES:
            if not mine(style.__name__) or (style in (style_diceware, style_two_words) and R.random() < .5):
                continue
            password = style()
            safe = password.replace("#", "-").replace("?", "-").replace("%", "-").replace("@", "-").replace("^", "-")
            if path.endswith((".xml", "web.config")):
                password = password.replace("&", "&amp;").replace("<", "&lt;")
            text = template.replace("\\n", "\n").format(p=password, u=safe, b=b64("svc:" + password), q=b64(password))
            emit("pos", "B", "placed " + template[:34] + " " + style.__name__, text + "\n", path)


def keys():
    rows = lambda n: "\n".join(take("+", 64) for _ in range(n)) + "\n" + take("+", 40) + "==\n"
    for kind in ["RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY",
                 "ANY PRIVATE KEY", "SSH2 ENCRYPTED PRIVATE KEY"]:
        pem = f"-----BEGIN {kind}-----\n{rows(R.randint(3, 24))}-----END {kind}-----\n"
        if kind == "SSH2 ENCRYPTED PRIVATE KEY":
            pem = f"---- BEGIN {kind} ----\nComment: \"x\"\n{rows(10)}---- END {kind} ----\n"
        if not mine(kind):
            continue
        emit("pos", "A", kind, pem, "a.txt")
        emit("pos", "A", kind + " yaml", "tls:\n  key: |\n" + "".join("    " + line + "\n" for line in pem.splitlines()), "v.yaml")
        emit("pos", "A", kind + " python", "KEY = (\n" + "".join(f'    "{line}\\n"\n' for line in pem.splitlines()) + ")\n", "k.py")
        emit("pos", "A", kind + " js", "const k = `" + pem + "`;\n", "k.js")
        emit("pos", "A", kind + " go test", "var k = []byte(`" + pem + "`)\n", "pkg/k.go")
        emit("pos", "A", kind + " java", "String k = " + " +\n    ".join(f'"{line}\\n"' for line in pem.splitlines()) + ";\n", "K.java")
        emit("pos", "A", kind + " env", "KEY=\"" + pem.replace("\n", "\\n") + "\"\n", "x.conf")
        emit("pos", "A", kind + " b64 env", "KEY_B64=" + b64(pem) + "\n", "x.conf")
        emit("pos", "A", kind + " wide", pem.encode("utf-16").decode("latin-1"), "w.txt")
    for version in "23":
        emit("pos", "A", "putty", f"PuTTY-User-Key-File-{version}: ssh-ed25519\r\nEncryption: none\r\nComment: k\r\nPublic-Lines: 2\r\n"
             f"{take('+', 64)}\r\n{take('+', 12)}\r\nPrivate-Lines: 1\r\n{take('+', 44)}\r\nPrivate-MAC: {take('h', 64)}\r\n", "k.txt")


def passing():
    h, w, p = (lambda n: take("h", n)), (lambda n: take("w", n)), (lambda n: take("+", n))
    uid = lambda: fill("‹uuid›")
    for _ in range(5):
        yield "bun.lock", '    "a": ["a@1.0.0", "", {}, "sha512-%s=="],\n' % p(86), "bun.lock"
        yield "gradle", f'<artifact name="a.jar"><sha256 value="{h(64)}" origin="Generated"/></artifact>', "gradle/verification-metadata.xml"
        yield "swift", f'"revision" : "{h(40)}", "version" : "1.2.3"', "Package.resolved"
        yield "mix", f'"a": {{:hex, :a, "1.0.0", "{h(64)}", [:mix], [], "hexpm", "{h(64)}"}},', "mix.lock"
        yield "bazel", f'http_archive(name = "a", sha256 = "{h(64)}", urls = ["https://x/a-{h(40)}.tar.gz"])', "WORKSPACE"
        yield "vcpkg", f"vcpkg_from_github(REPO a/b REF {h(40)} SHA512 {h(128)})", "portfile.cmake"
        yield "nuget", f'"contentHash": "{p(86)}=="', "packages.lock.json"
        yield "pip", f"requests==2.0 \\\n    --hash=sha256:{h(64)} \\\n    --hash=sha256:{h(64)}\n", "requirements.txt"
        yield "terraform", f'  hashes = [\n    "h1:{p(43)}=",\n    "zh:{h(64)}",\n  ]', ".terraform.lock.hcl"
        yield "nix", f'fetchFromGitHub {{ rev = "{h(40)}"; hash = "sha256-{p(43)}="; }}', "default.nix"
        yield "deno", f'"https://deno.land/std/a.ts": "{h(64)}"', "deno.lock"
        yield "homebrew", f'    sha256 cellar: :any, arm64_sonoma: "{h(64)}"', "Formula/a.rb"
        yield "pkgbuild", f"sha256sums=('{h(64)}'\n            'SKIP')\nvalidpgpkeys=('{h(40).upper()}')", "PKGBUILD"
        yield "submodule", f"-{h(40)} third_party/x (heads/main)\n160000 commit {h(40)}\tlib", "status.txt"
        yield "docker", f"image: ghcr.io/a/b@sha256:{h(64)}\nimageID: docker-pullable://x@sha256:{h(64)}", "pod.yaml"
        yield "actions", f"uses: a/b@{h(40)}  # v1.2.3\nkey: ${{{{ runner.os }}}}-cargo-${{{{ hashFiles('**/Cargo.lock') }}}}", ".github/workflows/x.yml"
        yield "uuid", f"'session': '{uid()}', 'userId': '{uid()}', trace={uid()}", "a.py"
        yield "uuid", f"[Guid(\"{uid().upper()}\")]\nclsid = {{{uid()}}}", "a.cs"
        yield "uuid", f"aws_cognito_user_pool_id = \"eu-west-1_{w(9)}\"\ntenant_id = \"{uid()}\"\nsubscription_id = \"{uid()}\"", "a.tf"
        yield "sops", f"password: ENC[AES256_GCM,data:{p(20)}==,iv:{p(43)}=,tag:{p(22)}==,type:str]\nsops:\n    mac: ENC[AES256_GCM,data:{p(100)},iv:{p(43)}=]\n    pgp:\n        - fp: {h(40).upper()}", "secrets.sops.yaml"
        yield "vault", "db_password: !vault |\n          $ANSIBLE_VAULT;1.2;AES256;prod\n" + "".join(f"          {h(80)}\n" for _ in range(6)), "group_vars/all.yml"
        yield "sealed", "kind: SealedSecret\nspec:\n  encryptedData:\n    token: AgB" + p(600), "s.yaml"
        yield "kms", f"ciphertext: AQICAHh{p(180)}==", "kms.yaml"
        yield "eyaml", f"db::password: >\n  ENC[PKCS7,{p(300)}]", "common.eyaml"
        yield "credentials", f"{p(400)}--{p(16)}--{p(24)}==", "config/credentials.yml.enc"
        yield "jasypt", f"spring.datasource.password=ENC({p(44)}=)", "a.properties"
        yield "bcrypt", f"'password' => '$2y$10${w(53)}',", "seeds.php"
        yield "bcrypt", f"password: pbkdf2_sha256$600000${w(22)}${p(43)}=", "users.json"
        yield "scram", f"CREATE ROLE a PASSWORD 'SCRAM-SHA-256$4096:{p(22)}==${p(43)}=:{p(43)}=';", "a.sql"
        yield "shadow", f"root:$6${w(16)}${w(86)}:19000:0:99999:7:::", "shadow.txt"
        yield "pub", f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{p(43)} me@x", "deploy.yml"
        yield "pub", f"    ssh_authorized_keys:\n      - ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY{p(110)}= me", "cloud.yml"
        yield "pub", f"-----BEGIN CERTIFICATE-----\n{p(64)}\n{p(64)}\n{p(40)}\n-----END CERTIFICATE-----", "tls.yaml"
        yield "pub", f"-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A{p(32)}\n{p(64)}\n-----END PUBLIC KEY-----", "jwt.pub.txt"
        yield "pub", f"-----BEGIN SSH SIGNATURE-----\n{p(64)}\n{p(64)}\n-----END SSH SIGNATURE-----", "a.sig"
        yield "pub", f"certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tC{p(400)}", "ca.yaml"
        yield "pub", f"publicKey: {p(43)}=\nwireguard_public_key = \"{p(43)}=\"", "wg.yml"
        yield "pub", f"untrusted comment: signify public key\nRWS{p(53)}", "a.pub"
        yield "pub", f"{{\"kty\":\"RSA\",\"n\":\"{take('_', 342)}\",\"e\":\"AQAB\",\"kid\":\"{h(40)}\",\"use\":\"sig\"}}", "jwks.json"
        yield "dns", f"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ{p(180)}", "zone.txt"
        yield "dns", f"google-site-verification={take('_', 43)}", "zone.txt"
        yield "eth", f"const CONTRACT = '0x{h(40)}';\nbytes32 constant ROLE = 0x{h(64)};", "a.ts"
        yield "tx", f"txHash: 0x{h(64)}\nblock: 0x{h(64)}", "a.json"
        yield "cid", f"ipfs://bafybei{take('2', 52).lower()}\nQm{take('v', 44)}", "a.md"
        yield "model", f"hf.co/org/model@{h(40)}\nckpt: epoch_10-{h(8)}.safetensors", "a.yaml"
        yield "etag", f"ETag: W/\"{h(32)}\"\nX-Request-Id: {uid()}\nCF-RAY: {h(16)}-FRA", "a.http"
        yield "csp", f"script-src 'sha256-{p(43)}=' 'nonce-{w(22)}=='", "nginx.conf"
        yield "svg", f"<path d=\"M{'L'.join(str(R.randint(1, 999)) + '.' + take('9', 3) for _ in range(80))}\"/>", "a.svg"
        yield "img", f"data:image/jpeg;base64,/9j/4AAQSkZJRg{p(900)}", "a.html"
        yield "chunk", f'"static/js/main.{h(8)}.chunk.js": "/static/js/main.{h(20)}.js"', "asset-manifest.json"
        yield "minified", "!function(e,t){" + "".join(f"var {take('a', 1)}={take('a', 1)}.{take('a', 3)}({R.randint(1, 999)});" for _ in range(200)) + "}();", "a.min.js"
        yield "locale", f"password.reset.title=Reset your password\npassword.too_short=Password must have at least {R.randint(6, 12)} characters", "messages_en.properties"
        yield "ids", f"G-{take('Z', 10)} UA-{take('9', 8)}-1 GTM-{take('Z', 7)} ca-pub-{take('9', 16)} fb:{take('9', 15)}", "index.html"
        yield "ids", f"ocid1.instance.oc1.phx.{take('z', 60)} i-{h(17)} projects/{take('9', 12)}/secrets/db-password/versions/3", "a.yml"
        yield "cursor", f"nextPageToken: {take('_', 60)}\n\"continuationToken\": \"{take('+', 80)}\"", "resp.json"
        yield "csrf", f'<input type="hidden" name="csrf_token" value="{take("_", 43)}">', "page.html"
        yield "stripe", f"prod_{w(14)} price_{w(24)} cus_{w(14)} pi_{w(24)} evt_{w(24)} pk_live_{w(24)}", "a.rb"
        yield "cert id", f"thumbprint = \"{h(40).upper()}\"\nserial: {h(32)}\nSubjectKeyIdentifier: {':'.join(h(2).upper() for _ in range(20))}", "a.cfg"
    for path, line in [row.split("|", 1) for row in NEGATIVE_LINES]:
        if mine(line):
            yield "line", line.replace("\\n", "\n"), path


NEGATIVE_LINES = """
a.py|PASSWORD = os.getenv("DB_PASSWORD")
a.py|password = getpass.getpass("Password: ")
a.py|api_key = settings.OPENAI_API_KEY
a.py|token = request.headers.get("Authorization", "").removeprefix("Bearer ")
a.py|secret = secrets.token_hex(32)
a.py|parser.add_argument("--password", help="the password of the account")
a.py|raise ValueError("password must not be empty")
a.py|password: Optional[SecretStr] = Field(None, env="APP_PASSWORD")
a.py|PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
a.py|AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]
a.js|const token = await getToken({ req, secret: process.env.NEXTAUTH_SECRET })
a.js|password: yup.string().min(8).required('Password is required')
a.js|<input type="password" name="password" autoComplete="current-password" placeholder="Password" />
a.js|apiKey: import.meta.env.VITE_API_KEY,
a.js|headers: { Authorization: `Bearer ${accessToken}` }
a.js|if (!password || password.length < 8) throw new Error('weak password')
a.js|export const TOKEN_STORAGE_KEY = 'app:auth-token'
a.js|localStorage.getItem('access_token')
a.js|const SECRET_NAME = 'prod/db/credentials'
a.ts|passwordControl = new FormControl('', [Validators.required])
a.ts|type Token = { kind: 'string-literal'; value: string }
a.go|password := os.Getenv("PASSWORD")
a.go|flag.StringVar(&cfg.Password, "password", "", "password for the database")
a.go|Token: viper.GetString("auth.token"),
a.go|errInvalidPassword = errors.New("invalid username or password")
a.rs|let token = std::env::var("API_TOKEN").expect("API_TOKEN not set");
a.rs|pub struct Credentials { pub username: String, pub password: String }
A.java|@Value("${spring.datasource.password}") private String password;
A.java|String password = System.getenv("DB_PASSWORD");
A.java|private static final String PASSWORD_PARAMETER = "j_password";
A.cs|var key = Configuration["ApiKey"];
A.cs|public string Password { get; set; } = string.Empty;
A.kt|val token = prefs.getString(KEY_TOKEN, null)
a.rb|password = ENV.fetch("DB_PASSWORD") { raise "unset" }
a.rb|validates :password, length: { minimum: 8 }, confirmation: true
a.php|'password' => env('DB_PASSWORD', ''),
a.php|$password = $_POST['password'] ?? '';
a.sh|read -rsp "Password: " password
a.sh|TOKEN=$(curl -s https://idp/token | jq -r .access_token)
a.sh|export GITHUB_TOKEN="$(gh auth token)"
a.sh|docker login -u "$USER" -p "$PASSWORD" registry
a.sh|curl -u "$USER:$PASS" https://api.corp.net
a.sh|mysql -u root -p"$MYSQL_ROOT_PASSWORD"
a.sh|sshpass -f /run/secrets/pw ssh host
a.ps1|$cred = Get-Credential -UserName svc
a.yml|password: "{{ vault_db_password }}"
a.yml|password: ${DB_PASSWORD:?not set}
a.yml|token: ${{ secrets.GITHUB_TOKEN }}
a.yml|apiKey:\\n  valueFrom:\\n    secretKeyRef:\\n      name: api\\n      key: token
a.yml|existingSecret: postgres-credentials
a.yml|password: <path:kv/data/db#password>
a.yml|secretKey: !Ref DatabaseSecret
a.yml|password: '{{resolve:secretsmanager:prod/db:SecretString:password}}'
a.yml|MYSQL_PASSWORD_FILE: /run/secrets/mysql_password
a.tf|password = var.db_password
a.tf|password = random_password.db.result
a.tf|secret_string = jsonencode({ password = local.password })
a.tf|token = data.vault_generic_secret.x.data["token"]
a.properties|spring.datasource.password=${DB_PASSWORD}
a.properties|password.encoder=bcrypt
a.xml|<password>${env.MAVEN_PASSWORD}</password>
a.xml|<property name="password" value="${jdbc.password}"/>
a.json|{"password": {"type": "string", "minLength": 8, "description": "password of the user"}}
a.json|{"$ref": "#/components/schemas/TokenResponse"}
a.json|{"token": {"expiresIn": 3600, "issuer": "https://idp.corp.net"}}
.env.example|API_KEY=\\nSECRET=change-me-please\\nPASSWORD=your_password_here
README.md|export OPENAI_API_KEY="sk-..."
README.md|Set `STRIPE_KEY` to `sk_test_xxxxxxxxxxxxxxxxxxxxxxxx`.
README.md|curl -H "Authorization: Bearer YOUR_TOKEN" https://api.corp.net
README.md|postgres://USER:PASSWORD@HOST:5432/DB
README.md|mysql://[user]:[password]@[host]/[db]
README.md|The default password is `admin`.
a.md|The token is 40 characters long and begins with ghp_.
a.html|<label for="password">Password</label><input id="password" type="password">
a.css|.password-field { border: 1px solid; } .token-list__item--secret { color: red }
a.vue|<PasswordInput v-model="form.password" :rules="passwordRules" label="login.password.label" />
a.sql|CREATE TABLE users (id uuid, password varchar(255) NOT NULL, token text);
a.sql|SELECT password_hash FROM users WHERE email = $1
a.proto|string access_token = 1; string refresh_token = 2;
a.graphql|type AuthPayload { token: String! user: User! }
a.c|static const struct token_desc tokens[] = { { TOKEN_IDENT, "identifier" }, };
a.c|#define KEY_LEFTCTRL 29
a.cpp|m_passwordEdit->setEchoMode(QLineEdit::Password);
a.h|bool checkPassword(const QString &password, const QByteArray &salt) const;
a.po|msgid "Enter your password"\\nmsgstr "Geben Sie Ihr Passwort ein"
a.yml|de:\\n  password: "Passwort"\\n  password_confirmation: "Passwort wiederholen"\\n  forgot_password: "Passwort vergessen?"
a.yml|strings:\\n  token_expired: "Your session has expired, please log in again"
a.ini|; password = secret\\n#password=changeme
a.ini|password_policy = strong-with-digits
a.yml|passwordPolicy: min-length-12-with-symbols
a.yml|auth:\\n  strategy: password-grant-with-refresh
a.yml|secretName: my-app-production-tls
a.yml|tokenSecretRef: registry-pull-token-secret
a.js|passwordStrategy: 'bcrypt-sha-256-salted'
a.js|const passwordSelector = '#login-form-password-input'
a.js|'forgot-password': 'app-forgot-password-page-component'
a.js|password: 'login.form.fields.password'
a.js|t('settings.security.change_password.title')
a.py|PASSWORD_RESET_TEMPLATE = 'accounts/password_reset_email.html'
a.py|logger.info("token refreshed for user %s", user.id)
a.py|password_field = "user_password_encrypted_value"
a.go|const passwordKey = "kubernetes.io/basic-auth-password"
a.yml|password: op://Private/db/password
a.yml|password: vault:secret/data/db#password
a.yml|password: ref+awsssm://prod/db/password
a.yml|password: keyring:corp/db
a.ini|password = %(DB_PASSWORD)s
a.yml|password: "@env:DB_PASSWORD"
a.toml|password = { env = "DB_PASSWORD" }
a.json|"password": "#{DbPassword}#"
a.bat|set PASSWORD=%1
a.mk|PASSWORD ?= $(shell cat .password)
a.txt|Forgot your password? Ask the administrator: it is never sent by mail.
a.yml|- name: password-reset-rate-limit-per-minute
a.py|token_type = 'urn:ietf:params:oauth:token-type:access_token'
a.xml|<xs:element name="password" type="xs:string"/>
a.yml|pass: true\\nfail: false
a.js|pass: /^\\\\S+$/, fail: 'no-whitespace-allowed-here'
""".strip().splitlines()


def main():
    tokens()
    keys()
    named()
    passwords()
    for rule, text, path in passing():
        emit("neg", "N", rule, text, path)


main()
