"use client";

import { useMemo, useState } from "react";
import { holdOrder } from "./held-order.ts";

interface HeldOptions<Row> {
  readonly rows: readonly Row[];
  /** Names the question that the rows answer: another one is never held. */
  readonly answerKey: string;
  /** Someone points at the rows. */
  readonly held: boolean;
  readonly rowId: (row: Row) => string;
}

/** Rows that do not jump under the pointer, and how many changes of their order wait for it to go. */
export function useHeldRows<Row>({ rows, answerKey, held, rowId }: HeldOptions<Row>) {
  const [base, setBase] = useState({ answerKey, rows });
  const holding = held && base.answerKey === answerKey;
  if (!holding && (base.rows !== rows || base.answerKey !== answerKey))
    setBase({ answerKey, rows });
  const result = useMemo(
    () => (holding ? holdOrder(base.rows, rows, rowId) : { rows, waiting: 0 }),
    [holding, base, rows, rowId],
  );
  return { ...result, release: () => setBase({ answerKey, rows }) };
}
