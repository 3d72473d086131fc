#!/usr/bin/env python3
"""Cases for `bench_gate vectors`, made from the formats that providers document; no list of examples is read.

    make_vectors.py [SEED] > vectors.jsonl

The formats are written down here a second time, on purpose not read from resources/privacy: a mistake there shows as a
miss here. Class A identifies itself, B is known by the words around it, N must pass. A value is random at every run
with another seed, so nothing of this file is a secret, and no case can be learned by heart.
"""

import base64
import json
import random
import re
import sys
import uuid
import zlib

R = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
LOWER = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
MIXED = LOWER.upper() + LOWER + DIGITS
SETS = {"h": DIGITS + "abcdef", "H": DIGITS + "ABCDEF", "d": DIGITS, "l": LOWER, "L": LOWER.upper(),
        "x": LOWER + DIGITS, "X": LOWER.upper() + DIGITS, "w": MIXED, "u": MIXED + "_-", "b": MIXED + "+/",
        "3": LOWER.upper() + "234567", "a": LOWER + "234567",
        "B": "qpzry9x8gf2tvdw0s3jn54khce6mua7l", "C": "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"}


def some(letters, count):
    return "".join(R.choice(letters) for _ in range(count))


def make(form):
    """`%w{36}` is 36 of a set, `%w{20,40}` a random number of them, `%U` a UUID, `(a|b)` one of them."""
    form = re.sub(r"\(([^()]*)\)", lambda m: R.choice(m[1].split("|")), form)
    form = form.replace("%U", str(uuid.UUID(int=R.getrandbits(128), version=4)))
    return re.sub(r"%([a-zA-Z3])\{(\d+)(?:,(\d+))?\}",
                  lambda m: some(SETS[m[1]], R.randint(int(m[2]), int(m[3] or m[2]))), form)


def b64(text):
    return base64.b64encode(text if isinstance(text, bytes) else text.encode()).decode()


