import { useEffect, useState } from "preact/hooks";

/** SHA-256 of a certificate's DER in lower-case hexadecimal; empty until it is known. */
export function useFingerprint(certificate: Uint8Array | null): string {
  const [code, setCode] = useState("");
  useEffect(() => {
    if (certificate === null) return;
    void crypto.subtle.digest("SHA-256", certificate.slice()).then((hash) => {
      setCode(Array.from(new Uint8Array(hash), (octet) => octet.toString(16).padStart(2, "0")).join(""));
    });
  }, [certificate]);
  return code;
}
