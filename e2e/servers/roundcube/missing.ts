import { existsSync } from "node:fs";

const PARTS = ["/usr/sbin/dovecot", "/usr/sbin/postfix", "/usr/lib/dovecot/lmtp", "/usr/bin/php8.2"];
const ROUNDCUBE = [
  "/var/lib/roundcube/public_html/index.php",
  "/usr/share/roundcube/skins/larry/meta.json",
  "/usr/share/roundcube/plugins/enigma/enigma.php",
  "/usr/share/php/Crypt/GPG.php",
];

/** Why Roundcube cannot run here; `null` where it can. Dovecot and Postfix give up root's rights, so they need them. */
export function missingForRoundcube(): string | null {
  if (process.getuid?.() !== 0) return "Dovecot and Postfix must be started by root";
  const missing = [...PARTS, ...ROUNDCUBE].find((path) => !existsSync(path));
  return missing === undefined ? null : `${missing} is missing`;
}

/** Prints the reason, for what is not written in TypeScript. */
export function main(): Promise<number> {
  const reason = missingForRoundcube();
  if (reason !== null) console.log(reason);
  return Promise.resolve(0);
}
