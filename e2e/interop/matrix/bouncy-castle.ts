import { BouncyCastle, hasBouncyCastle } from "../bouncy-castle/bouncy-castle.ts";
import { read, write } from "../openssl.ts";
import { readByLayers } from "./layers.ts";
import type { Peer } from "./peer.ts";

export const BOUNCY_CASTLE: Peer = {
  name: "Bouncy Castle",
  isInstalled: hasBouncyCastle,
  start() {
    const peer = new BouncyCastle();
    return {
      read: readByLayers({
        async verify({ cms, content }) {
          write("bc.p7s", cms);
          if (content) write("bc.txt", content);
          await peer.ask("verify", "bc.p7s", content ? "bc.txt" : "-", "ca.pem", "bc.out");
          return read("bc.out");
        },
        async decrypt({ cms }, recipient) {
          write("bc.p7m", cms);
          await peer.ask("decrypt", "bc.p7m", recipient, "bc.out");
          return read("bc.out");
        },
      }),
      stop: () => {
        peer.stop();
      },
    };
  },
};
