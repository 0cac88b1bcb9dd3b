import { rmSync } from "node:fs";
import { gpgsm, makeGpgsmHome, stopGpgAgent } from "../gpgsm-home.ts";
import { at, read, write } from "../openssl.ts";
import { isInstalled } from "../peer.ts";
import { KEY_KINDS } from "../pki.ts";
import { readByLayers } from "./layers.ts";
import type { Peer } from "./peer.ts";

const reader = {
  read: readByLayers({
    verify({ cms, content }) {
      write("gpgsm.p7s", cms);
      if (content) write("gpgsm.out", content);
      const files = content ? ["--verify", "gpgsm.p7s", "gpgsm.out"] : [...into("gpgsm.out"), "--verify", "gpgsm.p7s"];
      const { status, stdout, stderr } = gpgsm("--status-fd", "1", ...files);
      const isGood = /^\[GNUPG:\] GOODSIG /m.test(stdout) && /^\[GNUPG:\] TRUST_FULLY/m.test(stdout);
      if (status !== 0 || !isGood) throw new Error(stderr);
      return read("gpgsm.out");
    },
    decrypt({ cms }) {
      write("gpgsm.p7m", cms);
      const { status, stderr } = gpgsm(...into("gpgsm.out"), "--decrypt", "gpgsm.p7m");
      if (status !== 0) throw new Error(stderr);
      return read("gpgsm.out");
    },
  }),
  stop: stopGpgAgent,
};

/** It writes over no file. */
function into(name: string): string[] {
  rmSync(at(name), { force: true });
  return ["--output", name];
}

export const GPGSM: Peer = {
  name: "gpgsm",
  isInstalled: isInstalled("gpgsm", "gpg-agent", "gpgconf"),
  start() {
    makeGpgsmHome(KEY_KINDS);
    return reader;
  },
};
