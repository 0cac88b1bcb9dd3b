import { ACTIONS } from "./actions/index.ts";
import type { ActionContext, ResponseMembers } from "./actions/action.ts";
import { isObject, objectAt, requireType, requireTypesFirst, type Json, type JsonObject } from "./json.ts";
import { ServiceError } from "./service-error.ts";

/** Versions that clients are known to name (outlook-web.md 2.1). */
const VERSIONS = ["Exchange2013", "V2018_01_08"];

export interface ServiceAnswer {
  readonly status: number;
  readonly body: JsonObject;
}

/** What the service says where it did not come to acting. */
export const exception = (status: number, name: string, message: string): ServiceAnswer => ({
  status,
  body: {
    Body: {
      ErrorCode: status,
      ExceptionName: name,
      FaultMessage: message,
      IsTransient: name === "OverBudgetException",
    },
  },
});

const failure = (action: string, code: string, message: string): JsonObject => ({
  __type: `${action}ResponseMessage:#Exchange`,
  MessageText: message,
  ResponseCode: code,
  ResponseClass: "Error",
});

function responseMessage(action: string, act: () => ResponseMembers): JsonObject {
  try {
    return {
      __type: `${action}ResponseMessage:#Exchange`,
      ResponseCode: "NoError",
      ResponseClass: "Success",
      ...act(),
    };
  } catch (error) {
    if (error instanceof ServiceError) return failure(action, error.code, error.message);
    throw error;
  }
}

const envelope = (action: string, items: readonly JsonObject[]): JsonObject => ({
  Header: { ServerVersionInfo: { MajorVersion: 15, MinorVersion: 2, Version: "V2018_01_08" } },
  Body: {
    __type: `${action}Response:#Exchange`,
    ResponseMessages: { Items: items },
  },
});

/** An answer of which every part is an error, as throttled requests get one. */
export const refusal = (action: string, code: string, message: string): ServiceAnswer => ({
  status: 200,
  body: envelope(action, [failure(action, code, message)]),
});

/** Acts on a request whose session was checked; `action` is what the URL says. */
export function serve(action: string, request: Json, context: ActionContext): ServiceAnswer {
  const act = ACTIONS.get(action);
  if (act === undefined) return exception(404, "InvalidOperationException", `no action ${action}`);
  try {
    if (!isObject(request)) throw new ServiceError("ErrorInvalidRequest", "the request is no object");
    requireTypesFirst(request);
    requireType(request, `${action}JsonRequest`);
    const header = objectAt(request, "Header");
    requireType(header, "JsonRequestHeaders");
    if (!VERSIONS.some((version) => version === header["RequestServerVersion"])) {
      return refusal(action, "ErrorInvalidServerVersion", "The specified server version is invalid.");
    }
    const body = objectAt(request, "Body");
    requireType(body, `${action}Request`);
    const items = act(body, context).map((each) => responseMessage(action, each));
    return { status: 200, body: envelope(action, items) };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.code === "ErrorInvalidRequest") return exception(500, "OwaSerializationException", error.message);
    return refusal(action, error.code, error.message);
  }
}
