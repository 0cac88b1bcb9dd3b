import { read, write } from "../openssl.ts";
import { isInstalled, runPeer } from "../peer.ts";
import { readByLayers } from "./layers.ts";
import type { Peer } from "./peer.ts";

const TRUST = ["--load-ca-certificate", "ca.pem", "--verify-purpose", "1.3.6.1.5.5.7.3.4"];

function certtool(...args: readonly string[]): void {
  const { status, stdout, stderr } = runPeer("certtool", args);
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}

const reader = {
  read: readByLayers({
    verify({ cms, content }) {
      write("gnutls.p7s", cms);
      if (content) write("gnutls.txt", content);
      const detached = content ? ["--load-data", "gnutls.txt"] : [];
      certtool("--p7-verify", "--inder", "--infile", "gnutls.p7s", ...detached, ...TRUST);
      if (content) return content;
      certtool("--p7-info", "--p7-show-data", "--inder", "--infile", "gnutls.p7s", "--outfile", "gnutls.out");
      return read("gnutls.out");
    },
    decrypt() {
      throw new Error("certtool has no command for it");
    },
  }),
};

export const GNUTLS: Peer = { name: "GnuTLS", isInstalled: isInstalled("certtool"), start: () => reader };
