import type { ModelSignature, SignatureField } from "@tessera/contracts/model";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../parts/table.tsx";

interface Line {
  readonly key: string;
  readonly kind: string;
  readonly field: SignatureField;
}

function linesOf(kind: string, fields: readonly SignatureField[]): Line[] {
  return fields.map((field, index) => ({ key: `${kind}-${index}`, kind, field }));
}

/** What a model takes and gives. */
export function SignatureView({ signature }: { signature: ModelSignature }) {
  const lines = [
    ...linesOf("input", signature.inputs),
    ...linesOf("output", signature.outputs),
    ...linesOf("parameter", signature.params),
  ];
  return (
    <Table>
      <TableHead>
        <tr>
          <TableHeader>Kind</TableHeader>
          <TableHeader>Name</TableHeader>
          <TableHeader>Type</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {lines.map(({ key, kind, field }) => (
          <TableRow key={key}>
            <TableCell className="text-ink-2">{kind}</TableCell>
            <TableCell className="font-mono text-xs [overflow-wrap:anywhere]">
              {field.name ?? <span className="text-ink-3">unnamed</span>}
            </TableCell>
            <TableCell className="font-mono text-xs">
              {field.type}
              {field.required ? null : <span className="text-ink-3"> optional</span>}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
