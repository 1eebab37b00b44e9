/** The beginning of a file as text. */
export interface FileText {
  readonly text: string;
  /** There is more than could be read. */
  readonly cut: boolean;
  /** It is no text at all. */
  readonly binary: boolean;
}

/** Reads at most `limit` bytes of a body; what is cut ends with a whole line. */
export async function readText(response: Response, limit: number): Promise<FileText> {
  const { bytes, cut } = await readBytes(response, limit);
  const ranged = response.status === 206 && !endsAtEnd(response.headers.get("content-range"));
  return textOf(bytes, cut || ranged);
}

/** Whether a range reaches to the end of its file: "bytes 0-9/10". */
function endsAtEnd(range: string | null): boolean {
  const [, last, size] = /^bytes \d+-(\d+)\/(\d+)$/.exec(range ?? "") ?? [];
  return last !== undefined && Number(last) + 1 === Number(size);
}

async function readBytes(
  response: Response,
  limit: number,
): Promise<{ bytes: Uint8Array; cut: boolean }> {
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  while (reader && length <= limit) {
    const { done, value } = await reader.read();
    if (done) return { bytes: join(parts, length), cut: false };
    parts.push(value);
    length += value.length;
  }
  await reader?.cancel();
  return { bytes: join(parts, length).subarray(0, limit), cut: length > limit };
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes as text. A NUL, or much that is no UTF-8, means that they are none. */
export function textOf(bytes: Uint8Array, cut: boolean): FileText {
  if (bytes.subarray(0, 8192).includes(0)) return { text: "", cut, binary: true };
  const text = new TextDecoder("utf-8").decode(bytes);
  const strange = text.slice(0, 8192).split("\uFFFD").length - 1;
  if (strange > 8 + text.length / 100) return { text: "", cut, binary: true };
  return { text: cut ? withoutLastLine(text) : text, cut, binary: false };
}

function withoutLastLine(text: string): string {
  const end = text.lastIndexOf("\n");
  return end === -1 ? text : text.slice(0, end + 1);
}
