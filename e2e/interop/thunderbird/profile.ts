import { mkdirSync } from "node:fs";
import { makeNssDatabase } from "../nss-database.ts";
import { at, write } from "../openssl.ts";
import type { KeyKind } from "../pki.ts";

/** What else would open a window, ask the network or wait for somebody. */
const QUIET = {
  "mail.provider.suppress_dialog_on_startup": true,
  "mail.shell.checkDefaultClient": false,
  "mail.rights.version": 1,
  "mail.openpgp.enable": false,
  "mailnews.start_page.enabled": false,
  "mailnews.auto_config_url": "",
  "datareporting.policy.dataSubmissionPolicyBypassNotification": true,
  "app.update.enabled": false,
  "app.donation.eoy.version.viewed": 999,
  "toolkit.telemetry.enabled": false,
  "security.OCSP.enabled": 0,
  "network.proxy.type": 0,
};

const LOCAL_FOLDERS = {
  "mail.accountmanager.accounts": "account1",
  "mail.accountmanager.localfoldersserver": "server1",
  "mail.account.account1.server": "server1",
  "mail.server.server1.type": "none",
  "mail.server.server1.hostname": "Local Folders",
  "mail.server.server1.name": "Local Folders",
  "mail.server.server1.userName": "nobody",
  "mail.server.server1.directory-rel": "[ProfD]Mail/Local Folders",
};

/** A profile with the practice CA trusted for mail and identities of these kinds; its path. */
export function makeProfile(name: string, kinds: readonly KeyKind[], port: number): string {
  mkdirSync(at(name));
  const preferences = { ...QUIET, ...LOCAL_FOLDERS, "marionette.port": port };
  const lines = Object.entries(preferences).map(
    ([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});\n`,
  );
  write(`${name}/user.js`, lines.join(""));
  makeNssDatabase(name, kinds);
  return at(name);
}
