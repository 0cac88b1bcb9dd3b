import { drawMark, isMark, type PersonalMark } from "../../settings/mark.ts";
import { SettingRow } from "../../storage/names.ts";
import type { PageContext } from "../page-context.ts";

type MarkContext = Pick<PageContext, "settings">;

/** The person's mark; where none was chosen one is drawn, once, and kept. */
export async function getMark({ settings }: MarkContext): Promise<PersonalMark> {
  const [first = 0, second = 0] = crypto.getRandomValues(new Uint32Array(2));
  const row = await settings.change(SettingRow.mark, (stored) =>
    isMark(stored?.value) ? stored : { name: SettingRow.mark, value: drawMark(first, second) },
  );
  return row?.value as PersonalMark;
}

export async function setMark({ settings }: MarkContext, mark: PersonalMark): Promise<PersonalMark> {
  await settings.put({ name: SettingRow.mark, value: { ...mark } });
  return mark;
}
