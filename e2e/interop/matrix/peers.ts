import { BOUNCY_CASTLE } from "./bouncy-castle.ts";
import { GNUTLS } from "./gnutls.ts";
import { GPGSM } from "./gpgsm.ts";
import { NSS } from "./nss.ts";
import { OPENSSL } from "./openssl.ts";
import type { Peer } from "./peer.ts";
import { THUNDERBIRD } from "./thunderbird.ts";

export const PEERS: readonly Peer[] = [OPENSSL, GPGSM, NSS, BOUNCY_CASTLE, GNUTLS, THUNDERBIRD];
