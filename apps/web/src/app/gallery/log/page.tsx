"use client";
import { useMemo, useState } from "react";
import { Page } from "../../../frame/page-frame.tsx";
import { LogView } from "../../../parts/log-view/log-view.tsx";
import type { LineRange } from "../../../parts/log-view/log-view.tsx";
import type { LogRow, LogSource } from "../../../parts/log-view/log-source.ts";
const E = "\u001b";
function text(n: number) {
  if (n % 997 === 500) return "Traceback (most recent call last):";
  if (n % 10 === 3)
    return `${E}[32mINFO${E}[0m epoch ${n} ${E}[1mloss${E}[0m=${E}[36m0.${n % 1000}${E}[0m`;
  if (n % 10 === 7) return `${E}[33mWARN${E}[0m slow batch ${"x".repeat(n % 400)}`;
  if (n % 10 === 8) return `10%|#  |\r55%|## | ${n}`;
  return `step ${n}: accuracy=0.${(n * 7919) % 10000} lr=1e-3`;
}
function row(n: number): LogRow {
  return {
    number: n,
    text: text(n),
    stream: n % 10 === 7 ? "stderr" : n === 0 ? "system" : "stdout",
    at: new Date(1.76e12 + n * 10).toISOString(),
    attempt: 1,
  };
}
class Src implements LogSource {
  total = 10_000_000;
  read = async (from: number, limit: number) => {
    await new Promise((r) => setTimeout(r, 60));
    return Array.from({ length: Math.max(0, Math.min(limit, this.total - from)) }, (_, i) =>
      row(from + i),
    );
  };
  search = async (q: string, from: number) => {
    const lines = [];
    for (let n = from; n < Math.min(this.total, 200_000) && lines.length < 1000; n++)
      if (text(n).toLowerCase().includes(q.toLowerCase())) lines.push({ number: n });
    return { lines };
  };
  subscribe(l: any) {
    l({ total: this.total, complete: false }, []);
    const t = setInterval(() => {
      const fresh = [row(this.total), row(this.total + 1)];
      this.total += 2;
      l({ total: this.total, complete: false }, fresh);
    }, 300);
    return () => clearInterval(t);
  }
}
export default function P() {
  const src = useMemo(() => new Src(), []);
  const [sel, setSel] = useState<LineRange>();
  return (
    <Page width="full" crumbs={[{ label: "Log" }]}>
      <LogView
        source={src}
        selection={sel}
        onSelectionChange={setSel}
        downloadHref="/x"
        explain={(e) => ({ title: "Could not load the log", detail: String(e) })}
      />
    </Page>
  );
}
