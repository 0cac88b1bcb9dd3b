import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Operation } from "./operations.ts";

/**
 * What `openssl cms` is asked for an operation, one process after the other, each with the file that the one before has
 * written; its S/MIME text in and out. Nobody's certificate is judged: that is not what takes time.
 */
function commands(operation: Operation): readonly (readonly string[])[] {
  const sign = ["-sign", "-md", "sha256", "-signer", "certificate.pem", "-inkey", "key.pem"];
  const encrypt = ["-encrypt", "-aes-256-cbc"];
  const decrypt = ["-decrypt", "-recip", "certificate.pem", "-inkey", "key.pem"];
  const verify = ["-verify", "-noverify"];
  switch (operation) {
    case "sign-clear":
      return [sign];
    case "sign-opaque":
      return [[...sign, "-nodetach"]];
    case "verify-clear":
    case "verify-opaque":
      return [verify];
    case "encrypt":
      return [encrypt];
    case "decrypt":
      return [decrypt];
    case "protect":
      return [sign, encrypt];
    case "open":
      return [decrypt, verify];
  }
}

/** Does an operation with `openssl cms` on what stands in the folder; `false` where it is missing or fails. */
export function performWithOpenssl(operation: Operation, folder: string): boolean {
  let input = "input";
  for (const [step, options] of commands(operation).entries()) {
    const output = `openssl-${String(step)}`;
    const recipients = options[0] === "-encrypt" ? ["certificate.pem"] : [];
    const words = ["cms", ...options, "-in", join(folder, input), "-out", join(folder, output), ...recipients];
    if (spawnSync("openssl", words, { cwd: folder, stdio: "ignore" }).status !== 0) return false;
    input = output;
  }
  return true;
}
