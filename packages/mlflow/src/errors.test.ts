import { describe, expect, it } from "vitest";
import {
  MLFLOW_ERROR_STATUS,
  MlflowError,
  alreadyExists,
  errorCodeForStatus,
  invalidParameter,
  notFound,
  toErrorBody,
} from "./errors.ts";

describe("protocol errors", () => {
  it("answer with the name, the message and the status that belongs to the name", () => {
    const error = invalidParameter("Missing value for required parameter 'name'");
    expect(error.status).toBe(400);
    expect(toErrorBody(error)).toEqual({
      error_code: "INVALID_PARAMETER_VALUE",
      message: "Missing value for required parameter 'name'",
    });
    expect(notFound("gone").status).toBe(404);
    expect(alreadyExists("twice").status).toBe(400);
    expect(new MlflowError("RESOURCE_CONFLICT", "x").status).toBe(409);
  });

  it("keep the span and the cause", () => {
    const cause = new Error("why");
    const error = new MlflowError("INTERNAL_ERROR", "x", { cause, span: { from: 1, to: 2 } });
    expect(error.cause).toBe(cause);
    expect(error.span).toEqual({ from: 1, to: 2 });
    expect(invalidParameter("x").span).toBeUndefined();
  });

  it("have a name for every status, of the same status where there is one", () => {
    const statuses = [...new Set(Object.values(MLFLOW_ERROR_STATUS))];
    const back = statuses.map((status) => MLFLOW_ERROR_STATUS[errorCodeForStatus(status)]);
    expect(back).toEqual(statuses);
    expect(errorCodeForStatus(404)).toBe("ENDPOINT_NOT_FOUND");
    expect(errorCodeForStatus(415)).toBe("BAD_REQUEST");
    expect(errorCodeForStatus(418)).toBe("BAD_REQUEST");
    expect(errorCodeForStatus(502)).toBe("INTERNAL_ERROR");
  });
});
