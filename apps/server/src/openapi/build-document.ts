import type { Endpoint } from "@tessera/contracts/endpoint";
import { type ErrorCode, httpStatusOf, Problem } from "@tessera/contracts/errors";
import { endpoints } from "@tessera/contracts/registry";
import type { z } from "zod";
import { isRepeatable } from "../http/register-routes.ts";
import { errorGuide } from "./error-guide.ts";
import { createSchemaBook, type JsonSchema, type SchemaBook } from "./json-schemas.ts";

interface DocumentOptions {
  readonly version: string;
  readonly publicUrl: string;
  /** Name of the cookie that carries a session. */
  readonly sessionCookie: string;
}

const description = `Everything that the dashboard and the command line do, they do through this API.

Send a personal access token as \`Authorization: Bearer …\` or as the password of Basic; make one
under Settings → Tokens. MLflow clients use \`<origin>/p/<project>\` as their tracking address.

Lists go on where \`nextPageToken\` points. A create that is sent with an \`Idempotency-Key\` can be
sent again safely for 24 hours.

## Errors

Errors are \`application/problem+json\` (RFC 9457). Their \`code\` is one of this list, their \`type\`
is the address of its entry here.

${errorGuide()}`;

/** The OpenAPI 3.1 document of the REST API, made from the contracts alone. */
export function buildDocument(options: DocumentOptions): JsonSchema {
  const { version, publicUrl, sessionCookie } = options;
  const book = createSchemaBook();
  const problem = book.output(Problem);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const endpoint of endpoints) {
    const operations = (paths[endpoint.path] ??= {});
    operations[endpoint.method.toLowerCase()] = operationOf(endpoint, book, problem);
  }
  return {
    openapi: "3.1.0",
    info: { title: "Tessera", version, description, license: { name: "Apache-2.0" } },
    servers: [{ url: publicUrl }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    security: [{ token: [] }, { basic: [] }, { session: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(book.components).toSorted(byName)),
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "A personal access token" },
        basic: { type: "http", scheme: "basic", description: "A token as the password" },
        session: { type: "apiKey", in: "cookie", name: sessionCookie },
      },
    },
  };
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

function operationOf(endpoint: Endpoint, book: SchemaBook, problem: JsonSchema): JsonSchema {
  const body = requestBody(endpoint, book);
  return {
    operationId: endpoint.id,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    ...(endpoint.action === "public" ? { security: [] } : {}),
    parameters: [
      ...parametersOf(endpoint.params, "path", book),
      ...parametersOf(endpoint.query, "query", book),
      ...headersOf(endpoint),
    ],
    ...(body === undefined ? {} : { requestBody: body }),
    responses: {
      [endpoint.status]: answerOf(endpoint, book),
      ...failuresOf(endpoint, problem),
    },
  };
}

function parametersOf(
  shape: z.ZodObject | undefined,
  where: "path" | "query",
  book: SchemaBook,
): JsonSchema[] {
  if (shape === undefined) return [];
  return Object.entries(shape.shape as Record<string, z.ZodType>).map(([name, part]) => {
    const { description: words, ...schema } = book.input(part);
    const required = where === "path" || !part.safeParse(undefined).success;
    return { name, in: where, required, schema, ...(words ? { description: words } : {}) };
  });
}

function headersOf(endpoint: Endpoint): JsonSchema[] {
  const header = (name: string, words: string): JsonSchema => ({
    name,
    in: "header",
    required: false,
    description: words,
    schema: { type: "string", maxLength: 200 },
  });
  return [
    ...(isRepeatable(endpoint)
      ? [header("Idempotency-Key", "The same key and request again give the first answer again")]
      : []),
    ...(endpoint.responseWire === "events"
      ? [header("Last-Event-ID", "The last event seen: what came after it is sent first")]
      : []),
  ];
}

function requestBody(endpoint: Endpoint, book: SchemaBook): JsonSchema | undefined {
  if (endpoint.bodyWire === "stream") {
    return { required: true, content: { "application/octet-stream": {} } };
  }
  if (endpoint.body === undefined) return undefined;
  const required = !endpoint.body.safeParse({}).success;
  return { required, content: { "application/json": { schema: book.input(endpoint.body) } } };
}

function answerOf(endpoint: Endpoint, book: SchemaBook): JsonSchema {
  if (endpoint.responseWire === "events") {
    return { description: "Server-sent events", content: { "text/event-stream": {} } };
  }
  if (endpoint.responseWire === "stream") {
    return { description: "The content", content: { "application/octet-stream": {} } };
  }
  if (endpoint.response === undefined) return { description: "Done" };
  return {
    description: "Done",
    content: { "application/json": { schema: book.output(endpoint.response) } },
  };
}

/** The error codes that an endpoint may answer with. */
export function errorCodesOf(endpoint: Endpoint): ErrorCode[] {
  const takesInput = endpoint.params ?? endpoint.query ?? endpoint.body;
  const codes: ErrorCode[] = [
    ...(takesInput === undefined ? [] : (["invalid_argument"] as const)),
    ...(endpoint.action === "public" ? [] : (["unauthenticated", "permission_denied"] as const)),
    ...(endpoint.params === undefined ? [] : (["not_found"] as const)),
    ...(endpoint.body === undefined ? [] : (["too_large", "unsupported_media_type"] as const)),
    ...(isRepeatable(endpoint) ? (["conflict"] as const) : []),
    ...(endpoint.errors ?? []),
  ];
  return [...new Set(codes)];
}

function failuresOf(endpoint: Endpoint, problem: JsonSchema): Record<string, JsonSchema> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorCodesOf(endpoint)) {
    const status = httpStatusOf[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { "application/problem+json": { schema: problem } };
  return Object.fromEntries([
    ...[...byStatus].map(([status, codes]) => [status, { description: codes.join(", "), content }]),
    ["default", { description: "Any other error", content }],
  ]);
}
