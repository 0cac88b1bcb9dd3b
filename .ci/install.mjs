// Installs what a fresh machine lacks, and says so. Nothing is downloaded but npm's packages and Debian's own.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const POLICY = "/usr/sbin/policy-rc.d";

const say = (text) => console.log(`[setup] ${text}`);
const read = (file) => JSON.parse(readFileSync(resolve(root, file), "utf8"));

/** Whether every package of package-lock.json that this platform needs is installed in the version named there. */
function modulesAreCurrent() {
  if (!existsSync(resolve(root, "node_modules/.package-lock.json"))) return false;
  const wanted = read("package-lock.json").packages;
  const installed = read("node_modules/.package-lock.json").packages;
  const { dependencies, devDependencies } = read("package.json");
  const declared = JSON.stringify([wanted[""]?.dependencies, wanted[""]?.devDependencies]);
  return (
    declared === JSON.stringify([dependencies, devDependencies]) &&
    Object.entries(wanted).every(
      ([path, entry]) => path === "" || entry.optional === true || installed[path]?.version === entry.version,
    )
  );
}

function installModules() {
  if (modulesAreCurrent()) return;
  say("npm packages are missing or not those of package-lock.json: npm ci");
  const done = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (done.status !== 0) throw new Error("npm ci failed");
}

const isInstalled = (name) =>
  spawnSync("dpkg-query", ["-W", "-f", "${db:Status-Status}", name], { encoding: "utf8" }).stdout === "installed";

const isDebian = () =>
  existsSync("/etc/os-release") &&
  /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8")) &&
  existsSync("/usr/bin/apt-get");

/** The words before a command that make it run as root, or null where that cannot be had without a question. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0 ? ["sudo", "-n"] : null;
}

/** Runs apt-get while a policy forbids packages to start services: this machine's services are not our business. */
function aptGet(prefix, packages) {
  const runWith = (input, ...words) => {
    const [command, ...rest] = [...prefix, ...words];
    return spawnSync(command, rest, {
      input,
      stdio: ["pipe", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    }).status;
  };
  const run = (...words) => runWith("", ...words);
  const guards = process.getuid?.() === 0 && !existsSync(POLICY);
  if (guards) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    runWith(ANSWERS.map((line) => `${line}\n`).join(""), "debconf-set-selections");
    run("apt-get", "update", "-qq");
    return run("apt-get", "install", "-y", "-qq", "--no-install-recommends", ...packages) === 0;
  } finally {
    if (guards) rmSync(POLICY, { force: true });
  }
}

/** @param {Record<string, string>} packages Debian's name → what is skipped without it. */
function installPackages(packages) {
  const skips = Object.entries(packages);
  if (!isDebian()) {
    say("this is not Debian: nothing is installed. Where these are missing, this is skipped:");
    for (const [name, purpose] of skips) say(`  ${name}: ${purpose}`);
    return;
  }
  const missing = skips.filter(([name]) => !isInstalled(name));
  if (missing.length === 0) return;
  const names = missing.map(([name]) => name);
  const prefix = rootPrefix();
  if (prefix === null) {
    say(`not installed, since that needs root: sudo apt-get install ${names.join(" ")}`);
  } else {
    say(`apt-get install ${names.join(" ")}`);
    if (aptGet(prefix, names)) return;
    say("apt-get failed");
  }
  for (const [name, purpose] of missing) if (!isInstalled(name)) say(`  without ${name} this is skipped: ${purpose}`);
}

const PACKAGES = {
  chromium: "the extension in a browser (npm start, e2e)",
  "firefox-esr": "the extension in Firefox (e2e)",
  openssl: "practice identities and the tests against OpenSSL",
  gpgsm: "the tests against GnuPG",
  "gpg-agent": "the tests against GnuPG",
  "libnss3-tools": "the tests against NSS",
  "libbcpkix-java": "the tests against Bouncy Castle",
  // Brings a Java runtime and compiles the peer's one file, which else takes a whole JDK.
  ecj: "the tests against Bouncy Castle",
  "gnutls-bin": "the tests against GnuTLS",
  thunderbird: "the tests against Thunderbird",
  "fonts-noto-core": "screenshots in scripts other than Latin",
  "roundcube-core": "the stories on Roundcube (npm start -- --roundcube, e2e)",
  "roundcube-sqlite3": "the stories on Roundcube",
  "roundcube-skin-larry": "the stories on Roundcube",
  // Its PGP plugin, which does nothing unless it is turned on, and what that needs.
  "roundcube-plugins": "the stories on Roundcube",
  "php-crypt-gpg": "the stories on Roundcube",
  // Named, so that `php` does not bring Apache.
  "php8.2-cli": "the stories on Roundcube",
  "php8.2-cgi": "the stories on Roundcube",
  "dovecot-imapd": "the stories on Roundcube",
  "dovecot-lmtpd": "the stories on Roundcube",
  postfix: "the stories on Roundcube",
};

/** Answers to what packages ask when they are installed: nothing is set up on this machine. */
const ANSWERS = [
  "postfix postfix/main_mailer_type select No configuration",
  "roundcube-core roundcube/dbconfig-install boolean false",
];

/** Throws where the npm packages cannot be had; a Debian package that is missing only skips what needs it. */
export function install() {
  installModules();
  installPackages(PACKAGES);
}