def b64url(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def password():
    """As people choose them: a word or two, digits, a sign; or as a generator makes them."""
    words = ["kestrel", "harbour", "Quartz", "velvet", "Mango", "tundra", "Pilot", "ember", "walnut", "Sonic"]
    kind = R.randint(0, 2)
    if kind == 0:
        return R.choice(words).capitalize() + R.choice("!@#$_-.") + some(DIGITS, R.randint(2, 4)) + R.choice("xq!Z")
    if kind == 1:
        return R.choice(words) + some(DIGITS, 2) + R.choice(words).capitalize() + R.choice("!#%*")
    return some(MIXED, R.randint(14, 24)) + some("!#*_-", 1) + some(DIGITS, 1)


def crc62(prefix, length):
    """GitHub's scheme, also npm's: the last six characters are the CRC-32 of what is random, in base 62."""
    alphabet = DIGITS + LOWER.upper() + LOWER
    body = some(MIXED, length - 6)
    crc, text = zlib.crc32(body.encode()), ""
    for _ in range(6):
        text, crc = alphabet[crc % 62] + text, crc // 62
    return prefix + body + text


def jwt():
    head = {"alg": R.choice(["HS256", "RS256", "ES256"]), "typ": "JWT"}
    body = {"iss": "https://" + some(LOWER, 8) + ".io", "sub": some(DIGITS, 9), "exp": R.randint(17e8, 19e8)}
    return f"{b64url(json.dumps(head))}.{b64url(json.dumps(body))}.{some(SETS['u'], R.choice([43, 86, 342]))}"


def pem(kind, lines=12):
    body = "\n".join(some(SETS["b"], 64) for _ in range(lines))
    return f"-----BEGIN {kind}-----\n{body}\n{some(SETS['b'], 30)}==\n-----END {kind}-----\n"


def putty(version):
    rows = lambda n: "\n".join(some(SETS["b"], 64) for _ in range(n))
    return (f"PuTTY-User-Key-File-{version}: ssh-rsa\nEncryption: none\nComment: {some(LOWER, 6)}\nPublic-Lines: 4\n"
            f"{rows(4)}\nPrivate-Lines: 8\n{rows(8)}\nPrivate-MAC: {some(SETS['h'], 40)}\n")


# provider: forms that nobody can take for anything else
OWN = {
    "AWS": ["(AKIA|ASIA)%3{16}"], "AWS Bedrock": ["ABSK%b{128}"], "GitHub fine": ["github_pat_%w{22}_%w{59}"],
    "GitLab": ["glpat-%u{20}", "gldt-%u{20}", "glrt-%u{20}", "glptt-%h{40}", "glcbt-%h{2}_%u{20}", "glft-%u{20}",
               "glsoat-%u{20}", "glimt-%u{25}", "glagent-%u{50}", "gloas-%h{64}", "glffct-%u{20}"],
    "Slack": ["xoxb-%d{12}-%d{13}-%w{24}", "xoxp-%d{12}-%d{12}-%d{13}-%h{32}", "xapp-1-A%X{10}-%d{13}-%h{64}",
              "https://hooks.slack.com/services/T%X{8,10}/B%X{8,10}/%w{24}", "xoxe.xoxp-1-%w{166}", "xoxe-1-%w{146}",
              "https://hooks.slack.com/workflows/T%X{10}/A%X{10}/%d{18}/%w{24}"],
    "Stripe": ["(sk|rk)_(live|test)_%w{24}", "sk_live_51%w{97}", "whsec_%w{32}"],
    "Twilio": ["SK%h{32}"], "SendGrid": ["SG.%u{22}.%u{43}"], "Mailgun": ["key-%h{32}", "%h{32}-%h{8}-%h{8}"],
    "Mailchimp": ["%h{32}-us%d{1,2}"], "Brevo": ["xkeysib-%h{64}-%w{16}", "xsmtpsib-%h{64}-%w{16}"],
    "Google": ["AIza%u{35}", "GOCSPX-%u{28}", "ya29.%u{100,160}", "1//0%u{60,90}"],
    "OpenAI": ["sk-%w{20}T3BlbkFJ%w{20}", "sk-proj-%u{74}T3BlbkFJ%u{74}", "sk-svcacct-%u{74}T3BlbkFJ%u{74}",
               "sk-admin-%u{74}T3BlbkFJ%u{74}"],
    "Anthropic": ["sk-ant-api03-%u{93}AA", "sk-ant-admin01-%u{93}AA"], "xAI": ["xai-%w{80}"],
    "Groq": ["gsk_%w{52}"], "Perplexity": ["pplx-%w{48}"], "Replicate": ["r8_%w{37}"], "Hugging Face": ["hf_%w{34}"],
    "OpenRouter": ["sk-or-v1-%h{64}"], "NVIDIA": ["nvapi-%u{64}"], "LangSmith": ["lsv2_(pt|sk)_%h{32}_%h{10}"],
    "Langfuse": ["sk-lf-%U"], "Tavily": ["tvly-%w{32}"], "Pinecone": ["pcsk_%w{5,6}_%w{63}"], "Fireworks": ["fw_%w{24}"],
    "DigitalOcean": ["(dop|doo|dor)_v1_%h{64}"], "Heroku": ["HRKU-AA%u{58}"], "Fly": ["fo1_%u{43}", "FlyV1 fm2_%b{120}"],
    "Vercel": ["vcp_%w{56}", "vercel_blob_rw_%w{16}_%w{30}"], "Netlify": ["nfp_%w{36}"], "Render": ["rnd_%w{28}"],
    "Supabase": ["sbp_%h{40}", "sb_secret_%u{22}_%u{8}"], "PlanetScale": ["pscale_(tkn|pw|oauth)_%u{43}"],
    "Neon": ["napi_%x{64}"], "Databricks": ["dapi%h{32}", "dapi%h{32}-2"], "Dynatrace": ["dt0c01.%X{24}.%X{64}"],
    "Doppler": ["dp.pt.%w{43}", "dp.st.dev.%w{40,44}", "dp.ct.%w{40,44}"], "Vault": ["hvs.%u{90,100}", "hvb.%u{138,160}"],
    "Terraform": ["%w{14}.atlasv1.%u{60,70}"], "Pulumi": ["pul-%h{40}"], "Infisical": ["st.%h{24}.%h{32}.%h{32}"],
    "1Password": ["ops_eyJ%b{260}", "A3-%X{6}-%X{11}-%X{5}-%X{5}-%X{5}"], "npm": [], "PyPI": ["pypi-AgEIcHlwaS5vcmc%u{70,120}"],
    "RubyGems": ["rubygems_%h{48}"], "crates.io": ["cio%w{32}"], "NuGet": ["oy2%x{43}"], "Clojars": ["CLOJARS_%h{60}"],
    "Docker": ["dckr_pat_%u{27}", "dckr_oat_%w{32}"], "JFrog": ["AKCp%w{69}", "cmVmdGtu%w{56}"], "Shopify": ["shp(at|ca|pa|ss)_%h{32}"],
    "Square": ["sq0atp-%u{22}", "sq0csp-%u{43}", "EAAA%u{60}"], "PayPal": ["access_token$production$%x{16}$%h{32}"],
    "Razorpay": ["rzp_live_%w{14}"], "Flutterwave": ["FLWSECK-%h{32}-X", "FLWSECK_TEST-%h{32}-X"], "Paystack": ["sk_live_%h{40}"],
    "Plaid": ["access-(sandbox|production|development)-%U"], "Adyen": ["AQE%w{6}hm%b{90}"], "Duffel": ["duffel_(test|live)_%u{43}"],
    "EasyPost": ["EZ(AK|TK)%w{54}"], "Shippo": ["shippo_(live|test)_%h{40}"], "Lob": ["(live|test)_%h{35}"],
    "Atlassian": ["ATATT3xFfGF0%u{171}=%H{8}", "ATCTT3xFfGN0%u{171}=%H{8}", "ATBB%w{32}"], "Linear": ["lin_api_%w{40}"],
    "Notion": ["ntn_%d{11}%w{35}", "secret_%w{43}"], "Figma": ["figd_%u{40}"], "Airtable": ["pat%w{14}.%h{64}"],
    "Asana": ["1/%d{16}:%h{32}", "2/%d{16}/%d{16}:%h{32}"], "ClickUp": ["pk_%d{7,8}_%X{32}"], "Postman": ["PMAK-%h{24}-%h{34}"],
    "Typeform": ["tfp_%u{40,59}"], "Contentful": ["CFPAT-%u{43}"], "Sanity": [], "Readme": ["rdme_%x{70}"],
    "Sentry": ["sntrys_eyJ%b{120}_%b{43}", "sntryu_%h{64}"], "Grafana": ["glsa_%w{32}_%h{8}", "glc_eyJ%b{90}"],
    "New Relic": ["NRAK-%X{27}", "NRII-%u{32}", "NRJS-%h{19}", "%h{36}NRAL"], "Honeycomb": ["hcaik_01%x{56}", "hcxik_01%x{58}"],
    "Axiom": ["xaat-%U", "xapt-%U"], "Logfire": ["pylf_v1_us_%w{43}"], "PostHog": ["phx_%w{43,48}"],
    "LaunchDarkly": ["(api|sdk|mob)-%U"], "Statsig": ["secret-%w{40}"], "Snyk": [], "SonarQube": ["sq(u|p|a)_%h{40}"],
    "Semgrep": [], "Sourcegraph": ["sgp_%h{40}", "sgp_%h{16}_%h{40}"], "CircleCI": ["CCIPAT_%w{22}_%h{40}"],
    "Buildkite": ["bkua_%h{40}"], "Travis": [], "Octopus": ["API-%X{26,32}"], "Harness": ["pat.%u{22}.%h{24}.%w{20}"],
    "Prefect": ["pn(u|b)_%w{36}"], "dbt": ["dbtc_%u{40}"], "Tailscale": ["tskey-(api|auth|client)-%w{12,17}CNTRL-%w{32}"],
    "Cloudflare": ["v1.0-%h{24}-%h{146}"], "Discord": ["https://discord.com/api/webhooks/%d{18,19}/%u{68}",
                                                       "M%u{23,25}.%u{6}.%u{38}"],
    "Telegram": ["%d{9,10}:AA%u{33}"], "Teams": ["https://%l{7}.webhook.office.com/webhookb2/%U@%U/IncomingWebhook/%h{32}/%U"],
    "Azure": ["%w{3}%d{1}Q~%u{31}%w{3}", "https://%l{8}.blob.core.windows.net/c?sv=2022-11-02&ss=b&srt=sco&sp=rwdl&se=2029-01-01T00:00:00Z&sig=%w{43}%%3D",
              "DefaultEndpointsProtocol=https;AccountName=%l{9};AccountKey=%b{86}==;EndpointSuffix=core.windows.net",
              "Endpoint=sb://%l{8}.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=%b{43}="],
    "Azure DevOps": ["%w{76}AZDO%w{4}"], "Alibaba": ["LTAI%w{20}"], "Tencent": ["AKID%w{32}"], "Yandex": ["AQVN%u{35,38}"],
    "IBM": [], "Linode": [], "Scaleway": ["SCW%X{17}"], "Backblaze": ["K00%d{1}%b{27}"], "Exoscale": ["EXO%h{24}"],
    "Facebook": ["EAA%w{100,180}"], "Mapbox": ["sk.eyJ%u{70,90}.%u{22}"], "HubSpot": ["pat-(na1|eu1)-%U"], "Intercom": [],
    "Klaviyo": ["pk_%h{34}"], "Resend": ["re_%w{8}_%w{24}"], "MailerSend": ["mlsn.%h{64}"], "Sendinblue": [],
    "Pushover": [], "Novu": [], "Knock": ["sk_%u{43}"], "Ngrok": [], "Frame.io": ["fio-u-%u{64}"],
    "Age": ["AGE-SECRET-KEY-1%C{58}"], "Deno": ["dd(p|w)_%w{36}"], "Cursor": ["key_%h{64}"], "Weights & Biases": [],
    "Apify": ["apify_api_%w{36}"], "Trigger.dev": ["tr_(dev|prod)_%w{20,24}"], "Clerk": ["sk_live_%w{40,50}"],
    "WorkOS": ["sk_live_%w{40,60}"], "Inngest": ["signkey-prod-%h{64}"], "Temporal": [], "Convex": ["prod:%l{6}-%l{6}-%d{3}|%b{80}"],
    "Unkey": ["unkey_%w{22,24}"], "Val Town": ["vtwn_%w{28}"], "E2B": ["e2b_%h{40}"], "Firecrawl": ["fc-%h{32}"],
    "Exa": [], "Jina": ["jina_%h{32}%u{28}"], "Voyage": ["pa-%u{43}"], "Cerebras": ["csk-%x{48}"],
    "Together": ["tgp_v1_%u{43}"], "ElevenLabs": ["sk_%h{48}"], "Telnyx": ["KEY%H{32}_%w{22}"], "Zuplo": ["zpka_%h{32}_%h{8}"],
    "Tinybird": ["p.eyJ%u{80,110}.%u{43}"], "Snowflake": [], "Confluent": ["cflt%b{60}"], "Aiven": ["AVNS_%u{19}"],
    "MongoDB": ["mongodb+srv://%l{6}:%w{16}@%l{7}.%x{5}.mongodb.net/app"], "Bitwarden": ["0.%U.%w{30}:%b{22}=="],
    "Teleport": [], "Rancher": ["token-%x{5}:%x{54}"], "OpenShift": ["sha256~%u{43}"], "Kubernetes": [],
    "Pangea": ["pts_%a{32}"], "Ory": ["ory_(pat|apikey|at|rt)_%w{32}"], "Stytch": ["secret-(live|test)-%u{36}="],
    "Auth0": [], "Okta": [], "Keygen": ["prod-%h{64}v3"], "Codecov": [], "Thunderstore": ["tss_%w{32}"], "Rollbar": [],
    "Zapier": ["https://hooks.zapier.com/hooks/catch/%d{7}/%x{7}"], "Google Chat": [
        "https://chat.googleapis.com/v1/spaces/%u{11}/messages?key=AIza%u{35}&token=%u{43}"],
    "Feishu": ["https://open.feishu.cn/open-apis/bot/v2/hook/%U"], "WeCom": ["https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=%U"],
    "DingTalk": ["https://oapi.dingtalk.com/robot/send?access_token=%h{64}"], "Mattermost": [],
    "Power Automate": ["https://prod-%d{2}.westus.logic.azure.com:443/workflows/%h{32}/triggers/manual/paths/invoke?api-version=2016-06-01&sig=%u{43}"],
    "MessageBird": [], "Nostr": ["nsec1%B{58}"], "Bitcoin": [], "Lichess": ["lip_%w{20}"], "Sidekiq": ["https://%h{8}:%h{8}@gems.contribsys.com/"],
    "Hetzner robot": [], "Bitrise": ["bitpat_%u{43}"], "Expo": [], "Mergify": ["mka_%u{40}"], "Depot": ["depot_(org|project)_%h{64}"],
    "Aikido": ["AIK_%w{60}"], "GitGuardian": [], "Tines": [], "Coinbase": [], "Kraken": [], "Twitch": ["oauth:%x{30}"],
    "Mux": [], "Daily": [], "Courier": ["pk_prod_%X{28}"], "Polar": ["polar_oat_%u{43}"],
    "Lago": [], "Paddle": ["pdl_(live|sdbx)_apikey_01%x{24}_%w{22}_%w{3}"], "Lemon Squeezy": [], "RevenueCat": ["sk_%w{28}"],
    "Mollie": ["(live|test)_%w{30}"], "GoCardless": ["live_%u{40}"], "SumUp": ["sup_sk_%w{32}"], "Chargebee": ["live_%w{32}"],
    "Xendit": ["xnd_production_%w{50,60}"], "Midtrans": ["Mid-server-%u{24}"], "Mercado Pago": ["APP_USR-%d{16}-%d{6}-%h{32}-%d{8,9}"],
    "Checkout.com": ["sk_%x{27}"], "Omise": ["skey_%x{19}"], "Conekta": [], "Iyzico": [], "Dropbox": ["sl.%u{130,150}"],
    "Box": [], "Zoho": ["1000.%h{32}.%h{32}"], "Salesforce": ["00D%w{12}!%w{90}"], "Zendesk": [], "Freshdesk": [],
    "Bluesky": [], "Replicate webhook": ["whsec_%b{32}"], "Svix": ["sk_%w{32}.eu"], 
    "Pusher": [], "Sauce Labs": [], "BrowserStack": [], "Percy": ["web_%h{64}"], "Chromatic": ["chpt_%h{15,16}"], "Argos": [],
    "Lokalise": [], "Crowdin": [], "Doppler SCIM": ["dp.scim.%w{43}"], "Elastic": ["essu_%b{60}"], "Meilisearch": [], "Typesense": [],
    "Turso": [], "Upstash": [], "Xata": ["xau_%w{38}"], "Timescale": [], "Cockroach": ["CCDB1_%w{22}_%w{40}"],
    "MinIO": [], "Gitea": [], "Sentry DSN old": ["https://%h{32}:%h{32}@sentry.io/%d{6}"],
}

# service: the name of its variable and the form of its value; known by the name alone
NAMED = {
    "AWS_SECRET_ACCESS_KEY": "%b{40}", "TWILIO_AUTH_TOKEN": "%h{32}", "DATADOG_API_KEY": "%h{32}", "DD_APP_KEY": "%h{40}",
    "CLOUDFLARE_API_TOKEN": "%u{40}", "CLOUDFLARE_API_KEY": "%h{37}", "ALGOLIA_ADMIN_KEY": "%h{32}", "MAPS_API_KEY": "%w{32}",
    "HEROKU_API_KEY": "%U", "SNYK_TOKEN": "%U", "AZURE_CLIENT_SECRET": "%u{40}", "AZURE_OPENAI_API_KEY": "%h{32}",
    "ARM_CLIENT_SECRET": "%w{34}", "LINODE_TOKEN": "%h{64}", "HCLOUD_TOKEN": "%w{64}", "VULTR_API_KEY": "%X{36}",
    "FASTLY_API_TOKEN": "%u{32}", "OKTA_API_TOKEN": "00%u{40}", "AUTH0_CLIENT_SECRET": "%u{64}", "PAGERDUTY_TOKEN": "u+%u{18}",
    "OPSGENIE_API_KEY": "%U", "NEW_RELIC_LICENSE_KEY": "%h{40}", "ROLLBAR_ACCESS_TOKEN": "%h{32}", "BUGSNAG_API_KEY": "%h{32}",
    "CODECOV_TOKEN": "%U", "COVERALLS_REPO_TOKEN": "%w{33}", "TRAVIS_TOKEN": "%u{22}", "CIRCLE_TOKEN": "%h{40}",
    "DRONE_TOKEN": "%w{32}", "JENKINS_API_TOKEN": "11%h{32}", "ARTIFACTORY_PASSWORD": "%w{24}", "NEXUS_PASSWORD": "%w{18}",
    "COHERE_API_KEY": "%w{40}", "MISTRAL_API_KEY": "%w{32}", "WANDB_API_KEY": "%h{40}", "ASSEMBLYAI_API_KEY": "%h{32}",
    "DEEPGRAM_API_KEY": "%h{40}", "STABILITY_API_KEY": "sk-%w{48}", "MOONSHOT_API_KEY": "sk-%w{48}", "EXA_API_KEY": "%U",
    "BRAVE_API_KEY": "BSA%u{28}", "SERPAPI_API_KEY": "%h{64}", "SERPER_API_KEY": "%h{40}", "RAPIDAPI_KEY": "%w{50}",
    "ALCHEMY_API_KEY": "%u{32}", "INFURA_PROJECT_SECRET": "%h{32}", "ETHERSCAN_API_KEY": "%X{34}", "MORALIS_API_KEY": "%w{64}",
    "COINBASE_API_SECRET": "%b{86}==", "BINANCE_SECRET_KEY": "%w{64}", "KRAKEN_PRIVATE_KEY": "%b{86}==", "BYBIT_SECRET": "%w{36}",
    "PLAID_SECRET": "%h{30}", "BRAINTREE_PRIVATE_KEY": "%h{32}", "PAYPAL_CLIENT_SECRET": "E%u{79}", "SQUARE_TOKEN": "EAAA%u{60}",
    "ADYEN_HMAC_KEY": "%H{64}", "WORLDPAY_SERVICE_KEY": "%U", "DOCUSIGN_SECRET": "%U", "ZENDESK_API_TOKEN": "%w{40}",
    "FRESHDESK_API_KEY": "%w{20}", "INTERCOM_TOKEN": "dG9r%b{52}=", "SEGMENT_WRITE_KEY": "%w{32}", "MIXPANEL_SECRET": "%h{32}",
    "AMPLITUDE_SECRET_KEY": "%h{32}", "POSTMARK_SERVER_TOKEN": "%U", "SPARKPOST_API_KEY": "%h{40}", "MAILJET_SECRET_KEY": "%h{32}",
    "VONAGE_API_SECRET": "%w{16}", "PLIVO_AUTH_TOKEN": "%w{40}", "MESSAGEBIRD_KEY": "%w{25}", "PUSHER_SECRET": "%h{20}",
    "ONESIGNAL_REST_KEY": "%w{48}", "PUSHOVER_TOKEN": "a%x{29}", "DISCORD_CLIENT_SECRET": "%u{32}", "TWITCH_CLIENT_SECRET": "%x{30}",
    "SPOTIFY_CLIENT_SECRET": "%h{32}", "REDDIT_CLIENT_SECRET": "%u{30}", "TWITTER_API_SECRET": "%w{50}",
    "TWITTER_BEARER_TOKEN": "AAAAAAAAAAAAAAAAAAAAA%w{90}", "FACEBOOK_APP_SECRET": "%h{32}", "LINKEDIN_CLIENT_SECRET": "%w{16}",
    "DROPBOX_APP_SECRET": "%x{15}", "BOX_CLIENT_SECRET": "%w{32}", "ZOOM_CLIENT_SECRET": "%w{32}", "TRELLO_TOKEN": "%h{64}",
    "JIRA_API_TOKEN": "%w{24}", "CONFLUENCE_TOKEN": "%w{44}", "BITBUCKET_APP_PASSWORD": "%w{32}", "SNOWFLAKE_PASSWORD": "%w{20}",
    "REDIS_PASSWORD": "%w{24}", "POSTGRES_PASSWORD": "%w{16}", "DJANGO_SECRET_KEY": "%w{50}", "SECRET_KEY_BASE": "%h{128}",
    "RAILS_MASTER_KEY": "%h{32}", "APP_KEY": "base64:%b{43}=", "NEXTAUTH_SECRET": "%b{43}=", "JWT_SECRET": "%w{48}",
    "SESSION_SECRET": "%w{32}", "ENCRYPTION_KEY": "%h{64}", "WEBHOOK_SECRET": "%h{40}", "NGROK_AUTHTOKEN": "2%w{26}_%w{21}",
    "MINIO_SECRET_KEY": "%w{40}", "BACKBLAZE_APPLICATION_KEY": "K00%d{1}%b{27}", "WASABI_SECRET_KEY": "%w{40}",
    "R2_SECRET_ACCESS_KEY": "%h{64}", "B2_APP_KEY": "%w{31}", "SHODAN_API_KEY": "%w{32}", "VIRUSTOTAL_API_KEY": "%h{64}",
    "CENSYS_SECRET": "%w{32}", "ABUSEIPDB_API_KEY": "%h{80}", "OPENWEATHER_API_KEY": "%h{32}", "NASA_API_KEY": "%w{40}",
    "TMDB_API_KEY": "%h{32}", "LASTFM_SECRET": "%h{32}", "STRAVA_CLIENT_SECRET": "%h{40}", "FITBIT_CLIENT_SECRET": "%h{32}",
    "CONTENTSTACK_DELIVERY_TOKEN": "cs%h{32}", "STORYBLOK_TOKEN": "%w{22}tt", "SANITY_TOKEN": "sk%w{80}", "GHOST_ADMIN_KEY": "%h{24}:%h{64}",
    "LOGZIO_TOKEN": "%w{32}", "LOGDNA_KEY": "%h{32}", "SUMO_ACCESS_KEY": "%w{64}", "SPLUNK_HEC_TOKEN": "%U", "LOGGLY_TOKEN": "%U",
    "ELASTIC_PASSWORD": "%w{24}", "ELASTIC_API_KEY": "%w{58}==", "MEILI_MASTER_KEY": "%u{43}", "TYPESENSE_API_KEY": "%w{32}",
    "CLICKHOUSE_PASSWORD": "%w{14}", "KAFKA_SASL_PASSWORD": "%b{64}", "CONFLUENT_API_SECRET": "%b{64}", "TURSO_AUTH_TOKEN": "%w{100}",
    "UPSTASH_REDIS_REST_TOKEN": "A%w{52}", "FAUNA_SECRET": "fn%u{38}", "CONVEX_DEPLOY_KEY": "%w{60}", "EXPO_TOKEN": "%u{40}",
    "BROWSERSTACK_ACCESS_KEY": "%w{20}", "SAUCE_ACCESS_KEY": "%U", "LAMBDATEST_ACCESS_KEY": "%w{50}", "CROWDIN_TOKEN": "%h{80}",
    "LOKALISE_TOKEN": "%h{40}", "TRANSIFEX_TOKEN": "1/%h{40}", "UNSPLASH_SECRET": "%u{43}", "GIPHY_API_KEY": "%w{32}",
    "CALENDLY_TOKEN": "%w{60}", "HARVEST_TOKEN": "%d{7}.pt.%u{86}", "TOGGL_API_TOKEN": "%h{32}", "TODOIST_TOKEN": "%h{40}",
    "EVENTBRITE_TOKEN": "%X{20}", "MEETUP_SECRET": "%x{26}", "STREAM_API_SECRET": "%x{64}", "AGORA_APP_CERTIFICATE": "%h{32}",
    "ABLY_API_KEY": "%w{6}.%w{6}:%u{43}", "BEAMER_TOKEN": "b_%u{44}", "LIVEKIT_API_SECRET": "%w{43}", "HARBOR_ROBOT_TOKEN": "%w{32}",
    "KUBEADM_TOKEN": "%x{6}.%x{16}", "PUBNUB_SECRET_KEY": "sec-c-%b{48}", "PUBNUB_PUBLISH_KEY": "pub-c-%U", "SIGNALWIRE_TOKEN": "PT%h{48}", "BANDWIDTH_PASSWORD": "%w{22}",
}

SYNTAXES = ['{n}={v}', 'export {n}="{v}"', '"{n}": "{v}",', '{n}: {v}', "{c} = '{v}'", 'const {c} = "{v}";', '{c} := "{v}"',
            "os.environ['{n}'] = '{v}'", '<add key="{n}" value="{v}" />', 'ENV {n} {v}', 'private static final String {n} = "{v}";',
            '- name: {n}\n  value: "{v}"', 'tool --{k} {v}', 'variable "{n}" {{\n  default = "{v}"\n}}', 'set {n}={v}',
            "define('{n}', '{v}');", '"{c}"=>"{v}"', 'setx {n} "{v}"', '{k}: "{v}"', '$env:{n} = "{v}"', '-e {n}={v} image']
BARE = ["{v}", "client = Client('{v}')", "curl -H 'Authorization: Bearer {v}' https://api.host.io/v1", "see {v} for it",
        "x: {v}", '["{v}"]', "({v})", "TOKEN={v}", "url = \"{v}\"", "log: sent {v}, done", "<td>{v}</td>", "`{v}`"]
PATHS = ["src/app.py", "config/prod.yaml", "deploy/run.sh", "web/index.js", "README.md", "notes.txt", "infra/main.tf",
         "app/settings.json", "lib/client.go", "Service.java", "docker-compose.yml", "app.env", "config.ini", ""]

# where people write passwords without quotes
WRITTEN = ["config.ini", "application.properties", "hosts.yml", "deploy/run.sh", "notes.txt", ".env.prod", "docker-compose.yml"]


def camel(name):
    first, *rest = name.lower().split("_")
    return first + "".join(word.capitalize() for word in rest)


def emit(kind, cls, rule, text, path=None):
    print(json.dumps({"kind": kind, "class": cls, "source": "documented formats", "rule": rule, "text": text,
                      "path": R.choice(PATHS) if path is None else path}))


def surrounded(line):
    return "import os\n# settings of the service\n" + line + "\nprint('ready')\n"


def structured():
    """Values whose form is more than one string."""
    for kind in ["RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "OPENSSH PRIVATE KEY",
                 "ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK"]:
        yield "A", kind, pem(kind)
        yield "A", kind + ", CRLF", pem(kind).replace("\n", "\r\n")
        yield "A", kind + ", JSON", json.dumps({"type": "service_account", "private_key": pem(kind)})
        yield "A", kind + ", one line", 'KEY="' + pem(kind).replace("\n", "\\n") + '"'
        yield "A", kind + ", base64", "data: " + b64(pem(kind))
    for version in (2, 3):
        yield "A", "PuTTY", putty(version)
    for prefix, length in (("ghp_", 36), ("gho_", 36), ("ghu_", 36), ("ghs_", 36), ("ghr_", 36), ("npm_", 36)):
        token = crc62(prefix, length)
        yield "A", prefix, surrounded("token: " + token)
        yield "A", prefix + " in base64", surrounded("data: " + b64("user:" + token))
        yield "A", prefix + " percent", surrounded("u=x%20" + token.replace("_", "%5F"))
        yield "A", prefix + " hex", surrounded("blob " + token.encode().hex())
        yield "A", prefix + " in a URL", f"git clone https://x-access-token:{token}@github.com/a/b.git"
        yield "A", prefix + " long line", "var a=1;" * 9000 + f't="{token}";' + "b();" * 9000
        cell = {"cell_type": "code", "source": [f'client = login("{token}")\n', "run()"], "outputs": []}
        yield "A", prefix + " in a notebook", json.dumps({"cells": [cell], "nbformat": 4})
    for _ in range(8):
        yield "A", "JWT", surrounded("token: " + jwt())
        yield "A", "bearer JWT", f"curl -H 'Authorization: Bearer {jwt()}' https://api.host.io"
    for scheme in ["postgres", "postgresql", "mysql", "mongodb", "redis", "amqp", "amqps", "https", "ftp", "smtp", "mssql",
                   "clickhouse", "mariadb", "rediss", "mongodb+srv", "postgresql+asyncpg", "nats", "ldap", "socks5", "sftp"]:
        word = re.sub(r"[@#%:/!*]", "", password()) + "7Qx"
        yield "B", "URL " + scheme, surrounded(f"DSN={scheme}://svc_{some(LOWER, 4)}:{word}@db.corp-{some(LOWER, 4)}.net:5432/app")
    for text in ["Server=db1.corp.net;Database=app;User Id=svc;Password={p};Encrypt=True;",
                 "Data Source=tcp:db1.corp.net,1433;Initial Catalog=app;User ID=svc;Pwd={p}",
                 "jdbc:postgresql://db.corp.net/app?user=svc&password={p}", "Driver={{ODBC}};Server=x;Uid=svc;Pwd={p};",
                 "jdbc:sqlserver://db.corp.net;databaseName=a;user=svc;password={p};", "curl -u svc:{p} https://api.corp.net",
                 "machine api.corp.net login svc password {p}", "mysql -h db.corp.net -u svc -p{p} app",
                 "sshpass -p '{p}' ssh svc@host.corp.net", "PGPASSWORD={p} psql -h db.corp.net",
                 "redis-cli -h cache.corp.net -a {p} ping", "docker login -u svc -p {p} registry.corp.net",
                 "spring.datasource.password={p}", "  <password>{p}</password>", "db_password: \"{p}\"",
                 "net use z: \\\\srv\\x /user:svc {p}", "ansible_ssh_pass={p}", "ansible_become_password: {p}",
                 "$password = \"{p}\"", "conn = connect(host='db', user='svc', password='{p}')",
                 "passwd: {p}", "smtp_pass = '{p}'", "keystorePassword=\"{p}\"", "storePassword={p}",
                 "htpasswd -b file svc {p}", "WIFI_PASSWORD \"{p}\"", "wpa_passphrase={p}", "psk=\"{p}\"",
                 "MYSQL_ROOT_PASSWORD: {p}", "grafana:\n  adminPassword: {p}", "IDENTIFIED BY '{p}'",
                 "ALTER USER svc WITH PASSWORD '{p}';", "7z x -p{p} a.7z", "kinit: password = {p}",
                 "BasicAuth('svc', '{p}')", "auth=('svc', '{p}')"]:
        for _ in range(2):
            yield "B", "password: " + text[:30], text.replace("{{", "{").replace("}}", "}").replace("{p}", password())
    pair = b64("svc:" + some(MIXED, 18))
    yield "A", "basic header", f"Authorization: Basic {pair}"
    yield "A", "docker config", json.dumps({"auths": {"https://index.docker.io/v1/": {"auth": pair}}})
    yield "A", "npmrc", f"//registry.corp.net/:_authToken={some(MIXED, 36)}"
    yield "A", "npmrc old", f"//registry.corp.net/:_password={b64(some(MIXED, 14))}"
    yield "A", "pypirc", f"[pypi]\nusername = svc\npassword = {some(MIXED, 20)}\n"
    yield "A", "kube secret", f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ntype: Opaque\ndata:\n  db: {b64(some(MIXED, 20))}\n"
    yield "A", "kube config", f"users:\n- name: admin\n  user:\n    client-key-data: {b64(pem('RSA PRIVATE KEY'))}\n"
    yield "A", "maven", f"<server><id>x</id><username>svc</username><password>{password()}</password></server>"
    yield "A", "nuget", f'<add key="ClearTextPassword" value="{some(MIXED, 16)}" />'
    yield "A", "WireGuard", f"[Interface]\nAddress = 10.0.0.2/24\nPrivateKey = {some(SETS['b'], 43)}=\n"
    yield "A", "JWK", json.dumps({"kty": "RSA", "n": some(SETS["u"], 342), "e": "AQAB", "d": some(SETS["u"], 342)})
    yield "A", "age", "AGE-SECRET-KEY-1" + some("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)
    wide = f"password={some(MIXED, 22)}\r\n"
    yield "A", "UTF-16 name", "\ufeff" + wide


def passing():
    """What looks like a secret and is none."""
    h, w, b = (lambda n: some(SETS["h"], n)), (lambda n: some(MIXED, n)), (lambda n: some(SETS["b"], n))
    uid = lambda: make("%U")
    for _ in range(6):
        yield "lock", '{"name": "a", "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz", "integrity": "sha512-%s=="}' % b(86), "package-lock.json"
        yield "lock", f"left-pad@^1.0.0:\n  version \"1.3.0\"\n  resolved \"https://r/left-pad.tgz#{h(40)}\"\n  integrity sha512-{b(86)}==\n", "yarn.lock"
        yield "lock", f'[[package]]\nname = "serde"\nversion = "1.0.1"\nchecksum = "{h(64)}"\n', "Cargo.lock"
        yield "lock", f"github.com/a/b v1.2.3 h1:{b(43)}=\ngithub.com/a/b v1.2.3/go.mod h1:{b(43)}=\n", "go.sum"
        yield "lock", f'files = [{{file = "a.whl", hash = "sha256:{h(64)}"}}]', "poetry.lock"
        yield "lock", f'"content-hash": "{h(32)}", "reference": "{h(40)}", "shasum": "{h(40)}"', "composer.lock"
        yield "lock", f"SPEC CHECKSUMS:\n  Alamofire: {h(40)}\n  Firebase: {h(40)}\n", "Podfile.lock"
        yield "hash", f"commit {h(40)}\nMerge: {h(7)} {h(7)}\nAuthor: A B <a@b.c>\n", ""
        yield "hash", f"{h(64)}  app-1.2.3.tar.gz\n{h(64)}  app-1.2.3.zip\n", "SHA256SUMS"
        yield "hash", f'sha256 = "{h(64)}"\nrev = "{h(40)}"\nnarHash = "sha256-{b(43)}="', "flake.nix"
        yield "hash", f'url "https://x/a.tgz"\nsha256 "{h(64)}"\n', "a.rb"
        yield "hash", f"FROM python:3.12@sha256:{h(64)}\nRUN pip install --require-hashes x --hash=sha256:{h(64)}\n", "Dockerfile"
        yield "hash", f"- uses: actions/checkout@{h(40)} # v4\n- uses: docker/login-action@{h(40)}\n", ".github/workflows/a.yml"
        yield "hash", f"etag: \"{h(32)}\"\nmd5: {h(32)}\nfingerprint: {':'.join(h(2) for _ in range(20))}", ""
        yield "hash", f"password_hash = '$2b$12${w(53)}'\nsalted = '$6${w(16)}${w(86)}'", "seed.sql"
        yield "hash", f"password: $argon2id$v=19$m=65536,t=3,p=4${b(22)}${b(43)}", "users.yml"
        yield "hash", f"admin:$apr1${w(8)}${w(22)}\n", "users.txt"
        yield "uuid", f"id: {uid()}\nrequest_id={uid()}\n\"tenantId\": \"{uid()}\", \"clientId\": \"{uid()}\"", "app.json"
        yield "uuid", f"{{ \"ProjectGuid\": \"{{{uid().upper()}}}\" }}\nGUID_DEVINTERFACE = {uid()}", "a.sln"
        yield "public", pem("CERTIFICATE") + pem("PUBLIC KEY") + pem("PGP PUBLIC KEY BLOCK"), "ca.pem"
        yield "public", f"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ{b(340)} me@host\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b(43)} x", "authorized_keys"
        yield "public", f"RWQ{b(53)}\nuntrusted comment: minisign public key", "a.pub"
        yield "public", f"age1{some(LOWER, 58)}\nrecipients: [age1{some(LOWER, 58)}]", ".sops.yaml"
        yield "public", f"pk_live_{w(24)}\npk_test_{w(24)} // publishable", "web.js"
        yield "public", f"NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY=pk_test_{w(40)}", "web.js"
        yield "public", f"[Peer]\nPublicKey = {b(43)}=\nAllowedIPs = 10.0.0.0/8\n", "wg.conf"
        yield "public", f"GA_MEASUREMENT_ID=G-{some(SETS['X'], 10)}\ngtm: GTM-{some(SETS['X'], 7)}\nua: UA-{some(DIGITS, 8)}-1", "index.html"
        yield "public", f"project_id: my-app-{some(DIGITS, 6)}\nclient_email: svc@my-app.iam.gserviceaccount.com\nclient_id: {some(DIGITS, 12)}-{some(SETS['x'], 32)}.apps.googleusercontent.com", "a.yml"
        yield "public", f"arn:aws:iam::{some(DIGITS, 12)}:role/deploy\nami-{h(17)} vpc-{h(17)} sg-{h(17)} subnet-{h(8)}", "a.tf"
        yield "public", f'<script src="https://cdn/x.js" integrity="sha384-{b(64)}" crossorigin></script>', "index.html"
        yield "encrypted", f"secret: ENC[AES256_GCM,data:{b(24)}=,iv:{b(43)}=,tag:{b(22)}==,type:str]", "prod.yaml"
        yield "encrypted", "password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  " + "\n  ".join(h(80) for _ in range(4)), "vault.yml"
        yield "encrypted", f"kind: SealedSecret\nspec:\n  encryptedData:\n    password: AgA{b(700)}", "sealed.yaml"
        yield "encrypted", f"secure: \"{b(340)}=\"", ".travis.yml"
        yield "encrypted", "-----BEGIN PGP MESSAGE-----\n\n" + "\n".join(b(64) for _ in range(6)) + "\n-----END PGP MESSAGE-----", "a.asc"
        yield "encrypted", "-----BEGIN AGE ENCRYPTED FILE-----\n" + "\n".join(b(64) for _ in range(3)) + "\n-----END AGE ENCRYPTED FILE-----", "a.age"
        yield "image", f"background:url(data:image/png;base64,iVBORw0KGgo{b(800)}==)", "a.css"
        yield "image", f'"image/png": "iVBORw0KGgoAAAANSUhEUgAA{b(2000)}"', "a.ipynb"
        yield "font", f"src:url(data:font/woff2;base64,d09GMgAB{b(800)}) format('woff2')", "a.css"
        yield "map", '{"version":3,"mappings":"' + ",".join(some(MIXED, 4) for _ in range(300)) + '"}', "a.js.map"
        yield "test data", "x = bytes.fromhex('" + h(200) + "')\nassert digest == '" + h(64) + "'", "tests/test_a.py"
        yield "numbers", "phone: +1 555 0100\nlat: 52.5200066\nts: 1716239022123\nisbn: 978-3-16-148410-0\n", "a.txt"
        yield "build", f"_next/static/chunks/{h(16)}.js main.{h(20)}.css bundle-{w(8)}.js", "index.html"
        yield "track", f"https://www.youtube.com/watch?v={some(SETS['u'], 11)}&list=PL{some(SETS['u'], 32)}", "README.md"
        yield "track", f"https://docs.google.com/document/d/1{some(SETS['u'], 43)}/edit?usp=sharing", "README.md"
        yield "track", f"[![cov](https://codecov.io/gh/a/b/branch/main/graph/badge.svg?token={w(10)})](x)", "README.md"
    for line in ["API_KEY=your-api-key-here", "api_key: <YOUR_API_KEY>", "TOKEN=${GITHUB_TOKEN}", "token: {{ .Values.token }}",
                 "password: changeme", "password = os.environ['DB_PASSWORD']", "PASSWORD=%DB_PASSWORD%", "secret: ${{ secrets.DEPLOY_KEY }}",
                 "apiKey: process.env.API_KEY", "key = getenv(\"API_KEY\")", "token = read_token(path)", "DB_PASS=xxxxxxxxxxxx",
                 "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                 "postgres://user:password@localhost:5432/db", "mysql://root:root@127.0.0.1/test", "redis://localhost:6379",
                 "https://user:pass@example.com", "mongodb://username:password@host:27017", "amqp://guest:guest@rabbit:5672/",
                 "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "xoxb-your-token",
                 "Authorization: Bearer <token>", "Authorization: Bearer $TOKEN", "curl -u user:password https://x", "secretName: app-tls",
                 "passwordField.setText(user.getPassword())", "if (password !== confirmPassword) return false;", "password: string;",
                 "  token?: string | null", "def authenticate(username: str, password: str) -> bool:", "PasswordHasher = Argon2PasswordHasher",
                 "keyboard_shortcut = 'Ctrl+Shift+P'", "primaryKey: true", "foreign_key = 'user_profile_settings_id'", "sort_key=lambda x: x.name",
                 "publicKeyToken=b77a5c561934e089", "X-CSRF-Token: {{ csrf_token() }}", "placeholder=\"Enter your password\"",
                 "error.invalid_password=The password is not valid", "secret_key_base: <%= ENV[\"SECRET_KEY_BASE\"] %>",
                 "tokenizer = AutoTokenizer.from_pretrained('bert-base-uncased')", "max_tokens: 4096", "token_type_ids = inputs['x']",
                 "--password-file /run/secrets/db", "private_key_path = ~/.ssh/id_ed25519", "ssl_certificate_key /etc/nginx/key.pem;",
                 "passphrase: '********'", "pwd = $(pwd)", "cd \"$PWD\"/build", "api_key=API_KEY", "key: value", "secret: s3cr3t", "password=12345",
                 "token := r.Header.Get(\"X-Auth-Token\")", "const SECRET_ROTATION_INTERVAL_DAYS = 30", "vault kv get -field=token secret/ci",
                 "secretKeyRef:\n  name: db\n  key: password", "password_reset_url: /accounts/password/reset", "op://Vault/Item/password"]:
        yield "placeholder", line, None


def main():
    for rounds in range(2):
        for provider, forms in OWN.items():
            for form in forms:
                value = make(form).replace("%%", "%")
                emit("pos", "A", provider, surrounded(R.choice(BARE).format(v=value)))
        for name, form in NAMED.items():
            text = R.choice(SYNTAXES).format(n=name, c=camel(name), k=name.lower().replace("_", "-"), v=make(form))
            emit("pos", "B", name, surrounded(text))
        for cls, rule, text in structured():
            emit("pos", cls, rule, text, R.choice(WRITTEN) if rule.startswith("password") else None)
    for rule, text, path in passing():
        emit("neg", "N", rule, text, path)


main()
