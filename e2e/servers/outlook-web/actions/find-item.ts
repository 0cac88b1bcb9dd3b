import { objectAt, objectsAt, requireType } from "../json.ts";
import { itemJson } from "../item-json.ts";
import { ServiceError } from "../service-error.ts";
import { folderByName, shapeOf, type Action } from "./action.ts";

/** The most that one answer holds: the documented default throttling limit of Exchange (EWSFindCountLimit). */
const FIND_COUNT_LIMIT = 1000;

/** Newest first, by an indexed page. Restrictions are refused: how they are written in JSON is not documented. */
export const findItem: Action = (body, { mailbox }) => {
  const shape = shapeOf(objectAt(body, "ItemShape"));
  if (body["Restriction"] !== undefined && body["Restriction"] !== null) {
    throw new ServiceError("ErrorInvalidRequest", "Restriction is not known here");
  }
  const paging = body["Paging"] === undefined ? undefined : objectAt(body, "Paging");
  if (paging !== undefined) requireType(paging, "IndexedPageView", "IndexedPageItemView");
  const number = (name: string, otherwise: number): number => {
    const value = paging?.[name];
    return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : otherwise;
  };
  const from = number("Offset", 0);
  const count = Math.min(number("MaxEntriesReturned", FIND_COUNT_LIMIT), FIND_COUNT_LIMIT);
  return objectsAt(body, "ParentFolderIds").map((reference) => () => {
    const all = mailbox.list(folderByName(reference));
    const found = all.slice(from, from + count);
    return {
      RootFolder: {
        IncludesLastItemInRange: from + count >= all.length,
        IndexedPagingOffset: from + found.length,
        TotalItemsInView: all.length,
        Items: found.map((item) => itemJson(item, { ...shape, isMimeWanted: false })),
      },
    };
  });
};
