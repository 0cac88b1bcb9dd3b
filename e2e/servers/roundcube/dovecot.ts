import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startServer, type Running } from "./processes.ts";

export interface MailUser {
  readonly email: string;
}

/** Of everybody in every webmail of the stories. */
export const PASSWORD = "practice";

/** `nobody`, which every Debian has: no account is made for the tests. */
const MAIL_ID = 65534;

export interface Dovecot extends Running {
  /** From the next login on, a mailbox takes so many kilobytes; `null` takes all. */
  readonly setQuota: (email: string, kilobytes: number | null) => void;
}

interface Options {
  readonly folder: string;
  readonly users: readonly MailUser[];
  readonly ports: { readonly imap: number; readonly lmtp: number };
}

const folders = ["Drafts", "Sent", "Junk", "Trash"]
  .map((name) => `  mailbox ${name} {\n    auto = subscribe\n    special_use = \\${name}\n  }`)
  .join("\n");

const configuration = (folder: string, { imap, lmtp }: Options["ports"]): string => `
base_dir = ${folder}/run
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_username_format = %Lu
log_path = ${folder}/dovecot.log
mail_location = maildir:${folder}/mail/%n
mail_plugins = quota
first_valid_uid = ${MAIL_ID}
first_valid_gid = ${MAIL_ID}
last_valid_gid = ${MAIL_ID}
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = static
  args = uid=${MAIL_ID} gid=${MAIL_ID} home=${folder}/mail/%n
}
plugin {
  quota = count:mailbox
  quota_vsizes = yes
}
service imap-login {
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtp}
  }
}
namespace inbox {
  inbox = yes
${folders}
}
`;

/** IMAP for Roundcube and the tests, LMTP for Postfix; the mail itself in `mail/<user>` of the folder. */
export function startDovecot({ folder, users, ports }: Options): Dovecot {
  const mail = join(folder, "mail");
  mkdirSync(mail, { recursive: true });
  mkdirSync(join(folder, "run"));
  chownSync(mail, MAIL_ID, MAIL_ID);
  const quotas = new Map<string, number>();
  const writeUsers = (): void => {
    const lines = users.map(({ email }) => {
      const quota = quotas.get(email);
      return `${email}:{PLAIN}${PASSWORD}::::::${quota === undefined ? "" : `userdb_quota_rule=*:storage=${quota}K`}`;
    });
    writeFileSync(join(folder, "users"), `${lines.join("\n")}\n`);
  };
  writeUsers();
  const file = join(folder, "dovecot.conf");
  writeFileSync(file, configuration(folder, ports));
  return {
    ...startServer(join(folder, "dovecot.out"), ["/usr/sbin/dovecot", "-F", "-c", file]),
    setQuota(email, kilobytes) {
      if (kilobytes === null) quotas.delete(email);
      else quotas.set(email, kilobytes);
      writeUsers();
    },
  };
}
