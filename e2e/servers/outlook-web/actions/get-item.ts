import { objectAt, objectsAt } from "../json.ts";
import { itemJson } from "../item-json.ts";
import { itemById, shapeOf, type Action } from "./action.ts";

export const getItem: Action = (body, context) => {
  const shape = shapeOf(objectAt(body, "ItemShape"));
  return objectsAt(body, "ItemIds").map((id) => () => ({ Items: [itemJson(itemById(context, id), shape)] }));
};
