import type { Corpus } from "../corpus.ts";
import { botanX509 } from "./botan-x509.ts";
import { gnupgGpgsm } from "./gnupg-gpgsm.ts";
import { gnutls } from "./gnutls.ts";
import { haskellCryptostore } from "./haskell-cryptostore.ts";
import { kdeMimetreeparser } from "./kde-mimetreeparser.ts";
import { nistPkits } from "./nist-pkits.ts";
import { notmuchProtectedHeaders } from "./notmuch-protected-headers.ts";
import { nss } from "./nss.ts";
import { opensslCms } from "./openssl-cms.ts";
import { opensslVerify } from "./openssl-verify.ts";
import { oscrypto } from "./oscrypto.ts";
import { thunderbirdSmime } from "./thunderbird-smime.ts";
import { wycheproof } from "./wycheproof.ts";

/** In the order of the table: messages, containers, paths, primitives. */
export const corpora: readonly Corpus[] = [
  thunderbirdSmime,
  kdeMimetreeparser,
  notmuchProtectedHeaders,
  gnupgGpgsm,
  haskellCryptostore,
  opensslCms,
  gnutls,
  nss,
  oscrypto,
  opensslVerify,
  nistPkits,
  botanX509,
  wycheproof,
];
