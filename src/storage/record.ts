import { StorageError } from "./storage-error.ts";

/** Reads one field of a stored row, or throws. */
export type Field<T> = (value: unknown) => T;
export type Fields<Row> = { readonly [Name in keyof Row]: Field<Row[Name]> };

const damaged = (): never => {
  throw new StorageError("storage.damaged");
};

/**
 * Reads a stored row. Only its own fields count, each checked, and what comes out is frozen and inherits nothing, so
 * that a polluted prototype neither fills a gap nor adds a field (attack 53). Fields that are not declared are dropped.
 *
 * @throws {StorageError} `storage.damaged`
 */
export function readRecord<Row extends object>(value: unknown, fields: Fields<Row>): Readonly<Row> {
  if (typeof value !== "object" || value === null) return damaged();
  const row = Object.create(null) as Row;
  for (const name of Object.keys(fields) as (keyof Row & string)[]) {
    const stored: unknown = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    row[name] = fields[name](stored);
  }
  return Object.freeze(row);
}

export const record =
  <Row extends object>(fields: Fields<Row>): Field<Readonly<Row>> =>
  (value) =>
    readRecord(value, fields);

/** At most `maxLength` UTF-16 units. */
export const text =
  (maxLength: number, pattern?: RegExp): Field<string> =>
  (value) =>
    typeof value === "string" && value.length <= maxLength && (pattern?.test(value) ?? true) ? value : damaged();

/** SHA-256 of a certificate's DER, lower-case hexadecimal. */
export const fingerprint = text(64, /^[0-9a-f]{64}$/);

export const bytes =
  (minSize: number, maxSize: number): Field<Uint8Array<ArrayBuffer>> =>
  (value) =>
    value instanceof Uint8Array && value.length >= minSize && value.length <= maxSize ? value.slice() : damaged();

export const flag: Field<boolean> = (value) => (typeof value === "boolean" ? value : damaged());

export const whole =
  (min: number, max: number): Field<number> =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max ? (value as number) : damaged();

export const time: Field<Date> = (value) =>
  value instanceof Date && !Number.isNaN(value.getTime()) ? new Date(value) : damaged();

export const oneOf =
  <const Value extends string>(...values: readonly Value[]): Field<Value> =>
  (value) =>
    values.find((known) => known === value) ?? damaged();

export const nullable =
  <T>(field: Field<T>): Field<T | null> =>
  (value) =>
    value === null ? null : field(value);

export const list =
  <T>(item: Field<T>, maxLength: number): Field<readonly T[]> =>
  (value) =>
    Array.isArray(value) && value.length <= maxLength ? Object.freeze(value.map((one) => item(one))) : damaged();

/** A certificate's DER: as large as a file of one may be. */
export const certificateDer = bytes(1, 1024 * 1024);
