import { describe, expect, test } from "vitest";
import { TuningError } from "../tuning-error.ts";
import { parseCommand, renderCommand } from "./command-template.ts";

function faultsOf(command: string[], space = {}): string[] {
  try {
    parseCommand(command, space);
    return [];
  } catch (error) {
    if (!(error instanceof TuningError)) throw error;
    return error.faults.map(({ path, message }) => `${path} ${message}`);
  }
}

describe("placeholders", () => {
  test("describe a space, named by the option before them", () => {
    const { space } = parseCommand([
      "train.py",
      "--lr",
      "{{loguniform(1e-5, 1e-1)}}",
      "--dropout={{uniform(0,0.5)}}",
      "model.width={{logint(16,1024)}}",
      "-n",
      "{{int(2,10,2)}}",
      "--q={{quniform(0,1,0.25)}}",
      "--opt",
      "{{choice(sgd, 'a, b', 3, 0.10)}}",
      "out-{{seed=int(1,9)}}",
    ]);
    expect(space).toEqual({
      lr: { type: "float", low: 1e-5, high: 0.1, log: true },
      dropout: { type: "float", low: 0, high: 0.5 },
      "model.width": { type: "int", low: 16, high: 1024, log: true },
      n: { type: "int", low: 2, high: 10, step: 2 },
      q: { type: "float", low: 0, high: 1, step: 0.25 },
      opt: { type: "categorical", choices: ["sgd", "a, b", 3, "0.10"] },
      seed: { type: "int", low: 1, high: 9 },
    });
  });

  test("are filled with a trial's values, as often as they are named", () => {
    const template = parseCommand(["t.py", "--lr", "{{uniform(0,1)}}", "--out=run-{{lr}}-{{lr}}"]);
    expect(renderCommand(template, { lr: 0.25 })).toEqual([
      "t.py",
      "--lr",
      "0.25",
      "--out=run-0.25-0.25",
    ]);
  });

  test("are written as Python would write them, so that a script logs the same", () => {
    const space = { x: { type: "float", low: 0, high: 1e30 } } as const;
    const template = parseCommand(["{{x}}"], space);
    const texts = [0.00001, 1e-7, 1, 0.0001, 123456.75, 1e16, 1.5e22, 0].map(
      (x) => renderCommand(template, { x })[0],
    );
    expect(texts).toEqual([
      "1e-05",
      "1e-07",
      "1.0",
      "0.0001",
      "123456.75",
      "1e+16",
      "1.5e+22",
      "0.0",
    ]);
  });

  test("may tell again what the space tells, in the same words", () => {
    const space = { n: { high: 4, low: 1, type: "int" } } as const;
    expect(parseCommand(["--n={{int(1,4)}}"], space).space).toEqual(space);
  });

  test("that do not apply are left out, with their option", () => {
    const template = parseCommand([
      "t.py",
      "--opt={{choice(sgd,adam)}}",
      "--momentum",
      "{{uniform(0,1) if opt = sgd}}",
      "--beta={{uniform(0,1) if opt in (adam)}}",
      "--last",
    ]);
    expect(template.space.momentum).toMatchObject({ when: { parameter: "opt", in: ["sgd"] } });
    expect(renderCommand(template, { opt: "adam", beta: 0.5 })).toEqual([
      "t.py",
      "--opt=adam",
      "--beta=0.5",
      "--last",
    ]);
    expect(renderCommand(template, { opt: "sgd", momentum: 0.5 })).toEqual([
      "t.py",
      "--opt=sgd",
      "--momentum",
      "0.5",
      "--last",
    ]);
  });

  test("may name parameters of a space that is told elsewhere", () => {
    const space = { depth: { type: "int", low: 1, high: 4 } } as const;
    const template = parseCommand(["t.py", "{{depth}}"], space);
    expect(template.space).toEqual(space);
    expect(renderCommand(template, { depth: 3 })).toEqual(["t.py", "3"]);
  });

  test.each([
    [["t", "{{uniform(0,1)}}"], "command.1 {{uniform(0,1)}}: has no name; write {{name=…}}"],
    [
      ["t", "--a={{uniform(0)}}"],
      "command.1 {{uniform(0)}}: must be uniform(low, high), with numbers",
    ],
    [
      ["t", "--a={{uniform(0,x)}}"],
      "command.1 {{uniform(0,x)}}: must be uniform(low, high), with numbers",
    ],
    [["t", "--a={{gauss(0,1)}}"], "command.1 {{gauss(0,1)}}: there is no gauss(); there are: "],
    [["t", "--a={{ 1 + 1 }}"], "command.1 {{ 1 + 1 }}: must be a parameter's name or one of "],
    [["t", "--a={{choice(a,)}}"], "command.1 {{choice(a,)}}: choice needs values between commas"],
    [["t", "{{lr}}"], "command.1 {{lr}}: no parameter has this name"],
    [["t", "--a={{int(1,2)}}", "--a={{int(1,3)}}"], "command.2 {{int(1,3)}}: a is told twice"],
    [["t", "--a={{int(1,2) if b}}"], "command.1 {{int(1,2) if b}}: after if: must be name = value"],
    [["t", "--a={{uniform(3,1)}}"], "a.high is 1, below low, which is 3"],
  ])("that are wrong are refused in words: %j", (command, words) => {
    expect(faultsOf(command)[0]).toContain(words);
  });

  test("a parameter that the command never uses is refused", () => {
    const space = { lr: { type: "float", low: 0, high: 1 } };
    expect(faultsOf(["t.py", "--n={{int(1,2)}}"], space)).toEqual([
      "space.lr is nowhere in the command; write {{lr}} where its value goes",
    ]);
  });
});
