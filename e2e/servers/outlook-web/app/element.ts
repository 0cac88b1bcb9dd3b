type Attributes = Readonly<Record<string, string | boolean | ((event: Event) => void) | undefined>>;

/** An element with attributes, listeners (`onclick: …`) and children; no HTML text is ever parsed for it. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (typeof value === "string") made.setAttribute(key, value);
    else if (value === true) made.setAttribute(key, "");
  }
  made.append(...children);
  return made;
}
