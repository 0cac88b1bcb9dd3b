import { openssl, read, write } from "../openssl.ts";
import { isInstalled } from "../peer.ts";
import { readByLayers } from "./layers.ts";
import type { Peer } from "./peer.ts";

/** It reads MIME itself, so it gets the entities. */
const reader = {
  read: readByLayers({
    verify({ entity }) {
      write("openssl.eml", entity);
      openssl("cms", "-verify", "-in", "openssl.eml", "-CAfile", "ca.pem", "-out", "openssl.out");
      return read("openssl.out");
    },
    decrypt({ entity }, recipient) {
      write("openssl.eml", entity);
      const key = ["-recip", `${recipient}.pem`, "-inkey", `${recipient}.key`];
      openssl("cms", "-decrypt", "-in", "openssl.eml", ...key, "-out", "openssl.out");
      return read("openssl.out");
    },
  }),
};

export const OPENSSL: Peer = { name: "OpenSSL", isInstalled: isInstalled("openssl"), start: () => reader };
