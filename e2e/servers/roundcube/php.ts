import { chownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { groupId, userId } from "./accounts.ts";
import { startServer, type Running } from "./processes.ts";

export type Skin = "elastic" | "larry";

export interface RoundcubeSettings {
  readonly skin?: Skin;
  /** What PHP takes as one file, in its spelling; Debian's own default is "2M". */
  readonly uploadLimit?: string;
  readonly plugins?: readonly string[];
  /** Further lines of Roundcube's configuration, each a name and a value. */
  readonly configuration?: Readonly<Record<string, string | number | boolean>>;
}

interface Options {
  readonly folder: string;
  readonly domain: string;
  readonly ports: { readonly php: number; readonly imap: number; readonly smtp: number };
  readonly settings: RoundcubeSettings;
}

const DOCUMENTS = "/var/lib/roundcube/public_html";

const literal = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(literal).join(", ")}]`
    : typeof value === "string"
      ? `'${value.replace(/[\\']/g, "\\$&")}'`
      : String(value);

function configuration({ folder, domain, ports, settings }: Options): string {
  const values: Record<string, unknown> = {
    db_dsnw: `sqlite:///${folder}/data/roundcube.db?mode=0640`,
    imap_host: `127.0.0.1:${ports.imap}`,
    smtp_host: `127.0.0.1:${ports.smtp}`,
    smtp_user: "",
    smtp_pass: "",
    username_domain: domain,
    mail_domain: domain,
    // Of the sessions of one test; it protects nothing.
    des_key: "signet-practice-24-bytes",
    plugins: settings.plugins ?? [],
    skin: settings.skin ?? "elastic",
    enable_spellcheck: false,
    temp_dir: `${folder}/data/`,
    log_dir: `${folder}/data/`,
    smtp_log: true,
    // Where the plugin `enigma` keeps people's keys, in a folder for each.
    enigma_pgp_homedir: `${folder}/data`,
    session_lifetime: 600,
    // A welcome text of the browser's language would make stories depend on the machine.
    language: "en_US",
    ...settings.configuration,
  };
  const lines = Object.entries(values).map(([name, value]) => `$config['${name}'] = ${literal(value)};`);
  return `<?php\n$config = [];\n${lines.join("\n")}\n`;
}

/** Roundcube of the Debian package with a configuration and a database of our own, by PHP's built-in server. */
export function startPhp(options: Options): Running {
  const { folder, ports, settings } = options;
  const limit = settings.uploadLimit ?? "30M";
  const [uid, gid] = [userId("www-data"), groupId("www-data")];
  const data = join(folder, "data");
  const configured = join(folder, "conf");
  for (const path of [data, configured]) mkdirSync(path);
  chownSync(data, uid, gid);
  for (const name of ["defaults.inc.php", "mimetypes.php"]) {
    symlinkSync(join("/etc/roundcube", name), join(configured, name));
  }
  writeFileSync(join(configured, "config.inc.php"), configuration(options));
  const flags = {
    upload_max_filesize: limit,
    post_max_size: "64M",
    memory_limit: "512M",
    "opcache.enable_cli": "1",
    display_errors: "0",
  };
  return startServer(
    join(folder, "php.log"),
    [
      "/usr/bin/php8.2",
      ...Object.entries(flags).flatMap(([name, value]) => ["-d", `${name}=${value}`]),
      ...["-S", `127.0.0.1:${ports.php}`, "-t", DOCUMENTS],
    ],
    {
      uid,
      gid,
      env: { PATH: process.env["PATH"], PHP_CLI_SERVER_WORKERS: "4", ROUNDCUBE_CONFIG_DIR: configured },
    },
  );
}
