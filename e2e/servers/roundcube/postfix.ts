import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { groupId, userId } from "./accounts.ts";
import { startServer, type Running } from "./processes.ts";
import type { MailUser } from "./dovecot.ts";

interface Options {
  readonly folder: string;
  readonly users: readonly MailUser[];
  readonly ports: { readonly smtp: number; readonly lmtp: number };
}

/** Who is not of `users` is refused at once (550), and no mail leaves the machine. */
const configuration = (folder: string, users: readonly MailUser[], lmtp: number): string => {
  const domains = [...new Set(users.map(({ email }) => email.split("@")[1] ?? ""))];
  return `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/state
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
shlib_directory = /usr/lib/postfix
meta_directory = /etc/postfix
maillog_file = ${folder}/postfix.log
maillog_file_prefixes = ${folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.${domains[0] ?? "localhost"}
mydestination =
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = ${domains.join(" ")}
virtual_mailbox_maps = inline:{ ${users.map(({ email }) => `${email}=x`).join(" ")} }
virtual_transport = lmtp:inet:127.0.0.1:${lmtp}
smtpd_recipient_restrictions = reject_unauth_destination
default_transport = error:no outside mail here
message_size_limit = 52428800
mailbox_size_limit = 0
alias_maps =
alias_database =
`;
};

/** Debian's table of services, on our port and without a chroot. */
function services(smtp: number): string {
  const table = readFileSync("/usr/share/postfix/master.cf.dist", "utf8")
    .replace(/^smtp +inet .*smtpd$/m, `127.0.0.1:${smtp} inet n - n - - smtpd`)
    .replace(/^([a-z0-9.:]+ +[a-z]+ +[-yn]+ +[-yn]+ +)y /gm, "$1n ");
  return table.includes("\npostlog") ? table : `${table}postlog unix-dgram n - n - 1 postlogd\n`;
}

/** The folders of Postfix's queue that are the daemons' own. */
const QUEUE = [
  "active",
  "bounce",
  "corrupt",
  "defer",
  "deferred",
  "flush",
  "hold",
  "incoming",
  "private",
  "saved",
  "trace",
];

/** What `postfix check` makes too, by a hundred processes. */
function makeQueue(queue: string, owner: number): void {
  const make = (name: string, mode: number, group = 0): void => {
    const path = join(queue, name);
    mkdirSync(path, { recursive: true });
    chownSync(path, owner, group);
    chmodSync(path, mode);
  };
  for (const name of QUEUE) make(name, 0o700);
  const drop = groupId("postdrop");
  make("maildrop", 0o1730, drop);
  make("public", 0o2710, drop);
  mkdirSync(join(queue, "pid"));
}

/** Takes what Roundcube sends and hands it to Dovecot. */
export function startPostfix({ folder, users, ports }: Options): Running {
  const configured = join(folder, "conf");
  for (const name of ["conf", "queue", "state"]) mkdirSync(join(folder, name));
  const owner = userId("postfix");
  chownSync(join(folder, "state"), owner, 0);
  makeQueue(join(folder, "queue"), owner);
  writeFileSync(join(configured, "main.cf"), configuration(folder, users, ports.lmtp));
  writeFileSync(join(configured, "master.cf"), services(ports.smtp));
  return startServer(join(folder, "postfix.out"), ["/usr/lib/postfix/sbin/master", "-c", configured]);
}
