import { equalBytes } from "../../engine/bytes/equal.ts";
import type { Identity } from "../../engine/smime/identity.ts";
import type { SigningOptions } from "../../engine/smime/sign-entity.ts";
import { signingDigests, type SigningDigest } from "../../settings/algorithm-list.ts";
import type { ResolvedSettings } from "../../settings/resolve.ts";

/** How mail is signed, as the settings say; what each means in Exchange is said in `settings/schema.ts`. */
export interface SigningForm {
  readonly form: "clear" | "opaque";
  /** `null` leaves it to the key: somebody who chose nothing gets what suits it. */
  readonly digest: SigningDigest | null;
  /** Certificates that go along with the signer's. */
  readonly issuers: "none" | "without-root" | "with-root";
}

export function signingForm(settings: ResolvedSettings): SigningForm {
  const { ClearSign, SigningAlgorithms } = settings;
  const [preferred = null] = signingDigests(SigningAlgorithms.value);
  const withoutRoot = settings.IncludeCertificateChainWithoutRootCertificate.value;
  return {
    form: ClearSign.value ? "clear" : "opaque",
    digest: SigningAlgorithms.origin === "default" ? null : preferred,
    issuers: settings.IncludeCertificateChainAndRootCertificate.value
      ? "with-root"
      : withoutRoot
        ? "without-root"
        : "none",
  };
}

/** The options of a signature by an identity. The root is what others have or do not trust: it proves nothing. */
export function signingOptions(
  { form, digest, issuers }: SigningForm,
  identity: Identity,
  signingTime: Date,
): SigningOptions {
  const chain = identity.chain.filter(
    ({ subject, issuer }) =>
      issuers === "with-root" || (issuers === "without-root" && !equalBytes(subject.der, issuer.der)),
  );
  return { identity: { ...identity, chain }, form, signingTime, ...(digest && { digest }) };
}
