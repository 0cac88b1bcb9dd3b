import type { Corpus } from "../corpus.ts";
import { botanX509 } from "./botan-x509.ts";
import { gnupgGpgsm } from "./gnupg-gpgsm.ts";
import { haskellCryptostore } from "./haskell-cryptostore.ts";
import { kdeMimetreeparser } from "./kde-mimetreeparser.ts";
import { nistPkits } from "./nist-pkits.ts";
import { thunderbirdSmime } from "./thunderbird-smime.ts";

/** In the order of the table. */
export const corpora: readonly Corpus[] = [
  thunderbirdSmime,
  kdeMimetreeparser,
  gnupgGpgsm,
  haskellCryptostore,
  nistPkits,
  botanX509,
];
