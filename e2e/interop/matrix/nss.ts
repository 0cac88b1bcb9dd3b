import { makeNssDatabase } from "../nss-database.ts";
import { read, write } from "../openssl.ts";
import { isInstalled, runPeer } from "../peer.ts";
import { KEY_KINDS } from "../pki.ts";
import { readByLayers } from "./layers.ts";
import type { Peer } from "./peer.ts";

/** certUsageEmailSigner: the chain is judged, too. */
const COMMON = ["-d", "sql:nss-reader", "-u", "4"];

function cmsutil(...args: readonly string[]): string {
  const { status, stdout, stderr } = runPeer("cmsutil", ["-D", ...COMMON, ...args]);
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  return stdout;
}

const reader = {
  read: readByLayers({
    verify({ cms, content }) {
      write("nss.p7s", cms);
      if (!content) {
        cmsutil("-i", "nss.p7s", "-o", "nss.out");
        return read("nss.out");
      }
      write("nss.txt", content);
      const told = cmsutil("-i", "nss.p7s", "-c", "nss.txt", "-h", "0", "-n");
      if (!told.includes("signer0.status=GoodSignature")) throw new Error(told);
      return content;
    },
    decrypt({ cms }) {
      write("nss.p7m", cms);
      cmsutil("-i", "nss.p7m", "-o", "nss.out");
      return read("nss.out");
    },
  }),
};

export const NSS: Peer = {
  name: "NSS cmsutil",
  isInstalled: isInstalled("cmsutil", "certutil", "pk12util"),
  start() {
    makeNssDatabase("nss-reader", KEY_KINDS);
    return reader;
  },
};
