import type { JSX } from "preact";

/** A fingerprint for comparing by eye or by phone: groups of five, the same in every script's direction. */
export function Code({ hex }: { readonly hex: string }): JSX.Element {
  return (
    <bdi dir="ltr" class="code fingerprint">
      {(hex.match(/.{1,5}/g) ?? []).join(" ")}
    </bdi>
  );
}
