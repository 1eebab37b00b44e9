"use client";
import { Play, Plus, Trash, Copy, Activity } from "lucide-react";
import { useState } from "react";
import { Page } from "../../frame/page-frame.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { Badge } from "../../parts/badge.tsx";
import { StateBadge, workloadStates } from "../../parts/state-badge.tsx";
import { Field } from "../../parts/field.tsx";
import { Input, SearchInput, Textarea } from "../../parts/input.tsx";
import { Select } from "../../parts/select.tsx";
import { CheckboxLine, Checkbox, Switch } from "../../parts/checkbox.tsx";
import { Segmented } from "../../parts/segmented.tsx";
import { Slider } from "../../parts/slider.tsx";
import { Tabs, TabPanel } from "../../parts/tabs.tsx";
import { DropdownMenu, ContextMenu } from "../../parts/menu.tsx";
import { Popover } from "../../parts/popover.tsx";
import { Dialog, Sheet } from "../../parts/dialog.tsx";
import { ConfirmByName } from "../../parts/confirm-by-name.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../parts/table.tsx";
import { SkeletonRows, SkeletonText } from "../../parts/skeleton.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { CommandLine, CopyableId } from "../../parts/copy-button.tsx";
import {
  Bytes,
  Duration,
  Elapsed,
  Money,
  NumberValue,
  RelativeTime,
} from "../../parts/figures.tsx";
import { toastDone, toastError, toastUndo } from "../../parts/toast.tsx";
import { RunColorPicker } from "../../parts/run-colors/run-dot.tsx";
import { Panels } from "../../parts/panels.tsx";
const long = "a-very-long-name-".repeat(12);
export default function P() {
  const [tab, setTab] = useState("charts");
  const [seg, setSeg] = useState("step");
  const [sl, setSl] = useState(0.6);
  const [q, setQ] = useState("");
  const [sel, setSel] = useState<string>();
  const [dlg, setDlg] = useState("");
  const [c, setC] = useState(true);
  const items = [
    { id: "a", label: "Re-run", icon: <Play />, keys: "r" },
    { id: "b", label: "Copy id", icon: <Copy />, onSelect() {} },
    { kind: "divider" as const, id: "d" },
    { id: "dis", label: "Deploy", disabledReason: "No model was logged by this run" },
    {
      kind: "check" as const,
      id: "chk",
      label: "Show archived",
      checked: c,
      onCheckedChange: setC,
    },
    { kind: "branch" as const, id: "br", label: "Group by", items: [{ id: "x", label: "lr" }] },
    { id: "del", label: "Delete", icon: <Trash />, danger: true, keys: "mod+Backspace" },
  ];
  return (
    <Page
      crumbs={[
        { label: "digits", href: "/gallery" },
        { label: "Runs", href: "/gallery" },
        { label: long },
      ]}
      tools={
        <DropdownMenu
          trigger={
            <IconButton label="More">
              <Plus />
            </IconButton>
          }
          items={items}
        />
      }
      action={
        <Button variant="primary" icon={<Play aria-hidden />}>
          New run
        </Button>
      }
    >
      <div className="flex flex-col gap-8">
        <section className="flex flex-wrap items-center gap-2">
          {(["primary", "secondary", "ghost", "danger", "danger-ghost"] as const).map((v) => (
            <Button key={v} variant={v}>
              {v}
            </Button>
          ))}
          <Button size="sm" icon={<Plus />}>
            Small
          </Button>
          <Button busy variant="primary">
            Saving
          </Button>
          <Button disabledReason="Only owners may do this" variant="primary">
            Disabled
          </Button>
          <IconButton label="Delete" keys="mod+d">
            <Trash />
          </IconButton>
        </section>
        <section className="flex flex-wrap items-center gap-5">
          {workloadStates.map((s) => (
            <StateBadge key={s} state={s} detail={s === "failed" ? "exit code 1" : undefined} />
          ))}{" "}
          {workloadStates.map((s) => (
            <StateBadge key={s} state={s} compact />
          ))}
        </section>
        <section className="flex flex-wrap items-center gap-2">
          {(["neutral", "accent", "good", "bad", "warn"] as const).map((t) => (
            <Badge key={t} tone={t}>
              {t}
            </Badge>
          ))}
          <Badge mono>best</Badge>
          <span className="flex">
            {Array.from({ length: 24 }, (_, i) => (
              <RunColorPicker key={i} runId={`run${i}`} runName={`run ${i}`} />
            ))}
          </span>
        </section>
        <section className="grid max-w-4xl gap-4 sm:grid-cols-3">
          <Field label="Name" hint="Lower case, digits and dashes">
            {(f) => <Input {...f} placeholder="digits" />}
          </Field>
          <Field label="Slug" error="“Digits!” may not hold “!”: use lower case, digits and dashes">
            {(f) => <Input {...f} defaultValue="Digits!" mono />}
          </Field>
          <Field label="Tier" optional>
            {(f) => (
              <Select
                {...f}
                value={sel}
                onValueChange={setSel}
                options={[
                  { value: "s", label: "small", hint: "1 CPU, 2 GiB" },
                  { value: "l", label: "large", hint: "8 CPU, 32 GiB" },
                ]}
              />
            )}
          </Field>
          <Field label="Command">
            {(f) => <Textarea {...f} mono defaultValue="python train.py --lr 0.1" />}
          </Field>
          <div className="flex flex-col gap-3">
            <SearchInput value={q} onValueChange={setQ} label="Search runs" />
            <CheckboxLine checked={c} onCheckedChange={setC}>
              Follow logs
            </CheckboxLine>
            <span className="flex gap-2">
              <Checkbox checked="indeterminate" aria-label="x" />
              <Switch aria-label="y" checked={c} onCheckedChange={setC} />
            </span>
          </div>
          <div className="flex flex-col gap-3">
            <Segmented
              label="x axis"
              value={seg}
              onValueChange={setSeg}
              options={[
                { value: "step", label: "Step" },
                { value: "wall", label: "Wall time" },
                { value: "rel", label: "Relative" },
              ]}
            />
            <Slider label="Smoothing" value={sl} onValueChange={setSl} />
          </div>
        </section>
        <Tabs
          label="Run"
          value={tab}
          onValueChange={setTab}
          items={[
            { value: "charts", label: "Charts" },
            { value: "logs", label: "Logs" },
            { value: "artifacts", label: "Artifacts", count: 12 },
          ]}
          actions={<Button size="sm">Export</Button>}
        >
          <TabPanel value={tab}>
            <p className="text-ink-2">Panel {tab}</p>
          </TabPanel>
        </Tabs>
        <section className="flex flex-wrap gap-2">
          <DropdownMenu trigger={<Button>Menu</Button>} items={items} align="start" />
          <Popover label="p" trigger={<Button>Popover</Button>}>
            Hello
          </Popover>
          <Button onClick={() => setDlg("dialog")}>Dialog</Button>
          <Button onClick={() => setDlg("sheet")}>Sheet</Button>
          <Button onClick={() => setDlg("confirm")}>Delete project</Button>
          <Button onClick={() => toastUndo({ title: "Deleted 3 runs", undo() {} })}>
            Undo toast
          </Button>
          <Button
            onClick={() =>
              toastError({
                title: "Could not cancel brave-otter-12",
                detail: "It had finished 2 s before.",
                id: "req_123",
              })
            }
          >
            Error toast
          </Button>
          <Button onClick={() => toastDone("Saved")}>Toast</Button>
          <Dialog
            open={dlg === "dialog"}
            onOpenChange={() => setDlg("")}
            title="Re-run with changes"
            description="The same code and environment; other values."
            footer={
              <>
                <Button onClick={() => setDlg("")}>Cancel</Button>
                <Button variant="primary">Submit</Button>
              </>
            }
          >
            <Field label="Name">{(f) => <Input {...f} />}</Field>
          </Dialog>
          <Sheet open={dlg === "sheet"} onOpenChange={() => setDlg("")} title="Columns">
            <div className="p-4">x</div>
          </Sheet>
          <ConfirmByName
            open={dlg === "confirm"}
            onOpenChange={() => setDlg("")}
            title="Delete project"
            name="digits"
            action="Delete project"
            onConfirm={() => {}}
          >
            412 runs, 3.2 GiB of artifacts and all their logs will be gone.
          </ConfirmByName>
        </section>
        <ContextMenu items={items}>
          <div>
            <Table>
              <TableHead>
                <tr>
                  <TableHeader>Member</TableHeader>
                  <TableHeader>Role</TableHeader>
                  <TableHeader numeric>Runs</TableHeader>
                  <TableHeader numeric>Last seen</TableHeader>
                </tr>
              </TableHead>
              <TableBody>
                <TableRow>
                  <TableCell>Ada Lovelace</TableCell>
                  <TableCell>
                    <Badge>owner</Badge>
                  </TableCell>
                  <TableCell numeric>
                    <NumberValue value={412} />
                  </TableCell>
                  <TableCell numeric>
                    <RelativeTime time={Date.now() - 8000} />
                  </TableCell>
                </TableRow>
                <TableRow>
                  <TableCell>Charles Babbage</TableCell>
                  <TableCell>
                    <Badge>viewer</Badge>
                  </TableCell>
                  <TableCell numeric>
                    <NumberValue value={0.931234} unit="ms" />
                  </TableCell>
                  <TableCell numeric>
                    <RelativeTime time={Date.now() - 9e6} />
                  </TableCell>
                </TableRow>
              </TableBody>
            </Table>
          </div>
        </ContextMenu>
        <section className="flex flex-wrap gap-6">
          <NumberValue value={3.1e-5} />
          <Bytes value={123456789} />
          <Money amount={0.0042} currency="EUR" />
          <Duration ms={754321} />
          <Elapsed since={Date.now() - 65000} />
          <CopyableId id="0199f3a1b2c37d4e8f90123456789abc" />
        </section>
        <div className="grid gap-6 lg:grid-cols-2">
          <div className="rounded-lg border border-line">
            <SkeletonRows rows={4} />
          </div>
          <SkeletonText />
        </div>
        <div className="rounded-lg border border-line">
          <EmptyState
            icon={<Activity />}
            title="No runs yet"
            command="tessera run --project digits -- python train.py"
          >
            Start one from a terminal in your project’s folder.
          </EmptyState>
        </div>
        <ErrorPanel
          title={"Could not load run " + long}
          detail="The server did not answer within 30 s."
          remedy="Check that it is up, then try again."
          id="req-0199f3a1"
          code="unavailable"
          onRetry={() => {}}
        />
        <CommandLine command={"tessera run -- python train.py --name " + long} />
        <Panels
          storageKey="g"
          className="h-40 rounded-lg border border-line"
          panels={[
            { id: "a", content: <div className="p-3">Left</div> },
            { id: "b", content: <div className="p-3">Right</div> },
          ]}
        />
      </div>
    </Page>
  );
}
