/** A text by its key in `public/_locales`, with what stands in its placeholders. */
export interface Words {
  readonly key: string;
  readonly params: Readonly<Record<string, Param>>;
}

/** A `Words` in a placeholder is a text of ours; a string is foreign, and is shown so that it cannot act as ours. */
export type Param = string | number | Date | Words;

export const words = (key: string, params: Words["params"] = {}): Words => ({ key, params });
