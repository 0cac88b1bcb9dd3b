import { utf8Bytes } from "../bytes/text.ts";

/** A passphrase in the two encodings that a PKCS#12 file needs. */
export interface Passphrase {
  /** BMPString with two octets of 0 at its end (RFC 7292 appendix B.1), for the derivation of appendix B. */
  readonly bmp: Uint8Array;
  /** UTF-8 (RFC 8018 section 3), for PBES2 and PBMAC1. */
  readonly utf8: Uint8Array;
}

/**
 * What a passphrase may have become in the program that wrote the file, most likely first: as RFC 7292 has it; none at
 * all where it is empty; and, where it is not ASCII, what OpenSSL before 1.1.0 made of it on a UTF-8 terminal, each
 * octet a character of its own.
 */
export function passphraseForms(passphrase: string): [Passphrase, ...Passphrase[]] {
  const utf8 = utf8Bytes(passphrase);
  const forms: [Passphrase, ...Passphrase[]] = [{ bmp: bmpString(passphrase), utf8 }];
  if (passphrase === "") forms.push({ bmp: new Uint8Array(0), utf8 });
  const widened = Array.from(utf8, (octet) => String.fromCharCode(octet)).join("");
  if (widened !== passphrase) forms.push({ bmp: bmpString(widened), utf8 });
  return forms;
}

/** As `bmpText`, and a NUL. */
function bmpString(text: string): Uint8Array<ArrayBuffer> {
  return bmpText(`${text}\0`);
}

/** Two octets for each UTF-16 code unit, so that characters beyond the BMP are surrogate pairs (X.690 section 8.23.6). */
export function bmpText(text: string): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(2 * text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    octets[2 * i] = unit >> 8;
    octets[2 * i + 1] = unit & 0xff;
  }
  return octets;
}
