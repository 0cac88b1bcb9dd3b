import { algorithmIdentifier } from "../../engine/asn1/algorithm-identifier.ts";
import { Signature } from "../../engine/asn1/oids.ts";
import { Tag } from "../../engine/asn1/tag.ts";
import {
  bitString,
  constructed,
  encode,
  encoded,
  integer,
  oid,
  octetString,
  sequence,
  smallInteger,
  time,
} from "../../engine/asn1/writer.ts";
import { nameDer } from "./bench-certificates.ts";

const DAY = 24 * 60 * 60 * 1000;
/** Octets of a serial number: 128 random bits, as the CA/Browser Forum's rules have them, and a first octet above zero. */
const SERIAL_SIZE = 17;
const ALGORITHM = algorithmIdentifier(Signature.sha256WithRsa, "null");

/** A CRL of so many entries, every second one with a reason; its signature is junk. `serial` is one that stands there. */
export function makeCrl(count: number): { der: Uint8Array; serial: Uint8Array } {
  const now = new Date();
  const date = time(now);
  const reason = encode(
    sequence(sequence(oid("2.5.29.21"), octetString(encode(constructed(Tag.Enumerated, encoded(Uint8Array.of(4))))))),
  );
  const plain = encode(sequence(integer(new Uint8Array(SERIAL_SIZE).fill(1)), date));
  const withReason = encode(sequence(integer(new Uint8Array(SERIAL_SIZE).fill(1)), date, encoded(reason)));
  const entries = new Uint8Array(Math.ceil(count / 2) * plain.length + Math.floor(count / 2) * withReason.length);
  const random = new Uint8Array(16);
  let serial = random;
  for (let i = 0, at = 0; i < count; i++) {
    const entry = i % 2 === 0 ? plain : withReason;
    entries.set(entry, at);
    crypto.getRandomValues(random);
    entries.set(random, at + 5);
    serial = entries.subarray(at + 4, at + 4 + SERIAL_SIZE);
    at += entry.length;
  }
  const tbs = sequence(
    smallInteger(1),
    ALGORITHM,
    nameDer("Bench"),
    date,
    time(new Date(now.getTime() + DAY)),
    constructed(Tag.Sequence, encoded(entries)),
  );
  return { der: encode(sequence(tbs, ALGORITHM, bitString(new Uint8Array(256)))), serial: serial.slice() };
}
