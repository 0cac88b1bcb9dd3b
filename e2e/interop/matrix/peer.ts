import type { KeyKind } from "../pki.ts";

/** What a peer found in a message that it took for good. */
export interface Reading {
  /** Of the innermost entity, as it was written or as it is shown. */
  readonly text: string;
  readonly subject: string;
  readonly isSigned: boolean;
  readonly isEncrypted: boolean;
}

/** What a message is, for peers that must be told who reads it or how long to wait. */
export interface Claim {
  readonly recipient: KeyKind;
  readonly isSigned: boolean;
  readonly isEncrypted: boolean;
}

/** Another S/MIME program, running. */
export interface Reader {
  /**
   * Opens a message as a person would.
   *
   * @throws {Error} with what the peer says, where it does not take the message for good
   */
  read(message: Uint8Array, claim: Claim): Promise<Reading>;
  stop?(): Promise<void> | void;
}

export interface Peer {
  readonly name: string;
  readonly isInstalled: boolean;
  /** With the practice CA trusted and the identities of `makePki` at hand. */
  start(): Promise<Reader> | Reader;
}
